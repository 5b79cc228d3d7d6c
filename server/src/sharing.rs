//! Sharing nights: giving a recording and links to a patient, and what the patient sees through them.

mod link_page;
mod links;
mod patient_pages;
mod sheet;
mod sheets;

use crate::clinics::Doctor;
use crate::http::routes::Routes;
use crate::patients::{AnyLink, OwnedLink, OwnedPatient};
use crate::recordings::{CanManage, SharedView};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .post::<CanManage, _>("/recordings/{id}/links", links::create_link)
        .post::<CanManage, _>("/recordings/{id}/patient", links::assign)
        .post::<OwnedPatient, _>("/patients/{id}/links", links::create_for_patient)
        .post::<Doctor, _>("/links/sheet", sheets::show)
        .get::<OwnedLink, _>("/links/{id}", link_page::show)
        .post::<OwnedLink, _>("/links/{id}", link_page::save)
        .post::<OwnedLink, _>("/links/{id}/passcode", link_page::passcode)
        .post::<OwnedLink, _>("/links/{id}/show", link_page::show_again)
        .post::<OwnedLink, _>("/links/{id}/new", link_page::replace)
        .get::<AnyLink, _>("/p/{id}", patient_pages::list)
        .get::<SharedView, _>("/p/{id}/recordings/{rid}", patient_pages::recording)
}
