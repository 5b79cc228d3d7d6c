//! Hypoxic burden of respiratory events that were scored by other means.

use numpy::PyReadonlyArray1;
use oxicore::metrics::calc_hb::{CalcHb, CalcHbError, Scored, calc_hb, calc_hb_of_seconds};
use pyo3::{exceptions::PyValueError, prelude::*};

use crate::{error::detached, recording::Recording};

/// Burden, area, events and window; `None` where there is no result.
type Figures = Option<(f64, f64, u32, (i32, i32))>;

/// Of a recording; an EDF, and arrays, keep their fractions.
#[pyfunction]
pub(crate) fn hypoxic_burden(
    py: Python<'_>,
    night: &Bound<'_, Recording>,
    starts_s: PyReadonlyArray1<'_, f64>,
    durations_s: PyReadonlyArray1<'_, f64>,
    sleep: PyReadonlyArray1<'_, bool>,
) -> PyResult<Figures> {
    let view = night.get().view();
    let scored = scored(&starts_s, &durations_s, &sleep)?;
    let found = detached(py, || {
        let mut memory = vec![0.0; view.span().as_secs() as usize];
        calc_hb(view, scored, &mut memory)
    })?;
    figures(found)
}

/// Of SpO2 that has a value a second.
#[pyfunction]
pub(crate) fn hypoxic_burden_of_seconds(
    py: Python<'_>,
    spo2_pct: PyReadonlyArray1<'_, f64>,
    starts_s: PyReadonlyArray1<'_, f64>,
    durations_s: PyReadonlyArray1<'_, f64>,
    sleep: PyReadonlyArray1<'_, bool>,
) -> PyResult<Figures> {
    let (spo2_pct, scored) = (spo2_pct.as_slice()?, scored(&starts_s, &durations_s, &sleep)?);
    figures(detached(py, || calc_hb_of_seconds(spo2_pct, scored))?)
}

fn scored<'a>(
    starts_s: &'a PyReadonlyArray1<'_, f64>,
    durations_s: &'a PyReadonlyArray1<'_, f64>,
    sleep: &'a PyReadonlyArray1<'_, bool>,
) -> PyResult<Scored<'a>> {
    Ok(Scored {
        event_starts_s: starts_s.as_slice()?,
        event_durations_s: durations_s.as_slice()?,
        sleep: sleep.as_slice()?,
    })
}

fn figures(found: Result<Option<CalcHb>, CalcHbError>) -> PyResult<Figures> {
    let found = found.map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(found.map(|hb| (hb.hypoxic_burden_pctmin_h, hb.area_pct_s, hb.events, hb.window_s)))
}
