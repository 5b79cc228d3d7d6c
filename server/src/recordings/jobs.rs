//! What is tidied after crashes, beside the requests.

mod deletions;
mod drafts;
mod uploads;

use crate::platform::jobs::Kind;
use crate::state::App;

pub use deletions::finish_deletions;
pub use drafts::remove_drafts;
pub use uploads::give_up_uploads;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 3] = [uploads::JOB, deletions::JOB, drafts::JOB];
