//! Nights that come from arrays or are cut out of others, as text that the core reads like any file.

use std::io::Write;

use numpy::{PyReadonlyArray1, PyUntypedArrayMethods};
use oxicore::{LocalDateTime, Recording, Span, export};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyBytes};

const HEADER: &[u8] = b"Time,Oxygen Level,Pulse Rate,Motion\n";
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Text of a night: seconds since 1970 by the wall clock, and readings with a negative number for none.
#[pyfunction]
pub(crate) fn text_of<'py>(
    py: Python<'py>,
    time_s: PyReadonlyArray1<'py, i64>,
    spo2_pct: PyReadonlyArray1<'py, i32>,
    pulse_bpm: PyReadonlyArray1<'py, i32>,
    motion: PyReadonlyArray1<'py, i32>,
) -> PyResult<Bound<'py, PyBytes>> {
    let mut text = Vec::with_capacity(HEADER.len() + 32 * time_s.len());
    text.extend_from_slice(HEADER);
    let readings = [spo2_pct.as_slice()?, pulse_bpm.as_slice()?, motion.as_slice()?];
    for (row, &time_s) in time_s.as_slice()?.iter().enumerate() {
        let time = LocalDateTime::from_unix_seconds(time_s).ok_or_else(|| out_of_range(row))?;
        write_time(&mut text, time)?;
        for column in readings {
            match column.get(row) {
                Some(&value) if value >= 0 => write!(text, ",{value}")?,
                _ => write!(text, ",--")?,
            }
        }
        text.push(b'\n');
    }
    Ok(PyBytes::new(py, &text))
}

fn write_time(text: &mut Vec<u8>, time: LocalDateTime) -> std::io::Result<()> {
    let ((year, month, day), (hour, minute, second)) = (time.date(), time.time());
    let month = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
    write!(text, "{hour:02}:{minute:02}:{second:02} {month} {day:02} {year:04}")
}

fn out_of_range(row: usize) -> PyErr {
    PyValueError::new_err(format!("time[{row}] is outside the years 1970 to 2100"))
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
