//! What was noticed in a file, for the parts of its night: they are text of their own, in which nothing of it is left.

use oxicore::notices::Notices;

/// Notices of a text, which may be part of a night whose file had these (their JSON): then what is counted in the records
/// themselves is the part's own, and everything else is true of the file.
pub(crate) fn of_text(own: Notices, part_of: Option<&str>) -> Result<Notices, serde_json::Error> {
    let Some(file) = part_of else { return Ok(own) };
    let file: Notices = serde_json::from_str(file)?;
    let countdown_records = own.countdown_records;
    Ok(file.with_countdown_records(countdown_records).with_interval_too_coarse(own.interval_too_coarse))
}
