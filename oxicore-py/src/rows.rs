//! Nights that come from arrays or are cut out of others, as text that the core reads like any file.

use numpy::PyReadonlyArray1;
use oxicore::{
    PulseRate, Recording, Span, Spo2, columns::SampleColumns, export, time::LocalDateTime, units::Motion,
};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyBytes};

use crate::error::detached;

/// Text of a night: growing seconds since 1970 by the wall clock, and readings with a negative number for none.
#[pyfunction]
pub(crate) fn text_of<'py>(
    py: Python<'py>,
    time_s: PyReadonlyArray1<'py, i64>,
    spo2_pct: PyReadonlyArray1<'py, i32>,
    pulse_bpm: PyReadonlyArray1<'py, i32>,
    motion: PyReadonlyArray1<'py, i32>,
) -> PyResult<Bound<'py, PyBytes>> {
    let time_s = time_s.as_slice()?;
    let readings = [spo2_pct.as_slice()?, pulse_bpm.as_slice()?, motion.as_slice()?];
    let text = detached(py, || text(time_s, readings))??;
    Ok(PyBytes::new(py, &text))
}

fn text(time_s: &[i64], [spo2, pulse, motion]: [&[i32]; 3]) -> PyResult<Vec<u8>> {
    let start = moment(time_s, 0)?;
    moment(time_s, time_s.len().saturating_sub(1))?;
    let since = |&time_s: &i64| u32::try_from(time_s - start.unix_seconds()).unwrap_or(u32::MAX);
    let columns = SampleColumns {
        at: time_s.iter().map(since).map(Span::from_secs).collect(),
        spo2: readings(spo2, Spo2::from_device),
        pulse: readings(pulse, PulseRate::from_device),
        motion: readings(motion, Motion::from_device),
    };
    let mut text = Vec::new();
    let night = Recording::from_columns(Some(start), None, columns.view()).map_err(refused)?;
    export::csv(night, &mut text).map_err(refused)?;
    Ok(text)
}

fn readings<T>(column: &[i32], reading: fn(u32) -> Option<T>) -> Vec<Option<T>> {
    column.iter().map(|&value| reading(u32::try_from(value).ok()?)).collect()
}

/// The wall clock of a row.
fn moment(time_s: &[i64], row: usize) -> PyResult<LocalDateTime> {
    let time = time_s.get(row).and_then(|&time_s| LocalDateTime::from_unix_seconds(time_s));
    time.ok_or_else(|| PyValueError::new_err(format!("time[{row}] is outside the years 1970 to 2100")))
}

fn refused(error: impl std::error::Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The records from `from` up to, not including, `to` as text; `None` if there are none.
pub(crate) fn between(night: Recording<'_>, from: Span, to: Span) -> Option<Vec<u8>> {
    let first = night.samples().take_while(|sample| sample.at < from).count();
    let count = night.samples().skip(first).take_while(|sample| sample.at < to).count();
    if count == 0 {
        return None;
    }
    let mut text = Vec::new();
    export::csv(night, &mut text).ok()?;
    let mut lines = text.split_inclusive(|&byte| byte == b'\n');
    let header = lines.next()?;
    let rows = lines.skip(first).take(count);
    Some(std::iter::once(header).chain(rows).flatten().copied().collect())
}
