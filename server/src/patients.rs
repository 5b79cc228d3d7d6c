//! Patients: codes without names, links that open their pages, and what their holders may see.

mod access;
mod held;
mod links;
mod merge;
mod merges;
mod model;
mod open;
mod row;
mod store;
mod visits;

use crate::accounts::AdministeredAccount;
use crate::clinics::ClinicPerson;
use crate::http::auth::SteppedUp;
use crate::http::routes::{Routes, Visitor};

pub use access::{Door, OwnedLink, OwnedPatient, PatientAccess, SeenPatient};
pub use held::{HeldPatient, hold, hold_both, hold_if_there, mark};
pub use links::{NewLink, create_link, create_patient, list_links, list_own_patients, list_patients};
pub use merge::{has_any, lead_back, lead_on, merges_into, rename, transfer};
pub use model::{Code, Lifetime, Link, LinkState, Merge, NoCode, Note, Patient};
pub use open::closed_page;
pub use store::{count_by_clinic, homeless, settle};
pub use visits::JOBS;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/pacient", open::entry)
        .post::<Visitor, _>("/pacient", open::open_pasted)
        .post::<Visitor, _>("/p/{id}/open", open::open)
        .post::<PatientAccess, _>("/p/{id}/close", open::leave)
        .post::<OwnedLink, _>("/links/{id}/revoke", links::revoke)
        .post::<SteppedUp<AdministeredAccount>, _>("/admin/users/{id}/links/close", links::close_all)
        .post::<SteppedUp<ClinicPerson>, _>("/clinic/people/{id}/links/close", links::close_here)
}
