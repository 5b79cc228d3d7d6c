//! What people may know and ask of whoever keeps their data: what is kept and why, a copy of it, and that it is
//! erased.

mod access;
mod certificate;
mod erase;
mod export;
mod job;
mod model;
mod notice;
mod page;
mod store;
mod zip;

use crate::clinics::Doctor;
use crate::http::auth::SteppedUp;
use crate::http::routes::{Routes, Visitor};
use crate::patients::{AnyLink, GovernedPatient};
use crate::platform::jobs::Kind;
use crate::state::App;

use access::SeenErasure;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 1] = [job::JOB];

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/privacy", notice::show)
        .get::<Visitor, _>("/confidentialitate", notice::show)
        .get::<AnyLink, _>("/p/{id}/privacy", notice::show_to_patient)
        .get::<SteppedUp<GovernedPatient>, _>("/patients/{id}/erase", page::ask)
        .post::<SteppedUp<GovernedPatient>, _>("/patients/{id}/erase", page::erase)
        .post::<SteppedUp<GovernedPatient>, _>("/patients/{id}/export", export::of_patient)
        .get::<SteppedUp<Doctor>, _>("/account/export", page::ask_for_own)
        .post::<SteppedUp<Doctor>, _>("/account/export", export::of_doctor)
        .get::<SeenErasure, _>("/erasures/{id}", certificate::show)
        .get::<SeenErasure, _>("/erasures/{id}/certificate", certificate::text)
}
