//! From bytes to numbers: the one place of the server that calls the core.

use std::time::Duration;

use bytes::Bytes;
use oxicore::{
    AnalysisOptions, Comparison, Desaturation, ParseError, ParseOptions, Span, Summary, analyze_vec, compare,
};

use crate::error::Problem;
use crate::platform::work_pool::Principal;
use crate::state::App;

/// A night with its numbers and events. The bytes are shared, not copied.
#[derive(Clone, Debug)]
pub struct Night {
    bytes: Bytes,
    layout: oxicore::Layout,
    /// The numbers.
    pub summary: Summary,
    /// Every fall of 3 % and more, counted or not, in order.
    pub desaturations: Vec<Desaturation>,
}

/// Why a file was not analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no recording.
    #[error(transparent)]
    Unreadable(ParseError),
    /// It spans more time than the platform takes in at once.
    #[error("the recording spans {} s, which is too long", .0.as_secs())]
    TooLong(Span),
}

impl Night {
    /// Reads and analyses a file; its name is a hint for the date order only. Takes about a millisecond.
    ///
    /// # Errors
    /// [`Unfit::Unreadable`] when the bytes are no recording, [`Unfit::TooLong`] when they span more than `longest`.
    pub fn analyse(bytes: Bytes, file_name: &str, longest: Duration) -> Result<Self, Unfit> {
        let options = ParseOptions { file_name: Some(file_name), ..ParseOptions::default() };
        let recording = oxicore::Recording::parse_with(&bytes, &options).map_err(Unfit::Unreadable)?;
        let (layout, span) = (recording.layout(), recording.span());
        if u64::from(span.as_secs()) > longest.as_secs() {
            return Err(Unfit::TooLong(span));
        }
        let (summary, desaturations) = analyze_vec(recording, &AnalysisOptions::default());
        Ok(Self { bytes, layout, summary, desaturations })
    }

    /// The samples.
    ///
    /// # Errors
    /// [`Problem::internal`], which cannot happen: bytes and layout never part.
    pub fn recording(&self) -> Result<oxicore::Recording<'_>, Problem> {
        oxicore::Recording::from_layout(&self.bytes, self.layout).map_err(Problem::internal)
    }
}

/// The same night by every definition, computed beside the threads that answer requests.
///
/// # Errors
/// The program is failing or stopping.
pub(super) async fn compared(app: &App, asker: &Principal, night: &Night) -> Result<Comparison, Problem> {
    let night = night.clone();
    let compared = move || night.recording().map(|recording| compare(recording, &AnalysisOptions::default()));
    app.work.run(asker, COMPARISON_BYTES, compared).await?
}

/// Reads and analyses a file beside the threads that answer requests. It may span `longest`; what is stored already may
/// span anything ([`Duration::MAX`]).
///
/// # Errors
/// Outside: too much is going on, or the program is failing or stopping. Inside: the bytes are no recording, or too long
/// a one.
pub async fn analyse(
    app: &App,
    asker: &Principal,
    bytes: Bytes,
    file_name: String,
    longest: Duration,
) -> Result<Result<Night, Unfit>, Problem> {
    let room = bytes.len() as u64 / FILE_PER_EVENTS + COMPARISON_BYTES;
    Ok(app.work.run(asker, room, move || Night::analyse(bytes, &file_name, longest)).await?)
}

/// Memory that comparing definitions takes beside the file, in bytes: states of detectors and counts.
const COMPARISON_BYTES: u64 = 1_000_000;
/// How much longer a file is than the list of its desaturations, at least.
const FILE_PER_EVENTS: u64 = 2;
