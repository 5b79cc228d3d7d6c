//! From bytes to numbers: the one place of the server that calls the core.

use bytes::Bytes;
use oxicore::{
    AnalysisOptions, Comparison, Desaturation, ParseError, ParseOptions, Summary, analyze_vec, compare,
};

use crate::error::Problem;

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

impl Night {
    /// Reads and analyses a file; its name is a hint for the date order only. Takes about a millisecond.
    ///
    /// # Errors
    /// [`ParseError`] when the bytes are no recording.
    pub fn analyse(bytes: Bytes, file_name: &str) -> Result<Self, ParseError> {
        let options = ParseOptions { file_name: Some(file_name), ..ParseOptions::default() };
        let recording = oxicore::Recording::parse_with(&bytes, &options)?;
        let layout = recording.layout();
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
pub(super) async fn compared(night: &Night) -> Result<Comparison, Problem> {
    let night = night.clone();
    let compared = tokio::task::spawn_blocking(move || {
        night.recording().map(|recording| compare(recording, &AnalysisOptions::default()))
    });
    compared.await.map_err(Problem::internal)?
}

/// Reads and analyses a file beside the threads that answer requests.
///
/// # Errors
/// Outside: the program is failing or stopping. Inside: the bytes are no recording.
pub async fn analyse(bytes: Bytes, file_name: String) -> Result<Result<Night, ParseError>, Problem> {
    tokio::task::spawn_blocking(move || Night::analyse(bytes, &file_name)).await.map_err(Problem::internal)
}
