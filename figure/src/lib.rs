//! The picture of a night: one [`Scene`] from a recording and its analysis, drawn by [`paint`] through the `DrawingBackend` of
//! plotters: as [SVG](Svg) with real text, and as anti-aliased pixels (feature `raster`).
//!
//! ```
//! use oxicore::{AnalysisOptions, Recording};
//! use oxi_figure::{Captions, Look, Night, Readings, Scene, svg};
//!
//! let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,88,58,0\n22:00:08 Jan 02 2026,95,60,0\n";
//! let recording = Recording::parse(rows)?;
//! let analysis = recording.analyze(&AnalysisOptions::default());
//! let readings = Readings::of(recording, recording.window(), &analysis.desaturations3);
//! let night = Night { readings: &readings, summary: &analysis.summary, events: &analysis.desaturations3 };
//! let scene = Scene::of(&night, &Captions::english(&analysis.summary), Look::default());
//! let picture = svg(&scene);
//! assert!(picture.contains(">SpO₂ %</text>"));
//! # Ok::<(), oxicore::ParseError>(())
//! ```
//!
//! A scene is plain data: panels with scales, ticks and lines, marks of events, colours and texts. The same night and captions
//! give the same scene, number by number, whatever asks for it. Nothing here opens a file or asks the system for a font.
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![cfg_attr(test, expect(clippy::indexing_slicing, reason = "a test may stop at what is not there"))]
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod axis;
mod code;
mod colour;
mod compose;
#[cfg(feature = "raster")]
mod font;
mod layout;
mod letters;
mod levels;
mod paint;
mod pen;
#[cfg(feature = "raster")]
mod raster;
mod readings;
pub mod scene;
mod svg;
mod text;
pub mod theme;
mod words;

pub use code::Unknown;
pub use colour::Colour;
pub use compose::Night;
pub use layout::{COLUMNS, Frame, SHEET};
pub use paint::paint;
pub use pen::UNITS;
#[cfg(feature = "raster")]
pub use raster::{NotDrawn, Pixels, Raster, pixels, png};
pub use readings::Readings;
pub use scene::Scene;
pub use svg::{Svg, svg};
pub use theme::{Levels, Look, Theme};
pub use words::Captions;
