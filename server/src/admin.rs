//! What administrators see of the work that was done: the platform's own, and the journal of who did what.

mod jobs;
mod journal;
mod mail;
mod words;

use crate::clinics::ClinicAdmin;
use crate::http::auth::Admin;
use crate::http::routes::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Admin, _>("/admin/jobs", jobs::show)
        .post::<jobs::FailingJob, _>("/admin/jobs/{id}/retry", jobs::retry)
        .get::<Admin, _>("/admin/journal", journal::of_platform)
        .get::<ClinicAdmin, _>("/clinic/journal", journal::of_clinic)
        .get::<Admin, _>("/admin/mail", mail::show)
        .post::<Admin, _>("/admin/mail/test", mail::test)
        .post::<Admin, _>("/admin/mail/retry", mail::retry)
}
