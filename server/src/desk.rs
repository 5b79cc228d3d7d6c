//! The doctor's desk: bringing nights in, the list of them, and one night.

mod dates;
mod entry;
mod flags;
mod ingest;
mod link_rows;
mod list;
mod merge;
mod patients;
mod rebuild;
mod settle;
mod show;
mod transfer;
mod usage;

use std::time::Duration;

use crate::clinics::{ClinicPerson, Doctor, Member};
use crate::http::auth::Admin;
use crate::http::routes::{Limits, Routes};
use crate::patients::{OwnedPatient, SeenPatient};
use crate::recordings::{CanManage, CanRead};

pub use rebuild::{JOBS, rebuild};

const UPLOAD: Limits = Limits { body_bytes: ingest::limits::MAX_UPLOAD_BYTES, time: Duration::from_mins(10) };

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Member, _>("/recordings", list::list)
        .post_within::<Doctor, _>(UPLOAD, "/recordings", ingest::upload::upload)
        .get::<CanRead, _>("/recordings/{id}", show::show)
        .post::<CanManage, _>("/recordings/{id}/dates", dates::decide)
        .get::<Admin, _>("/admin/clinics", usage::show)
        .get::<Member, _>("/patients", patients::list)
        .post::<Doctor, _>("/patients", patients::create)
        .get::<SeenPatient, _>("/patients/{id}", patients::show)
        .post::<OwnedPatient, _>("/patients/{id}", patients::save)
        .post::<OwnedPatient, _>("/patients/{id}/merge", merge::merge)
        .post::<OwnedPatient, _>("/patients/{id}/unmerge", merge::take_back)
        .post::<ClinicPerson, _>("/clinic/people/{id}/transfer", transfer::transfer)
        .post::<ClinicPerson, _>("/clinic/people/{id}/remove", transfer::remove)
}
