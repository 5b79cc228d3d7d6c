//! A small table with named columns of one kind each, given to data frames through Arrow's C stream.

use std::{collections::HashMap, sync::Arc};

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
    TimestampSecondArray, ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit, ffi::FFI_ArrowSchema};
use oxicore::time::LocalDateTime;
use pyo3::{
    IntoPyObjectExt,
    exceptions::{PyKeyError, PyValueError},
    prelude::*,
    types::{PyCapsule, PyDateTime, PyList},
};

use crate::{dictionary::described, error::internal};

/// What the entries of a column are; every one may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Real,
    Flag,
    Text,
    /// Wall clock without a zone.
    Moment,
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Missing,
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(String),
    Moment(LocalDateTime),
}

const KINDS: [(Kind, &str); 5] = [
    (Kind::Integer, "integer"),
    (Kind::Real, "real"),
    (Kind::Flag, "flag"),
    (Kind::Text, "text"),
    (Kind::Moment, "moment"),
];

#[derive(Debug)]
struct Column {
    name: String,
    kind: Kind,
    cells: Vec<Cell>,
}

/// Columns of equal length.
#[pyclass(frozen, module = "oxicore._core")]
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: usize,
    /// JSON of how it was made.
    #[pyo3(get)]
    about: Option<String>,
}

impl Table {
    /// From rows, each with a cell for every column.
    pub(crate) fn from_rows(names: &[(&str, Kind)], rows: Vec<Vec<Cell>>) -> Self {
        let count = rows.len();
        let mut columns: Vec<_> = names
            .iter()
            .map(|&(name, kind)| Column { name: name.to_owned(), kind, cells: Vec::with_capacity(count) })
            .collect();
        for row in rows {
            columns.iter_mut().zip(row).for_each(|(column, cell)| column.cells.push(cell));
        }
        Self { columns, rows: count, about: None }
    }

    /// The same with the JSON of how it was made.
    pub(crate) fn made_by(self, about: String) -> Self {
        Self { about: Some(about), ..self }
    }

    fn batch(&self) -> PyResult<RecordBatch> {
        let arrays = self.columns.iter().map(Column::array).collect();
        RecordBatch::try_new(Arc::new(self.schema()), arrays).map_err(internal)
    }

    fn schema(&self) -> Schema {
        let fields: Vec<_> = self.columns.iter().map(Column::field).collect();
        about(fields, self.about.as_deref())
    }
}

#[pymethods]
impl Table {
    #[new]
    #[pyo3(signature = (columns, about = None))]
    fn new(columns: Vec<(String, String, Bound<'_, PyList>)>, about: Option<String>) -> PyResult<Self> {
        let rows = columns.first().map_or(0, |(_, _, cells)| cells.len());
        if columns.iter().any(|(_, _, cells)| cells.len() != rows) {
            return Err(PyValueError::new_err("the columns of a table must be of one length"));
        }
        let columns = columns.into_iter().map(|(name, kind, cells)| Column::read(name, &kind, &cells));
        Ok(Self { columns: columns.collect::<PyResult<_>>()?, rows, about })
    }

    fn __len__(&self) -> usize {
        self.rows
    }

    /// Names and kinds, in order.
    #[getter]
    fn columns(&self) -> Vec<(&str, &'static str)> {
        self.columns.iter().map(|column| (column.name.as_str(), column.kind.name())).collect()
    }

    /// The entries of one column; missing ones are `None`.
    fn values<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.columns.iter().find(|column| column.name == name);
        let column = column.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        let values = column.cells.iter().map(|cell| cell.value(py));
        PyList::new(py, values.collect::<PyResult<Vec<_>>>()?)
    }

    fn arrow_c_stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        stream(py, self.batch()?)
    }

    fn arrow_c_schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema(py, self.schema())
    }
}

/// A schema that carries how its table was made.
pub(crate) fn about(fields: Vec<Field>, metadata: Option<&str>) -> Schema {
    let entry = metadata.map(|text| ("oxicore".to_owned(), text.to_owned()));
    let metadata: HashMap<_, _> = entry.into_iter().collect();
    Schema::new_with_metadata(fields, metadata)
}

