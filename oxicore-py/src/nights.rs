//! A number of many nights: statistics, and two groups side by side.

use oxicore::nights::{AtCutoff, Confidence, Cutoffs, Nights, NightsError};
use pyo3::{exceptions::PyValueError, prelude::*};
use serde_json::json;

use crate::analysis::json;

/// JSON of how a number is spread over nights, and of the classes between cut-offs.
#[pyfunction]
pub(crate) fn night_statistics(
    values: Vec<Option<f64>>,
    cutoffs: Vec<f64>,
    at_cutoff: &str,
    confidence: f64,
) -> PyResult<String> {
    let at = at_cutoff.parse::<AtCutoff>();
    let at = at.map_err(|known| PyValueError::new_err(format!("at_cutoff {at_cutoff:?} is {known}")))?;
    let cutoffs = Cutoffs::new(&cutoffs).map_err(refused)?.with_at_cutoff(at);
    let nights = Nights::collect(values).map_err(refused)?;
    let spread = nights.spread(Confidence::new(confidence).map_err(refused)?);
    json(&json!({ "spread": spread, "classified": nights.classified(cutoffs) }))
}

/// JSON of two groups side by side.
#[pyfunction]
pub(crate) fn compare_nights(
    one: Vec<Option<f64>>,
    other: Vec<Option<f64>>,
    confidence: f64,
) -> PyResult<String> {
    let confidence = Confidence::new(confidence).map_err(refused)?;
    let spread = |group: Vec<Option<f64>>, name: &str| {
        let nights = Nights::collect(group).map_err(|why| PyValueError::new_err(format!("{name}: {why}")))?;
        PyResult::Ok(nights.spread(confidence))
    };
    json(&spread(one, "one")?.against(&spread(other, "other")?))
}

fn refused(why: NightsError) -> PyErr {
    PyValueError::new_err(why.to_string())
}
