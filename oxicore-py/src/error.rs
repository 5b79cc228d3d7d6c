//! Errors of the library as the exceptions of `oxicore/_errors.py`; no panic crosses the border.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::{exceptions::PyRuntimeError, prelude::*};

/// A `ParseError` that carries what, and where.
pub(crate) fn parse_error(py: Python<'_>, error: oxicore::ParseError) -> PyErr {
    let place = (error.line(), error.column(), error.offset());
    let shown = (error.found(), error.expected());
    let arguments =
        (error.to_string(), error.code(), error.field(), place.0, place.1, place.2, shown.0, shown.1);
    let raised =
        py.import("oxicore._errors").and_then(|module| module.getattr("ParseError")?.call1(arguments));
    raised.map_or_else(|failed| failed, PyErr::from_value)
}

/// Something that cannot happen while this package is whole.
pub(crate) fn internal(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("internal error of oxicore: {error}"))
}

/// Works without the interpreter's lock; a panic becomes an ordinary exception.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| guarded(work)).map_err(internal)
}

/// Works, and catches a panic.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, &'static str> {
    // What a panic leaves half done is dropped with the closure: nobody looks at it afterwards.
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| "it panicked; please report this")
}
