//! Errors of the library as the exceptions of `oxicore/_errors.py`.

use pyo3::{exceptions::PyRuntimeError, prelude::*};

/// A `ParseError` that carries what, and where.
pub(crate) fn parse_error(py: Python<'_>, error: oxicore::ParseError) -> PyErr {
    let arguments = (error.to_string(), error.code(), error.line(), error.column(), error.offset());
    let raised =
        py.import("oxicore._errors").and_then(|module| module.getattr("ParseError")?.call1(arguments));
    raised.map_or_else(|failed| failed, PyErr::from_value)
}

/// Something that cannot happen while this package is whole.
pub(crate) fn internal(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("internal error of oxicore: {error}"))
}
