//! Sharing nights: giving a recording and links to a patient, and what the patient sees through them.

mod links;
mod patient_pages;

use crate::http::routes::Routes;
use crate::patients::Door;
use crate::recordings::{CanManage, SharedView};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .post::<CanManage, _>("/recordings/{id}/links", links::create_link)
        .post::<CanManage, _>("/recordings/{id}/patient", links::assign)
        .get::<Door, _>("/p/{id}", patient_pages::list)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}", patient_pages::recording)
}
