//! The compiled half of the Python package `oxicore`: convert, call, convert back.

mod error;
mod recording;

use pyo3::prelude::*;

/// Compiled module of the package `oxicore`; import that instead.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use crate::recording::Recording;
}
