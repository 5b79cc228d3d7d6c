//! Doctors and administrators: who they are, how they sign in, who may let others in.

mod access;
mod arrival;
mod browsers;
mod confirm;
mod first;
mod links;
mod mails;
mod model;
mod newcomer;
mod notices;
mod outlived;
mod password;
mod password_page;
mod people;
mod renewal;
mod requests;
mod reset;
mod second_factor;
mod session;
mod session_access;
mod session_model;
mod session_store;
mod sessions_page;
mod set_password;
mod setup;
mod sign_in;
mod sign_up;
mod store;
mod throttle;
mod users;

pub use access::AdministeredAccount;
pub use arrival::enter;
pub use first::first_log_in;
pub use mails::send_test;
pub use model::{KnownAccount, Unsettled};
pub use newcomer::{Newcomer, refuse_code, tell_invited, with_address};
pub use outlived::JOBS;
pub use people::{
    Person, edit, end_access, hold_rights, invite_again, is_enabled_in, people, person, remove,
    take_second_factors_away, unlock,
};
pub use reset::reset_link;
pub use second_factor::removal::remove_second_factors;
pub use session::{Entrance, identify};
pub use users::{Change, change_rights, refuse};

use sqlx::{Any, Transaction};

use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::http::identity::{Identity, Standing};
use crate::http::routes::Routes;
use crate::i18n::Locale;
use crate::ids::AccountId;
use crate::mail::{Recipient, Template};
use crate::state::App;

/// Remembers the language somebody chose, for the own account if anybody is signed in.
///
/// # Errors
/// When the database fails.
pub async fn set_locale(app: &App, context: &RequestContext, locale: Locale) -> Result<(), Problem> {
    let Some(identity) = context.identity() else { return Ok(()) };
    let mut work = Work::begin(&app.db, context.clone()).await?;
    store::set_locale(&mut work, identity, locale).await?;
    Ok(work.commit(Act::on_account("language-chosen", &identity.account_id).unlisted()).await?)
}

/// The mails of this room.
pub const MAILS: [Template; 5] =
    [mails::PASSWORD_CHANGED, mails::NEW_DEVICE, mails::FACTOR_CHANGED, mails::TEST, requests::RESET];

/// Whom a mail to the owner of an account goes to; nobody when it is disabled. `locale` is for owners who have not chosen a
/// language.
///
/// # Errors
/// When the database fails.
pub async fn recipient(
    app: &App,
    account_id: &KnownAccount,
    locale: Locale,
) -> Result<Option<Recipient>, Problem> {
    Ok(store::recipient(&app.db, account_id, locale).await?)
}

/// Whether the account is there and enabled.
///
/// # Errors
/// When the database fails.
pub async fn is_enabled(app: &App, account_id: &AccountId) -> Result<bool, Problem> {
    Ok(store::is_enabled(app.db.read(), account_id).await?)
}

/// The accounts whose owners have signed in from the browser of this request within half a year.
///
/// # Errors
/// When the database fails.
pub async fn known_here(app: &App, context: &RequestContext) -> Result<Vec<AccountId>, Problem> {
    Ok(browsers::owners(&app.db, &context.browser_fingerprint(), app.clock.now()).await?)
}

/// Settles an account about whose clinics nobody has decided yet; `None` when somebody has.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    work: &mut Transaction<'static, Any>,
    account_id: &AccountId,
) -> Result<Option<Unsettled>, Problem> {
    Ok(store::settle(work, account_id).await?)
}

/// Whether all administrators must have a second factor.
///
/// # Errors
/// When the database fails.
pub async fn administrators_need_second_factor(app: &App) -> Result<bool, Problem> {
    Ok(second_factor::required::is_required(&app.db).await?)
}

/// Remembers in which clinic the session works.
///
/// # Errors
/// When the database fails.
pub async fn choose_clinic(
    work: &mut Transaction<'static, Any>,
    identity: &Identity,
    chosen: &Standing,
) -> Result<(), Problem> {
    Ok(session_store::choose_clinic(work, identity, chosen).await?)
}

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .merge(sign_in::routes())
        .merge(sign_up::routes())
        .merge(setup::routes())
        .merge(set_password::routes())
        .merge(password_page::routes())
        .merge(sessions_page::routes())
        .merge(confirm::routes())
        .merge(second_factor::routes())
        .merge(notices::routes())
        .merge(requests::routes())
        .merge(users::routes())
}
