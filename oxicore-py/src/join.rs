//! The files of one night as one.

use oxicore::{Apart, Join, Recording, export};
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

/// Every part must be the next one of the part before; a part that another one begins with gives way to it.
fn joined(mut nights: Vec<Recording<'_>>) -> Result<Vec<u8>, String> {
    nights.sort_by_key(Recording::start);
    let mut parts: Vec<Recording<'_>> = Vec::new();
    for night in nights {
        let Some(&before) = parts.last() else {
            parts.push(night);
            continue;
        };
        match oxicore::join(before, night) {
            Join::Joined(_) => parts.push(night),
            Join::Longer(longer) => {
                parts.pop();
                parts.push(longer);
            }
            Join::Apart(why) => return Err(apart(&before, &night, why)),
        }
    }
    text(&parts)
}

fn text(parts: &[Recording<'_>]) -> Result<Vec<u8>, String> {
    let mut all = Vec::new();
    for &part in parts {
        let mut text = Vec::new();
        export::csv(part, &mut text).map_err(|error| error.to_string())?;
        let rows = if all.is_empty() { 0 } else { header_bytes(&text) };
        all.extend_from_slice(text.get(rows..).unwrap_or_default());
    }
    Ok(all)
}

fn header_bytes(text: &[u8]) -> usize {
    text.iter().position(|&byte| byte == b'\n').map_or(0, |end| end + 1)
}

fn apart(before: &Recording<'_>, night: &Recording<'_>, why: Apart) -> String {
    let reason = match why {
        Apart::UnknownStart => "the start of one is not known by the same clock",
        Apart::OtherReadings => "they begin together and hold different readings",
        Apart::OtherKind => "they are of different formats or intervals",
        Apart::Overlap => "one begins before the other ends",
        Apart::TooFar => "more than 300 s lie between them",
        _ => "they do not fit",
    };
    format!("the recordings of {} and {} are not one night: {reason}", before.start(), night.start())
}
