//! Clinics: who works where, what each has decided, and who may look in.

mod handover;
mod identify;
mod invitations;
mod members;
mod model;
mod people;
mod rights;
mod row;
mod scope;
mod settings;
mod store;
mod switch;

use crate::http::routes::Routes;
use crate::mail::Template;

pub use handover::Handover;
pub use identify::{adopt, identify};
pub use members::{ClinicPerson, Membership};
pub use model::{FlagLimits, Usage};
pub use people::refuse_people;
pub use rights::take_out;
pub use scope::{ClinicAdmin, Doctor, Member, Relation};
pub use store::{
    contact, flag_limits, is_at_work, keep_links, keeps_links, members, next_number_at_home,
    next_patient_number, phone, proposed_patient_number, usage,
};

/// The mails of this room.
pub const MAILS: [Template; 1] = [invitations::INVITATION];

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .merge(settings::routes())
        .merge(switch::routes())
        .merge(people::routes())
        .merge(invitations::routes())
        .merge(rights::routes())
}
