//! The samples of a night as columns: numpy's own memory, and Arrow's.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, TimestampSecondArray, UInt8Array, UInt16Array};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use numpy::{
    IntoPyArray, PyArray1,
    datetime::{Datetime, units::Seconds},
};
use oxicore::Recording;
use pyo3::prelude::*;

use crate::error::{detached, internal};

/// What stands in the memory of a masked array where there is no reading; never a plausible one.
const NO_READING_8: u8 = 255;
const NO_READING_16: u16 = 65_535;

/// Readings and where there are none; no mask when all are there.
struct Masked<T> {
    values: Vec<T>,
    is_missing: Vec<bool>,
}

impl<T> Masked<T> {
    fn with_capacity(records: usize) -> Self {
        Self { values: Vec::with_capacity(records), is_missing: Vec::with_capacity(records) }
    }

    fn push(&mut self, value: Option<T>, missing: T) {
        self.is_missing.push(value.is_none());
        self.values.push(value.unwrap_or(missing));
    }
}

/// A column's memory, handed over to numpy.
pub(crate) type Pair<'py, T> = (Bound<'py, PyArray1<T>>, Bound<'py, PyArray1<bool>>);
/// Time, SpO2, pulse, motion.
pub(crate) type Columns<'py> =
    (Bound<'py, PyArray1<Datetime<Seconds>>>, Pair<'py, u8>, Pair<'py, u16>, Pair<'py, u8>);

/// One pass over the night; numpy owns the memory it fills.
pub(crate) fn numpy_columns<'py>(py: Python<'py>, night: Recording<'_>) -> PyResult<Columns<'py>> {
    let (time, spo2, pulse, motion) = detached(py, || {
        let (records, start) = (night.len(), night.start().unix_seconds());
        let mut time = Vec::with_capacity(records);
        let mut spo2 = Masked::with_capacity(records);
        let mut pulse = Masked::with_capacity(records);
        let mut motion = Masked::with_capacity(records);
        for sample in night.samples() {
            time.push(Datetime::<Seconds>::from(start + i64::from(sample.at.as_secs())));
            spo2.push(sample.spo2.map(|v| v.as_pct()), NO_READING_8);
            pulse.push(sample.pulse.map(|v| v.as_bpm()), NO_READING_16);
            motion.push(sample.motion.map(|v| v.as_raw()), NO_READING_8);
        }
        (time, spo2, pulse, motion)
    })?;
    Ok((time.into_pyarray(py), pair(py, spo2), pair(py, pulse), pair(py, motion)))
}

fn pair<T: numpy::Element>(py: Python<'_>, column: Masked<T>) -> Pair<'_, T> {
    (column.values.into_pyarray(py), column.is_missing.into_pyarray(py))
}

/// The night with Arrow's own marks for missing readings.
pub(crate) fn arrow_batch(night: Recording<'_>) -> PyResult<RecordBatch> {
    let start = night.start().unix_seconds();
    let samples = || night.samples();
    let time = samples().map(|sample| start + i64::from(sample.at.as_secs()));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(TimestampSecondArray::from_iter_values(time)),
        Arc::new(UInt8Array::from_iter(samples().map(|sample| sample.spo2.map(|v| v.as_pct())))),
        Arc::new(UInt16Array::from_iter(samples().map(|sample| sample.pulse.map(|v| v.as_bpm())))),
        Arc::new(UInt8Array::from_iter(samples().map(|sample| sample.motion.map(|v| v.as_raw())))),
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
