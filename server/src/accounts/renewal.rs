//! A new password ends what the old one let in, all at once: sessions, known browsers, unused codes and requests.

use sqlx::{Any, Transaction};

use super::model::KnownAccount;
use super::second_factor::half;
use super::session::{self, Entrance, Manner, NewSession};
use super::session_model::Known;
use super::{browsers, links, requests, store};
use crate::http::context::RequestContext;
use crate::platform::db::DbError;
use crate::state::App;

/// Sets the password of an enabled account and lets in, in this browser; a second factor is asked for as ever. `None`, and nothing may be committed,
/// if the account is not enabled.
pub(super) async fn set(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    hash: &str,
    context: &RequestContext,
) -> Result<Option<Entrance>, DbError> {
    if !store::set_password(transaction, account_id, hash).await? {
        return Ok(None);
    }
    end_access(transaction, account_id).await?;
    session::begin(transaction, app, (account_id, hash), context, Manner::default()).await
}

/// [`set`], by the owner in a session, if the password is still the one that was `verified`. The new session knows the
/// owner as the old one did.
pub(super) async fn replace(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &KnownAccount,
    (verified, hash): (&str, &str),
    (context, known): (&RequestContext, Known),
) -> Result<Option<NewSession>, DbError> {
    if !store::replace_password(transaction, account_id, verified, hash).await? {
        return Ok(None);
    }
    end_access(transaction, account_id).await?;
    session::open(transaction, app, account_id, context, (false, known)).await.map(Some)
}

/// Ends every way in that is open now.
pub(super) async fn end_access(
    transaction: &mut Transaction<'_, Any>,
    account_id: &KnownAccount,
) -> Result<(), DbError> {
    session::end_all(transaction, account_id).await?;
    half::end_all(transaction, account_id).await?;
    browsers::forget_all(transaction, account_id).await?;
    links::withdraw_of(transaction, account_id).await?;
    requests::withdraw_of(transaction, account_id).await
}
