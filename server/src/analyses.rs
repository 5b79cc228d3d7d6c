//! From the bytes of a recording to numbers, events and words: the rooms that show a night read it here.

pub mod figures;
mod night;
mod night_view;
mod renew;

pub use night::{Night, Unfit, analyse};
pub use night_view::{EventRow, NightView, messages, night, span_in_words};
pub use renew::{renew, renew_once};
