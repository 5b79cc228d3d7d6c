//! Overnight oximetry without an allocator: parsing, artifact filtering, desaturation events, metrics and chart
//! reduction for the recordings of Viatom, Wellue and Lepu pulse oximeters.
//!
//! One direction: bytes → [`Recording`] → [`Sample`]s → [`artifact`] filter → [`desaturation`] events and
//! [`metrics`] → [`Summary`]; [`chart`] reduces the samples for a picture. [`analyze`] alone knows the whole order.
//!
//! * `no_std`, no allocation unless feature `alloc` (default) adds `Vec` conveniences, no `unsafe`.
//! * Missing readings are `None`, never a number. Integers decide; `f64` is only for the printed quotient.
//!
//! Not a diagnosis: numbers for a clinician to judge.
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
//! Without an allocator: [`Recording::parse`], then [`analyze`] with lent memory for the events.
//!
//! # What for what
//! | Task | Names |
//! |---|---|
//! | Read a file in place | [`Recording::parse`], [`Recording::parse_with`], [`ParseOptions`] |
//! | Keep a night | [`OwnedRecording`] |
//! | A night from a study's own columns | [`OwnedRecording::from_columns`], [`Recording::from_columns`] |
//! | Numbers and events of both thresholds | [`Recording::analyze`], [`NightAnalysis`], [`Summary`] |
//! | Parts of a night, those asleep say | [`Recording::analyze_within`], [`Within`] |
//! | Desaturations of 2 to 10 % | [`Recording::desaturations`], [`desaturation::Depth`] |
//! | The index by every definition | [`Recording::compare`], [`Profile`], [`Index`] |
//! | Other settings | [`AnalysisOptions`], [`artifact::FilterConfig`], [`desaturation::aasm::Config`] |
//! | Entropies, percentiles of the pulse | [`supplement`] |
//! | Points of a picture | [`Recording::reduce`], [`Recording::window`], [`chart::line_vec`] |
//! | Files of one night | [`OwnedRecording::join`], [`join`] |
//! | A part of a night | [`Recording::slice`] |
//! | Columns, arrays | [`read_columns`], [`OwnedRecording::columns`], `SampleColumns::views` (feature `ndarray`) |
//! | CSV, EDF+ | [`export::csv`], [`export::edf`] |
//! | Samples from a live source | [`artifact::ArtifactFilter`], [`desaturation::aasm::Detector`] |
//! | Words for values, and back | `ALL`, `code`, `Display`, `FromStr` of [`Profile`], [`Outcome`], [`chart::Channel`] ... |
//! | Firmware, no allocator | [`Recording`], [`analyze`], [`desaturations`], [`read_into`] |
//!
//! The folder `examples` has a program for most of them.
//!
//! # Features
//! | Feature | What it adds |
//! |---|---|
//! | `alloc` (default) | vectors: [`OwnedRecording`], [`Recording::analyze`], [`SampleColumns`] |
//! | `blocks` (default) | many samples at once: the same numbers sooner, and a third more code |
//! | `recorders` (default) | the files of other makers: `choicemmed`, `contec`, `edf`, `emay`, each a feature too |
//! | `serde` | results as the JSON that every binding of the project shows |
//! | `ndarray` | columns and events as `ndarray` views; nothing is copied |
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod analysis;
mod batch;
mod bounded;
pub mod chart;
mod code;
mod columns;
mod compare;
pub mod desaturation;
mod device;
mod error;
pub mod export;
pub mod filter;
mod format;
pub mod histogram;
mod index;
mod join;
mod label;
pub mod metrics;
mod notices;
mod options;
mod recording;
mod sample;
mod sliding;
mod summary;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod testing;
mod time;
mod units;
#[cfg(feature = "ndarray")]
mod views;
mod with;

pub use analysis::{
    ANALYSIS_BYTES, Analysis, Analyzer, Desaturations, Within, analyze, analyze_within, desaturations,
    desaturations_at, max_desaturations,
};
#[cfg(feature = "alloc")]
pub use analysis::{FoundDesaturations, NightAnalysis, Supplement, analyze_vec, supplement};
pub use code::UnknownCode;
#[cfg(feature = "alloc")]
pub use columns::SampleColumns;
pub use columns::{SampleColumnsMut, SampleColumnsRef};
pub use compare::{Compared, Comparison, Rate, compare, pobm_alone, pobm_at};
pub use desaturation::{Desaturation, Outcome, Threshold};
pub use device::DeviceSummary;
pub use error::{BufferTooSmall, LayoutMismatch, OtherFile, ParseError, ParseErrorKind};
pub use filter as artifact;
pub use format::{
    ColumnChoice, ColumnName, Format, LONGEST_RECORDING, Layout, ParseOptions, detect, start_in_name,
};
pub use index::{Denominator, Index, Profile, Severity};
pub use join::{Apart, Join, LONGEST_PAUSE, join};
pub use label::Label;
pub use metrics::splits::{Half, Hours, Part};
pub use notices::{DateOrder, DateOrderRule, Notices, StartSource};
pub use options::AnalysisOptions;
pub use recording::Recording;
pub use recording::from_columns::ColumnsError;
#[cfg(feature = "alloc")]
pub use recording::owned::OwnedRecording;
#[cfg(feature = "alloc")]
pub use recording::read::read_columns;
pub use recording::read::{ReadError, read_into};
pub use recording::samples::Samples;
pub use sample::{Reminders, Sample};
pub use summary::{
    ALGORITHM_REVISION, AasmCounts, NestedCount, OdiCount, Quality, READER_REVISION, RecordingFacts,
    SHORT_RECORDING, Settings, Summary,
};
pub use time::{LocalDateTime, UtcOffset};
pub use units::{Motion, PulseRate, Span, Spo2};
#[cfg(feature = "ndarray")]
pub use views::{ColumnViews, event_view};
