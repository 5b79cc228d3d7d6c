//! The files of one night as one.

use oxicore::{
    Recording, export,
    join::{Apart, Join},
};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyBytes};

use crate::{error::detached, recording};

/// Text of the night that the recordings make together.
#[pyfunction]
pub(crate) fn join<'py>(
    py: Python<'py>,
    parts: Vec<Bound<'py, recording::Recording>>,
) -> PyResult<Bound<'py, PyBytes>> {
    let nights = parts.iter().map(|part| part.get().view()).collect::<PyResult<Vec<_>>>()?;
    let text = detached(py, || joined(nights))?.map_err(PyValueError::new_err)?;
    Ok(PyBytes::new(py, &text))
}

fn joined(mut parts: Vec<Recording<'_>>) -> Result<Vec<u8>, String> {
    let starts: Vec<_> = parts.iter().map(|part| part.start().to_string()).collect();
    match oxicore::join::join(&mut parts) {
        Join::Joined(night) | Join::Longer(night) => {
            let mut text = Vec::new();
            export::csv(night, &mut text).map_err(|error| error.to_string())?;
            Ok(text)
        }
        Join::Apart(why) => {
            Err(format!("the recordings of {} are not one night: {}", starts.join(", "), reason(why)))
        }
    }
}

fn reason(why: Apart) -> &'static str {
    match why {
        Apart::UnknownStart => "the start of one is not known by the same clock",
        Apart::OtherReadings => "they begin together and hold different readings",
        Apart::OtherKind => "they are of different formats or intervals",
        Apart::Overlap => "one begins before the other ends",
        Apart::TooFar => "more than 300 s lie between them",
        Apart::Nothing => "there is nothing to join",
        _ => "they do not fit",
    }
}
