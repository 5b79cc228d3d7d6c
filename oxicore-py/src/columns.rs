//! The samples of a night as columns: numpy's own memory, and Arrow's.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, TimestampSecondArray, UInt8Array, UInt16Array};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use numpy::{
    IntoPyArray, PyArray1,
    datetime::{Datetime, units::Seconds},
};
use oxicore::{LocalDateTime, Motion, PulseRate, SampleColumns, Spo2};
use pyo3::prelude::*;

use crate::error::{detached, internal};

/// What stands in the memory of a masked array where there is no reading; never a plausible one.
const NO_READING_8: u8 = 255;
const NO_READING_16: u16 = 65_535;

/// A column's memory, handed over to numpy.
pub(crate) type Pair<'py, T> = (Bound<'py, PyArray1<T>>, Bound<'py, PyArray1<bool>>);
/// Time, SpO2, pulse, motion.
pub(crate) type Columns<'py> =
    (Bound<'py, PyArray1<Datetime<Seconds>>>, Pair<'py, u8>, Pair<'py, u16>, Pair<'py, u8>);

/// The columns in numpy's hands: it takes over the memory that is filled here.
pub(crate) fn numpy_columns<'py>(
    py: Python<'py>,
    start: LocalDateTime,
    columns: &SampleColumns,
) -> PyResult<Columns<'py>> {
    let first = start.unix_seconds();
    let (time, spo2, pulse, motion) = detached(py, || {
        let time = columns.at.iter().map(|at| Datetime::from(first + i64::from(at.as_secs())));
        (
            time.collect::<Vec<Datetime<Seconds>>>(),
            masked(&columns.spo2, NO_READING_8, Spo2::as_pct),
            masked(&columns.pulse, NO_READING_16, PulseRate::as_bpm),
            motion(&columns.motion),
        )
    })?;
    Ok((time.into_pyarray(py), pair(py, spo2), pair(py, pulse), pair(py, motion)))
}

/// Readings and where there are none. Into memory of their own: many entries at a time, which in place cannot be.
fn masked<Reading: Copy, T: Copy>(
    column: &[Option<Reading>],
    missing: T,
    number: impl Fn(Reading) -> T,
) -> (Vec<T>, Vec<bool>) {
    let is_missing = column.iter().map(Option::is_none).collect();
    (column.iter().map(|reading| reading.map_or(missing, &number)).collect(), is_missing)
}

/// The same of motion, whose every byte is a reading: twice as wide when optional, and faster one by one.
fn motion(column: &[Option<Motion>]) -> (Vec<u8>, Vec<bool>) {
    let (mut values, mut is_missing) = (vec![NO_READING_8; column.len()], vec![false; column.len()]);
    for ((motion, value), is_missing) in column.iter().zip(&mut values).zip(&mut is_missing) {
        match motion {
            Some(motion) => *value = motion.as_raw(),
            None => *is_missing = true,
        }
    }
    (values, is_missing)
}

fn pair<T: numpy::Element>(py: Python<'_>, (values, is_missing): (Vec<T>, Vec<bool>)) -> Pair<'_, T> {
    (values.into_pyarray(py), is_missing.into_pyarray(py))
}

/// The night with Arrow's own marks for missing readings.
pub(crate) fn arrow_batch(start: LocalDateTime, columns: &SampleColumns) -> PyResult<RecordBatch> {
    let start = start.unix_seconds();
    let time = columns.at.iter().map(|at| start + i64::from(at.as_secs()));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(TimestampSecondArray::from_iter_values(time)),
        Arc::new(UInt8Array::from_iter(columns.spo2.iter().map(|v| v.map(Spo2::as_pct)))),
        Arc::new(UInt16Array::from_iter(columns.pulse.iter().map(|v| v.map(PulseRate::as_bpm)))),
        Arc::new(UInt8Array::from_iter(columns.motion.iter().map(|v| v.map(Motion::as_raw)))),
    ];
    RecordBatch::try_new(Arc::new(night_schema()), arrays).map_err(internal)
}

/// Names and types of a night's columns.
pub(crate) fn night_schema() -> Schema {
    Schema::new(vec![
        Field::new("time", DataType::Timestamp(TimeUnit::Second, None), false),
        Field::new("spo2_pct", DataType::UInt8, true),
        Field::new("pulse_bpm", DataType::UInt16, true),
        Field::new("motion", DataType::UInt8, true),
    ])
}
