//! Patients: codes without names, links that open their pages, and what their holders may see.

mod access;
mod code_entry;
mod enter;
mod erasure;
mod held;
mod links;
mod merge;
mod merges;
mod model;
mod open;
mod passcode_page;
mod people;
mod row;
mod store;
mod visits;

use crate::accounts::AdministeredAccount;
use crate::clinics::{ClinicAdmin, ClinicPerson};
use crate::http::auth::SteppedUp;
use crate::http::routes::{Routes, Visitor};
use links::{change, close};

pub use access::{GovernedPatient, OwnedPatient, SeenPatient};
pub use erasure::{ErasedPatients, erase};
pub use held::{HeldPatient, hold, hold_both, hold_if_there};
pub use links::access::OwnedLink;
pub use links::change::{NewPasscode, change_terms, chosen_nights, hash_passcode, set_passcode};
pub use links::codes::CodeShown;
pub use links::make::{LinkShown, create_link, replace_link, show_link};
pub use links::marks::mark;
pub use links::model::{Lifetime, Link, LinkState, PASSCODE_TRIES, Passcode, Terms};
pub use links::opened::{AnyLink, OpenedLink, Shown};
pub use links::views::{View, last_views};
pub use links::{list_links, newest_link};
pub use merge::{has_any, lead_back, lead_on, merges_into, rename, transfer};
pub use merges::forget_moved;
pub use model::{Code, Merge, NoCode, Note, Patient};
pub use open::{closed_page, follow_old};
pub use people::{create_patient, list_own_patients, list_patients};
pub use store::{count_by_clinic, homeless, settle};
pub use visits::JOBS;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/pacient", open::entry)
        .post::<Visitor, _>("/pacient", open::open_pasted)
        .get::<Visitor, _>("/p", code_entry::show)
        .post::<Visitor, _>("/p", code_entry::open)
        .post::<Visitor, _>("/p/{id}/open", open::open)
        .post::<OpenedLink, _>("/p/{id}/close", open::leave)
        .post::<OwnedLink, _>("/links/{id}/revoke", close::revoke)
        .post::<ClinicAdmin, _>("/clinic/links", change::decide_copies)
        .post::<SteppedUp<AdministeredAccount>, _>("/admin/users/{id}/links/close", close::close_all)
        .post::<SteppedUp<ClinicPerson>, _>("/clinic/people/{id}/links/close", close::close_here)
}
