//! Fewer points for a picture, without losing a dip: [`line_into`] keeps every event, [`reduce_into`] (M4) every
//! column's lowest and highest reading, [`lttb_into`] only looks similar.
//!
//! Never averages, never every k-th sample: both hide desaturations (docs/ALGORITHMS.md, "Chart reduction").
//! Readings are shown as recorded; what the artifact filter left out of the numbers stays visible.

mod even;
mod line;
mod lttb;
mod m4;
mod places;
mod window;

pub use line::{LinePoint, gaps, line_budget, line_into};
pub use lttb::lttb_into;
pub use m4::{Column, reduce_into, reduce_points};
pub use window::{Channel, Point, Window};
