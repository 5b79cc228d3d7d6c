//! Sharing nights: giving a recording and links to a patient, and what the patient sees through them.

mod links;
mod patient_pages;

use crate::http::routes::{Policy, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .post("/recordings/{id}/links", Policy::Owner, links::create_link)
        .post("/recordings/{id}/patient", Policy::Owner, links::assign)
        .get("/p/{id}", Policy::Anyone, patient_pages::list)
        .get("/p/{id}/recordings/{rid}", Policy::PatientLink, patient_pages::recording)
}
