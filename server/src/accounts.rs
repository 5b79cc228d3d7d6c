//! Doctors and administrators: who they are, how they sign in, who may let others in.

mod model;
mod session;
mod store;

pub use session::identify;

use crate::http::routes::Routes;

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
}

/// x
/// # Errors
/// x
pub async fn first_log_in(_app: &crate::app::App) -> Result<Option<String>, crate::platform::db::DbError> {
    Ok(None)
}
