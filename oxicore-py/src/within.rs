//! Parts of a night that count, as the caller gives them: spans of time, or a truth value for each record.

use oxicore::{Recording, Span, analysis::Within};
use pyo3::prelude::*;

/// Parts in order that do not overlap, since the first record.
pub(crate) type Parts = Vec<(Span, Span)>;

/// Whether it is a wall clock, in seconds since 1970, or counted from the first record.
type Moment = (bool, i64);

/// What `oxicore/_within.py` hands over: a byte for each record, or begin and end of each part.
type Given = (Option<Vec<u8>>, Vec<(Moment, Moment)>);

/// Parts of a night that is not read yet.
#[derive(Clone)]
pub(crate) enum Chosen {
    Mask(Vec<u8>),
    Spans(Vec<(Moment, Moment)>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for Chosen {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let (mask, spans): Given = given.extract()?;
        Ok(mask.map_or(Self::Spans(spans), Self::Mask))
    }
}

impl Chosen {
    /// Its parts in a night, or what is wrong with them.
    pub(crate) fn of(&self, night: Recording<'_>) -> Result<Parts, String> {
        let parts = match self {
            Self::Mask(mask) => of_mask(mask, night)?,
            Self::Spans(spans) => of_spans(spans, night)?,
        };
        if parts.is_empty() {
            return Err("within has no part: nothing would count".to_owned());
        }
        let mut pairs = parts.iter().zip(parts.iter().skip(1));
        match pairs.find(|((_, end), (begin, _))| begin < end) {
            Some((_, (begin, _))) => {
                Err(format!("two parts of within overlap {} s after the first record", begin.as_secs()))
            }
            None => Ok(parts),
        }
    }
}

/// As the core takes them; they are in order.
pub(crate) fn view(parts: Option<&Parts>) -> Option<Within<'_>> {
    Within::new(parts?)
}

/// From the first record of a run to the end of its last one, or to the first record that does not count.
fn of_mask(mask: &[u8], night: Recording<'_>) -> Result<Parts, String> {
    let records = night.len();
    if mask.len() != records {
        return Err(format!("a mask must be as long as the night ({records} records), not {}", mask.len()));
    }
    let mut parts: Parts = Vec::new();
    let mut is_open = false;
    for (sample, counts) in night.samples().zip(mask) {
        let (at, end) = (sample.at, sample.at.plus(night.interval()));
        match (parts.last_mut().filter(|_| is_open), *counts != 0) {
            (Some(part), true) => part.1 = end,
            (Some(part), false) => part.1 = part.1.min(at),
            (None, true) => parts.push((at, end)),
            (None, false) => (),
        }
        is_open = *counts != 0;
    }
    Ok(parts)
}

fn of_spans(spans: &[(Moment, Moment)], night: Recording<'_>) -> Result<Parts, String> {
    let start = night.start().unix_seconds();
    let since = |(is_clock, seconds): Moment| if is_clock { seconds.saturating_sub(start) } else { seconds };
    let span = |seconds: i64| Span::from_secs(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX));
    let mut parts = Vec::new();
    for &(begin, end) in spans {
        let (begin, end) = (since(begin), since(end));
        if span(begin) >= span(end) {
            return Err(format!(
                "a part of within ends before it begins, or before the night: {begin} s to {end} s after the first record"
            ));
        }
        parts.push((span(begin), span(end)));
    }
    parts.sort_unstable();
    Ok(parts)
}
