//! The numbers of a night as pages show them: with words, definition and format.

pub(super) mod definitions;
pub(super) mod figure;
pub(super) mod panel;
mod parts;

pub use definitions::{DefinitionRow, rows as definition_rows};
pub use figure::Figure;
pub use panel::{Group, Metric, Panel, Print, Shown, ShownBand, ShownGroup};
pub use parts::ShownPart;
