//! Clinics: who works where, what each has decided, and who may look in.

mod identify;
mod model;
mod scope;
mod settings;
mod store;
mod switch;

use crate::http::routes::Routes;

pub use identify::{adopt, identify};
pub use scope::{ClinicAdmin, Doctor, Member};
pub use store::{is_at_work, next_number_at_home, next_patient_number, proposed_patient_number};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new().merge(settings::routes()).merge(switch::routes())
}
