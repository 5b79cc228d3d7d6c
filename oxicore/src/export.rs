//! Nights written as files that other programs read: text of the vendors' most common dialect, and EDF+.
//! Nothing is allocated: bytes go to a [`Sink`], which may be lent memory.
//!
//! # Example
//! ```
//! use oxicore::{Recording, export};
//!
//! let night = Recording::parse(b"22:00:00 02/01/2026,96,58,0\n22:00:04 02/01/2026,--,--,7\n")?;
//! let mut lent = [0; 256];
//! let mut memory = export::Memory::new(&mut lent);
//! export::csv(night, &mut memory)?;
//! let text = memory.finish()?;
//! assert!(text.ends_with(b"22:00:04 Jan 02 2026,--,--,7,0,0\n"));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod csv;
mod edf;
mod sink;
mod text;

pub use csv::csv;
pub use edf::{Gaps, edf};
pub use sink::{ExportError, Memory, Sink};
