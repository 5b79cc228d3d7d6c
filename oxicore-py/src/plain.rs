//! Results as Python's own dictionaries, lists and numbers.

use pyo3::{
    IntoPyObjectExt,
    prelude::*,
    types::{PyDict, PyList},
};
use serde::Serialize;
use serde_json::Value;

use crate::error::internal;

/// What the JSON of a result says, without the text.
pub(crate) fn plain<'py>(py: Python<'py>, result: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    of_value(py, serde_json::to_value(result).map_err(internal)?)
}

fn of_value(py: Python<'_>, value: Value) -> PyResult<Bound<'_, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(flag) => flag.into_bound_py_any(py),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => whole.into_bound_py_any(py),
            None => number.as_f64().into_bound_py_any(py),
        },
        Value::String(text) => text.into_bound_py_any(py),
        Value::Array(values) => {
            let values = values.into_iter().map(|value| of_value(py, value)).collect::<PyResult<Vec<_>>>()?;
            Ok(PyList::new(py, values)?.into_any())
        }
        Value::Object(entries) => {
            let all = PyDict::new(py);
            entries.into_iter().try_for_each(|(name, value)| all.set_item(name, of_value(py, value)?))?;
            Ok(all.into_any())
        }
    }
}
