//! A new password ends what the old one let in, all at once: sessions, known browsers, unused codes and requests.

use sqlx::{Any, Transaction};

use super::model::KnownAccount;
use super::session::{self, NewSession};
use super::{browsers, links, requests, store};
use crate::http::context::RequestContext;
use crate::platform::db::DbError;
use crate::state::App;

/// Sets the password of an enabled account and begins a session in this browser. `None`, and nothing may be committed,
/// if the account is not enabled.
pub(super) async fn set(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    hash: &str,
    context: &RequestContext,
) -> Result<Option<NewSession>, DbError> {
    if !store::set_password(transaction, account_id, hash).await? {
        return Ok(None);
    }
    begin_anew(transaction, app, account_id, hash, context).await
}

/// [`set`], if the password is still the one that was `verified`.
pub(super) async fn replace(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    (verified, hash): (&str, &str),
    context: &RequestContext,
) -> Result<Option<NewSession>, DbError> {
    if !store::replace_password(transaction, account_id, verified, hash).await? {
        return Ok(None);
    }
    begin_anew(transaction, app, account_id, hash, context).await
}

async fn begin_anew(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    hash: &str,
    context: &RequestContext,
) -> Result<Option<NewSession>, DbError> {
    end_access(transaction, account_id).await?;
    session::begin(transaction, app, (account_id, hash), context, false).await
}

/// Ends every way in that is open now.
pub(super) async fn end_access(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    session::end_all(transaction, account_id).await?;
    browsers::forget_all(transaction, account_id).await?;
    links::withdraw_of(transaction, account_id).await?;
    requests::withdraw_of(transaction, account_id).await
}
