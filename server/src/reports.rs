//! The reports domain.

use crate::http::routes::Routes;

/// The routes of this domain.
pub fn routes() -> Routes {
    Routes::new()
}
