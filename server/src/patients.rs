//! Patients: links without names, and what their holders may see.

mod access;
mod links;
mod model;
mod open;
mod store;

use crate::http::routes::{Policy, Routes};

pub use access::{Door, OwnedLink, OwnedPatient, PatientAccess};
pub use links::{
    NewLink, create_link, create_patient, delete_patient, hold, linked_patients, list_links, list_patients,
};
pub use model::{Label, Lifetime, Link, LinkState, Patient};
pub use open::closed_page;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/pacient", Policy::Anyone, open::entry)
        .post("/pacient", Policy::Anyone, open::open_pasted)
        .post("/p/{id}/open", Policy::Anyone, open::open)
        .post("/links/{id}/revoke", Policy::Owner, links::revoke)
}
