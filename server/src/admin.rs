//! What administrators of the platform see of its own work.

mod jobs;

use crate::http::auth::Admin;
use crate::http::routes::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Admin, _>("/admin/jobs", jobs::show)
        .post::<jobs::FailingJob, _>("/admin/jobs/{id}/retry", jobs::retry)
}
