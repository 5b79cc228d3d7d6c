//! What follows when the owner of an account changes a second factor.

use sqlx::{Any, Transaction};

use super::{half, passkeys, recovery, seeds};
use crate::accounts::mails::{self, FactorChange, Notification};
use crate::accounts::model::KnownAccount;
use crate::accounts::{notices, session_store, store};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::context::RequestContext;
use crate::http::identity::Assurance;
use crate::state::App;

/// What follows when the owner has set a factor up in this session: the password alone opens nothing any more, here
/// the owner is known by it, and the sessions of before the first factor end. Codes on paper, if there are none.
pub(super) async fn gained(
    work: &mut Transaction<'_, Any>,
    app: &App,
    who: &SignedIn,
    (context, change): (&RequestContext, FactorChange),
) -> Result<Option<Vec<String>>, Problem> {
    let account = KnownAccount::from(who);
    if !who.identity().has_second_factor {
        session_store::delete_others(work, who).await?;
        half::end_all(work, &account).await?;
    }
    store::set_has_second_factor(work, &account, true).await?;
    session_store::step_up(work, who, Assurance::SecondFactor, app.clock.now()).await?;
    tell(work, app, &account, (context, change)).await?;
    let has_codes = recovery::remaining(&mut **work, &account).await? > 0;
    if has_codes { Ok(None) } else { Ok(Some(recovery::replace(work, app, &account).await?)) }
}

/// What follows when the owner has removed a factor: without any, the password opens the account again, and codes on
/// paper open nothing.
pub(super) async fn lost(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    (context, change): (&RequestContext, FactorChange),
) -> Result<(), Problem> {
    let remains = seeds::confirmed_at(&mut **work, account).await?.is_some()
        || passkeys::count(&mut **work, account).await? > 0;
    if !remains {
        recovery::remove_all(work, account).await?;
    }
    store::set_has_second_factor(work, account, remains).await?;
    tell(work, app, account, (context, change)).await
}

/// Tells the owner in every other browser, and by mail.
pub(super) async fn tell(
    work: &mut Transaction<'_, Any>,
    app: &App,
    account: &KnownAccount,
    (context, change): (&RequestContext, FactorChange),
) -> Result<(), Problem> {
    notices::add_second_factor_changed(work, app, account, context).await?;
    Ok(mails::notify(work, app, (account, context.locale()), Notification::FactorChanged(change)).await?)
}
