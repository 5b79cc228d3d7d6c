//! The samples of a night as columns: numpy's own memory, and Arrow's.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int16Array, RecordBatch, TimestampSecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use numpy::{
    IntoPyArray, PyArray1,
    datetime::{Datetime, units::Seconds},
};
use oxicore::{PulseRate, Spo2, columns::SampleColumns, time::LocalDateTime, units::Motion};
use pyo3::prelude::*;
use serde_json::Value;

use crate::{
    dictionary::described,
    error::{detached, internal},
    provenance::versions,
    table,
};

/// What stands in the memory of a masked array where there is no reading: no reading, no difference of two readings and
/// no sum of one with this number wraps, and a mean with it in it is no level.
pub(crate) const NO_READING: i16 = -32_000;

/// A column's memory, handed over to numpy.
pub(crate) type Pair<'py> = (Bound<'py, PyArray1<i16>>, Bound<'py, PyArray1<bool>>);
/// Time, SpO2, pulse, motion.
pub(crate) type Columns<'py> = (Bound<'py, PyArray1<Datetime<Seconds>>>, Pair<'py>, Pair<'py>, Pair<'py>);

/// Time, SpO2, pulse and motion as plain numbers.
pub(crate) type PlainColumns<'py> =
    (Bound<'py, PyArray1<Datetime<Seconds>>>, Plain<'py>, Plain<'py>, Plain<'py>);
type Plain<'py> = Bound<'py, PyArray1<f64>>;

/// The columns in numpy's hands: it takes over the memory that is filled here.
pub(crate) fn numpy_columns<'py>(
    py: Python<'py>,
    start: LocalDateTime,
    columns: &SampleColumns,
) -> PyResult<Columns<'py>> {
    let (time, spo2_, pulse_, motion_) = detached(py, || {
        (
            wall_clock(start, columns),
            masked(&columns.spo2, spo2),
            masked(&columns.pulse, pulse),
            masked(&columns.motion, motion),
        )
    })?;
    Ok((time.into_pyarray(py), pair(py, spo2_), pair(py, pulse_), pair(py, motion_)))
}

/// The same as plain numbers, NaN where there is no reading.
pub(crate) fn columns_with_nan<'py>(
    py: Python<'py>,
    start: LocalDateTime,
    columns: &SampleColumns,
) -> PyResult<PlainColumns<'py>> {
    let (time, spo2_, pulse_, motion_) = detached(py, || {
        (
            wall_clock(start, columns),
            with_nan(&columns.spo2, spo2),
            with_nan(&columns.pulse, pulse),
            with_nan(&columns.motion, motion),
        )
    })?;
    Ok((time.into_pyarray(py), spo2_.into_pyarray(py), pulse_.into_pyarray(py), motion_.into_pyarray(py)))
}

fn wall_clock(start: LocalDateTime, columns: &SampleColumns) -> Vec<Datetime<Seconds>> {
    let first = start.unix_seconds();
    columns.at.iter().map(|at| Datetime::from(first + i64::from(at.as_secs()))).collect()
}

fn with_nan<Reading: Copy>(column: &[Option<Reading>], number: impl Fn(Reading) -> i16) -> Vec<f64> {
    column.iter().map(|reading| reading.map_or(f64::NAN, |reading| number(reading).into())).collect()
}

/// Readings and where there are none. Into memory of their own: many entries at a time, which in place cannot be.
fn masked<Reading: Copy>(
    column: &[Option<Reading>],
    number: impl Fn(Reading) -> i16,
) -> (Vec<i16>, Vec<bool>) {
    let is_missing = column.iter().map(Option::is_none).collect();
    (column.iter().map(|reading| reading.map_or(NO_READING, &number)).collect(), is_missing)
}

fn spo2(reading: Spo2) -> i16 {
    reading.as_pct().into()
}

/// None is above 300.
fn pulse(reading: PulseRate) -> i16 {
    i16::try_from(reading.as_bpm()).unwrap_or(i16::MAX)
}

fn motion(reading: Motion) -> i16 {
    reading.as_raw().into()
}

fn pair(py: Python<'_>, (values, is_missing): (Vec<i16>, Vec<bool>)) -> Pair<'_> {
    (values.into_pyarray(py), is_missing.into_pyarray(py))
}

/// The night with Arrow's own marks for missing readings.
pub(crate) fn arrow_batch(start: LocalDateTime, columns: &SampleColumns) -> PyResult<RecordBatch> {
    let start = start.unix_seconds();
    let time = columns.at.iter().map(|at| start + i64::from(at.as_secs()));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(TimestampSecondArray::from_iter_values(time)),
        Arc::new(Int16Array::from_iter(columns.spo2.iter().map(|v| v.map(spo2)))),
        Arc::new(Int16Array::from_iter(columns.pulse.iter().map(|v| v.map(pulse)))),
        Arc::new(Int16Array::from_iter(columns.motion.iter().map(|v| v.map(motion)))),
    ];
    RecordBatch::try_new(Arc::new(night_schema()), arrays).map_err(internal)
}

/// Names, types, units and meanings of a night's columns.
pub(crate) fn night_schema() -> Schema {
    let fields = vec![
        described(Field::new("time", DataType::Timestamp(TimeUnit::Second, None), false)),
        described(Field::new("spo2_pct", DataType::Int16, true)),
        described(Field::new("pulse_bpm", DataType::Int16, true)),
        described(Field::new("motion", DataType::Int16, true)),
    ];
    table::about(fields, Some(&Value::Object(versions()).to_string()))
}
