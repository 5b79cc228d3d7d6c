//! Texts with rows that cannot be read: the rows that can, and which were left out.

use oxicore::{ParseError, ParseOptions, Recording, error::ParseErrorKind};
use pyo3::{prelude::*, types::PyBytes};

use crate::error::{detached, parse_error};
use crate::hints::Hints;

/// Most rows that are left out; a text with more of them is no recording.
const MOST: usize = 1_000;

/// Line from 1, code and sentence of a row that was left out.
type Skipped = (u32, &'static str, String);

/// The text without the rows that cannot be read, and these.
///
/// # Errors
/// Whatever is wrong with the file beside single rows; the first of the rows if fewer can be read than cannot.
#[pyfunction]
#[pyo3(signature = (data, file_name = None, hints = None))]
pub(crate) fn without_bad_rows<'py>(
    py: Python<'py>,
    data: &[u8],
    file_name: Option<&str>,
    hints: Option<Hints>,
) -> PyResult<(Bound<'py, PyBytes>, Vec<Skipped>)> {
    let hints = hints.unwrap_or_default();
    let options = hints.options(file_name, None);
    let kept = detached(py, || kept(data, &options))?;
    let (text, skipped) = kept.map_err(|error| parse_error(py, error))?;
    Ok((PyBytes::new(py, &text), skipped))
}

pub(crate) fn kept(data: &[u8], options: &ParseOptions<'_>) -> Result<(Vec<u8>, Vec<Skipped>), ParseError> {
    let mut lines: Vec<(u32, &[u8])> = (1..).zip(data.split_inclusive(|&byte| byte == b'\n')).collect();
    let (mut text, mut skipped, mut first) = (data.to_vec(), Vec::new(), None);
    loop {
        let error = match Recording::parse_with(&text, options) {
            Ok(night) => {
                let is_recording = night.len() >= skipped.len();
                return first.filter(|_| !is_recording).map_or(Ok((text, skipped)), Err);
            }
            Err(error) => error,
        };
        let at = bad_row(&error).filter(|&at| at < lines.len()).ok_or(error)?;
        let first = *first.get_or_insert(error);
        if skipped.len() == MOST {
            return Err(first);
        }
        let (line, _) = lines.remove(at);
        skipped.push((line, error.code(), error.to_string()));
        text = lines.iter().flat_map(|(_, line)| line.iter().copied()).collect();
    }
}

/// Which line from 0 a row is that cannot be read.
fn bad_row(error: &ParseError) -> Option<usize> {
    let line = error.line().filter(|_| matches!(error.kind(), ParseErrorKind::BadRow(_)))?;
    usize::try_from(line).ok()?.checked_sub(1)
}
