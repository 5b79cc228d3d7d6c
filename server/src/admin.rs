//! What administrators of the platform see of its own work.

mod jobs;
mod mail;
mod words;

use crate::http::auth::Admin;
use crate::http::routes::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Admin, _>("/admin/jobs", jobs::show)
        .post::<jobs::FailingJob, _>("/admin/jobs/{id}/retry", jobs::retry)
        .get::<Admin, _>("/admin/mail", mail::show)
        .post::<Admin, _>("/admin/mail/test", mail::test)
        .post::<Admin, _>("/admin/mail/retry", mail::retry)
}
