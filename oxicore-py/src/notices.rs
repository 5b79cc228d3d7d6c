//! What was noticed in a file, for the parts of its night: they are text of their own, in which nothing of it is left.

use oxicore::notices::Notices;
use pyo3::PyResult;
use serde_json::Value;

use crate::error::internal;

/// Notices of a text, which may be part of a night whose file had these (their JSON): then what is counted in the records
/// themselves is the part's own, and everything else is true of the file.
pub(crate) fn of_text(own: Notices, part_of: Option<&str>) -> Result<Notices, serde_json::Error> {
    let Some(file) = part_of else { return Ok(own) };
    let file: Notices = serde_json::from_str(file)?;
    let countdown_records = own.countdown_records;
    Ok(file.with_countdown_records(countdown_records).with_interval_too_coarse(own.interval_too_coarse))
}

/// With the number of rows that were left out, which the core does not know: it has never seen them.
pub(crate) fn with_skipped(notices: &Notices, rows_skipped: u32) -> PyResult<Value> {
    let mut all = serde_json::to_value(notices).map_err(internal)?;
    all["rows_skipped"] = rows_skipped.into();
    Ok(all)
}