/// Hands a batch over; who takes it releases it, and if nobody does, the capsule.
pub(crate) fn stream(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = batch.schema();
    let batches = RecordBatchIterator::new([Ok(batch)], schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
}

/// Hands the column names and types over.
pub(crate) fn schema(py: Python<'_>, schema: Schema) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(internal)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

impl Kind {
    fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("text", |(_, name)| name)
    }

    fn of(name: &str) -> PyResult<Self> {
        let found = KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind);
        found.ok_or_else(|| PyValueError::new_err(format!("no kind of column {name:?}")))
    }

    const fn data_type(self) -> DataType {
        match self {
            Self::Integer => DataType::Int64,
            Self::Real => DataType::Float64,
            Self::Flag => DataType::Boolean,
            Self::Text => DataType::Utf8,
            Self::Moment => DataType::Timestamp(TimeUnit::Second, None),
        }
    }

    fn read(self, value: &Bound<'_, PyAny>) -> PyResult<Cell> {
        if value.is_none() {
            return Ok(Cell::Missing);
        }
        Ok(match self {
            Self::Integer => Cell::Integer(value.extract()?),
            Self::Real => Cell::Real(value.extract()?),
            Self::Flag => Cell::Flag(value.extract()?),
            Self::Text => Cell::Text(value.extract()?),
            Self::Moment => moment(&value.call_method0("isoformat")?.extract::<String>()?)?,
        })
    }
}

/// Of `2026-01-02T23:59:58`.
fn moment(text: &str) -> PyResult<Cell> {
    let part = |at: std::ops::Range<usize>| text.get(at).and_then(|digits| digits.parse::<u16>().ok());
    let date = || Some((part(0..4)?, u8::try_from(part(5..7)?).ok()?, u8::try_from(part(8..10)?).ok()?));
    let small = |at| part(at).and_then(|number| u8::try_from(number).ok());
    let time = || Some((small(11..13)?, small(14..16)?, small(17..19)?));
    let known = date().zip(time()).and_then(|(date, time)| LocalDateTime::new(date, time));
    known.map(Cell::Moment).ok_or_else(|| PyValueError::new_err(format!("no wall clock time: {text:?}")))
}

impl Cell {
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Missing => Ok(py.None().into_bound(py)),
            Self::Integer(number) => number.into_bound_py_any(py),
            Self::Real(number) => number.into_bound_py_any(py),
            Self::Flag(flag) => flag.into_bound_py_any(py),
            Self::Text(text) => text.into_bound_py_any(py),
            Self::Moment(moment) => Ok(wall_clock(py, *moment)?.into_any()),
        }
    }
}

/// A `datetime` without a zone.
pub(crate) fn wall_clock(py: Python<'_>, moment: LocalDateTime) -> PyResult<Bound<'_, PyDateTime>> {
    let ((year, month, day), (hour, minute, second)) = (moment.date(), moment.time());
    PyDateTime::new(py, year.into(), month, day, hour, minute, second, 0, None)
}

impl Column {
    fn read(name: String, kind: &str, cells: &Bound<'_, PyList>) -> PyResult<Self> {
        let kind = Kind::of(kind)?;
        let cells = cells.iter().map(|cell| kind.read(&cell)).collect::<PyResult<_>>()?;
        Ok(Self { name, kind, cells })
    }

    fn field(&self) -> Field {
        described(Field::new(&self.name, self.kind.data_type(), true))
    }

    fn array(&self) -> ArrayRef {
        let cells = || self.cells.iter();
        match self.kind {
            Kind::Integer => Arc::new(Int64Array::from_iter(cells().map(|cell| match cell {
                Cell::Integer(number) => Some(*number),
                _ => None,
            }))),
            Kind::Real => Arc::new(Float64Array::from_iter(cells().map(|cell| match cell {
                Cell::Real(number) => Some(*number),
                _ => None,
            }))),
            Kind::Flag => Arc::new(BooleanArray::from_iter(cells().map(|cell| match cell {
                Cell::Flag(flag) => Some(*flag),
                _ => None,
            }))),
            Kind::Text => Arc::new(StringArray::from_iter(cells().map(|cell| match cell {
                Cell::Text(text) => Some(text.as_str()),
                _ => None,
            }))),
            Kind::Moment => Arc::new(TimestampSecondArray::from_iter(cells().map(|cell| match cell {
                Cell::Moment(moment) => Some(moment.unix_seconds()),
                _ => None,
            }))),
        }
    }
}
