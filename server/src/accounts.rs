//! Doctors and administrators: who they are, how they sign in, who may let others in.

mod first;
mod language;
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
pub use throttle::wrong_link;

use crate::http::routes::Routes;

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
        .merge(language::routes())
        .merge(sign_in::routes())
        .merge(setup::routes())
        .merge(set_password::routes())
        .merge(password_page::routes())
        .merge(users::routes())
}
