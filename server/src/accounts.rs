//! Doctors and administrators: who they are, how they sign in, who may let others in.

mod first;
mod links;
mod model;
mod password;
mod password_page;
mod session;
mod set_password;
mod setup;
mod sign_in;
mod store;
mod throttle;
mod users;

pub use first::first_log_in;
pub use session::identify;

use crate::error::Problem;
use crate::http::identity::Identity;
use crate::http::routes::Routes;
use crate::i18n::Locale;
use crate::state::App;

/// Remembers the language somebody chose for the own account.
///
/// # Errors
/// When the database fails.
pub async fn set_locale(app: &App, identity: &Identity, locale: Locale) -> Result<(), Problem> {
    Ok(store::set_locale(&app.db, identity.account_id.as_str(), locale).await?)
}

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .merge(sign_in::routes())
        .merge(setup::routes())
        .merge(set_password::routes())
        .merge(password_page::routes())
        .merge(users::routes())
}
