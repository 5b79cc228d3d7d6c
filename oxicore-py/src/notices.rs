//! What was noticed in a file.

use oxicore::notices::Notices;
use pyo3::PyResult;
use serde_json::Value;

use crate::error::internal;

/// With the number of rows that were left out, which the core does not know: it has never seen them.
pub(crate) fn with_skipped(notices: &Notices, rows_skipped: u32) -> PyResult<Value> {
    let mut all = serde_json::to_value(notices).map_err(internal)?;
    all["rows_skipped"] = rows_skipped.into();
    Ok(all)
}
