//! From the bytes of a recording to numbers, events and words, computed once and kept: the rooms that show a night read
//! it here.

mod analysis;
mod dates;
pub mod figures;
mod kept;
mod night_view;
mod notices;
mod outdated;
mod reading;
mod renew;
mod series;
mod store;
mod varint;

use crate::platform::jobs::Kind;
use crate::state::App;

pub use analysis::{Analysis, Events, Figures, Grouped, Unfit};
pub use dates::decide_dates;
pub use kept::{analyse, keep, numbers, room_bytes, row, whole};
pub use night_view::{EventRow, NightView, messages, span_in_words};
pub use outdated::ask_for_outdated;
pub use reading::{EitherStart, Source};
pub use series::Series;
pub use store::forget;
pub use varint::BadBytes;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 2] = [outdated::JOB, renew::JOB];
