//! Overnight oximetry without an allocator: parsing, artifact filtering, desaturation events, metrics and chart
//! reduction for the recordings of Viatom, Wellue and Lepu pulse oximeters.
//!
//! One direction: bytes → [`Recording`] → [`Sample`]s → [`artifact`] filter → [`desaturation`] events and
//! [`metrics`] → [`Summary`]; [`chart`] reduces the samples for a picture. [`analysis`] alone knows the whole order.
//!
//! * `no_std`, no allocation unless feature `alloc` (default) adds `Vec` conveniences, no `unsafe`.
//! * Missing readings are `None`, never a number. Integers decide; `f64` is only for the printed quotient.
//!
//! Not a diagnosis: numbers for a clinician to judge. Every number has its definition in [`pages::algorithms`], every file its
//! form in [`pages::formats`].
//!
//! # Example
//! ```
//! # #[cfg(feature = "alloc")] {
//! use oxicore::{AnalysisOptions, OwnedRecording};
//!
//! let mut file = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
//! for i in 0..300 {
//!     let spo2 = if (100..110).contains(&i) { 88 } else { 96 };
//!     file += &format!("22:{:02}:{:02} Jan 02 2026,{spo2},60,0\n", i * 4 / 60, i * 4 % 60);
//! }
//! let night = OwnedRecording::parse(file.into_bytes())?;
//! let analysis = night.view().analyze(&AnalysisOptions::default());
//! let (odi3, event) = (analysis.summary.aasm.odi3, analysis.desaturations3[0]);
//! assert_eq!((odi3.count, odi3.per_h), (1, Some(3.0)));   // one event in twenty minutes
//! assert_eq!((event.depth_pct(), event.duration().as_secs()), (8, 44));
//! # }
//! # Ok::<(), oxicore::ParseError>(())
//! ```
//! Without an allocator: [`Recording::parse`], then [`Recording::summary`], or [`analysis::analyze`] with lent memory for
//! the events. While the night is being recorded: [`analysis::Live`].
//!
//! # What for what
//! At the root is what most programs need; the rest is in modules named by what they hold.
//!
//! | Task | Names |
//! |---|---|
//! | Read a file in place | [`Recording::parse`], [`Recording::parse_with`], [`ParseOptions`] |
//! | Keep a night | [`OwnedRecording`] |
//! | A night from a study's own columns | [`OwnedRecording::from_columns`], [`Recording::from_columns`] |
//! | Numbers and events of both thresholds | [`Recording::analyze`], [`NightAnalysis`], [`Summary`] |
//! | Numbers alone | [`Recording::summary`] |
//! | Parts of a night, those asleep say | [`Recording::analyze_within`], [`Recording::summary_within`], [`Recording::compare_within`], [`analysis::Within`] |
//! | Desaturations of 2 to 10 % | [`Recording::desaturations`], [`desaturation::Depth`] |
//! | Events of the other profiles | [`Recording::pobm`], [`Recording::mean120`], [`Recording::viatom`] |
//! | The index by every definition | [`Recording::compare`], [`Profile`], [`Index`] |
//! | Why two definitions differ, event by event | [`Recording::reconcile`], [`reconcile::Definition`] |
//! | Median over nights, classes, two groups | [`nights`] |
//! | Other settings | [`AnalysisOptions`], [`artifact::FilterConfig`], [`desaturation::aasm::Config`] |
//! | Settings by name, for a binding or a form | [`settings::Setting`], [`AnalysisOptions::set`] |
//! | Settings and events as JSON, and back | `Serialize`, `Deserialize` (feature `serde`) |
//! | Entropies, percentiles of the pulse | [`Recording::supplement`] |
//! | Points of a picture | [`Recording::reduce`], [`Recording::line`], [`Recording::window`] |
//! | Files of one night | [`OwnedRecording::join`], [`join`] |
//! | A part of a night | [`Recording::slice`] |
//! | Columns, arrays | [`recording::read_columns`], [`OwnedRecording::columns`], `SampleColumns::views` (feature `ndarray`) |
//! | CSV, EDF+ | [`export::csv`], [`export::edf`] |
//! | A night that is being recorded | [`analysis::Live`]; one machine alone: [`artifact::ArtifactFilter`], [`desaturation::aasm::Detector`] |
//! | What was noticed, what is wrong | [`notices::Notices`], [`ParseError`], [`error`] |
//! | Words for values, and back | `ALL`, `code`, `Display`, `FromStr` of [`Profile`], [`desaturation::Outcome`], [`chart::Channel`] ... |
//! | Firmware, no allocator | [`analysis::Live`]; of files: [`Recording::analyze_each`], [`analysis::analyze`], [`analysis::desaturations()`], [`recording::read_into`] |
//!
//! The folder `examples` has a program for most of them.
//!
//! # Features
//! | Feature | What it adds |
//! |---|---|
//! | `alloc` (default) | vectors: [`OwnedRecording`], [`Recording::analyze`], [`columns::SampleColumns`] |
//! | `blocks` (default) | many samples at once: the same numbers sooner, and a third more code |
//! | `recorders` (default) | the files of other makers: `choicemmed`, `contec`, `edf`, `emay`, each a feature too |
//! | `serde` | results as the JSON that every binding of the project shows |
//! | `defmt` | `defmt::Format` for samples, events, numbers, settings and the errors of a live analysis |
//! | `ndarray` | columns and events as `ndarray` views; nothing is copied |
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod analysis;
pub mod artifact;
mod batch;
pub mod below_range;
mod bounded;
pub mod chart;
mod code;
pub mod columns;
pub mod compare;
pub mod desaturation;
mod device;
pub mod error;
pub mod export;
pub mod format;
pub mod histogram;
pub mod index;
pub mod join;
mod label;
pub mod metrics;
pub mod nights;
pub mod notices;
mod options;
#[cfg(doc)]
pub mod pages;
#[cfg(feature = "alloc")]
pub mod reconcile;
pub mod recording;
pub mod sample;
pub mod settings;
mod sliding;
pub mod summary;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod testing;
pub mod time;
pub mod units;
#[cfg(feature = "ndarray")]
pub mod views;
mod with;

#[cfg(feature = "alloc")]
pub use analysis::NightAnalysis;
pub use desaturation::{Desaturation, Threshold};
pub use error::ParseError;
pub use format::ParseOptions;
pub use index::{Index, Profile};
pub use options::AnalysisOptions;
#[cfg(feature = "alloc")]
pub use recording::OwnedRecording;
pub use recording::Recording;
pub use sample::Sample;
pub use summary::Summary;
pub use units::{PulseRate, Span, Spo2};
