//! What was noticed in a file, for the parts of its night: they are text of their own, in which nothing of it is left.

use oxicore::{DateOrderRule, Notices, StartSource};
use serde::{Deserialize, Deserializer};

/// Notices of a text, which may be part of a night whose file had these (their JSON): then what is counted in the records
/// themselves is the part's own, and everything else is true of the file.
pub(crate) fn of_text(own: Notices, part_of: Option<&str>) -> Result<Notices, serde_json::Error> {
    let Some(file) = part_of else { return Ok(own) };
    let Known(file) = serde_json::from_str(file)?;
    let Notices { countdown_records, sub_range_readings, .. } = own;
    Ok(Notices { countdown_records, sub_range_readings, ..file })
}

#[derive(Deserialize)]
struct Known(#[serde(with = "NoticesJson")] Notices);

#[derive(Deserialize)]
#[serde(remote = "Notices")]
struct NoticesJson {
    #[serde(deserialize_with = "rule")]
    date_order_rule: Option<DateOrderRule>,
    rows_dropped: u32,
    rows_retimed: u32,
    truncated_bytes: u32,
    interval_assumed: bool,
    duplicates_removed: u32,
    not_finalised: bool,
    checksum_mismatch: bool,
    #[serde(with = "StartSourceJson")]
    start_source: StartSource,
    countdown_records: u32,
    sub_range_readings: u32,
    clock_unset_rows: u32,
    readings_skipped: u32,
}

#[derive(Deserialize)]
#[serde(remote = "StartSource", rename_all = "kebab-case")]
enum StartSourceJson {
    Recorded,
    FileName,
    FileNameUtc,
    Unknown,
}

#[derive(Deserialize)]
#[serde(remote = "DateOrderRule", rename_all = "kebab-case")]
enum DateOrderRuleJson {
    Unambiguous,
    ComponentAbove12,
    Midnight,
    FileName,
    TwelveHourClock,
    AssumedDayFirst,
}

fn rule<'de, D: Deserializer<'de>>(json: D) -> Result<Option<DateOrderRule>, D::Error> {
    #[derive(Deserialize)]
    struct Known(#[serde(with = "DateOrderRuleJson")] DateOrderRule);

    Ok(Option::<Known>::deserialize(json)?.map(|Known(rule)| rule))
}
