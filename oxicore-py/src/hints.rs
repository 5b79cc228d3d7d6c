//! What the caller says of a file, as the core takes it.

use oxicore::{ParseOptions, Span, format::ColumnName, notices::DateOrder, time::UtcOffset};
use pyo3::{exceptions::PyValueError, prelude::*};

/// A column by number, from 1, or by name.
#[derive(Clone, FromPyObject)]
enum Column {
    Number(u16),
    Name(String),
}

/// What `oxicore/_hints.py` hands over: what each column is for, and which; the order of dates; minutes ahead of universal time.
type Given = (Vec<(String, Column)>, Option<String>, Option<i16>);

/// Settings of reading, kept as long as a file is read.
#[derive(Clone, Default)]
pub(crate) struct Hints {
    columns: Vec<(String, Column)>,
    date_order: Option<DateOrder>,
    zone: Option<UtcOffset>,
}

impl<'a, 'py> FromPyObject<'a, 'py> for Hints {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let (columns, date_order, zone): Given = given.extract()?;
        let wrong = |what: &str| PyValueError::new_err(format!("{what} is out of range"));
        let order = |name: String| name.parse().map_err(|_| wrong("date_order"));
        let offset = |minutes| UtcOffset::from_minutes(minutes).ok_or_else(|| wrong("zone"));
        Ok(Self {
            columns,
            date_order: date_order.map(order).transpose()?,
            zone: zone.map(offset).transpose()?,
        })
    }
}

impl Hints {
    /// With the name of the file and the interval of one that does not state it.
    pub(crate) fn options<'a>(
        &'a self,
        file_name: Option<&'a str>,
        interval_s: Option<u32>,
    ) -> ParseOptions<'a> {
        let column = |role: &str| {
            let (_, column) = self.columns.iter().find(|(name, _)| name == role)?;
            Some(match column {
                Column::Number(number) => ColumnName::Number(*number),
                Column::Name(name) => ColumnName::Name(name),
            })
        };
        let mut options = ParseOptions::default();
        options.file_name = file_name;
        options.fallback_interval = interval_s.map(Span::from_secs);
        options.columns.time = column("time");
        options.columns.spo2 = column("spo2");
        options.columns.pulse = column("pulse");
        options.columns.motion = column("motion");
        options.date_order = self.date_order;
        options.zone = self.zone;
        options
    }
}
