//! What a cohort's table says of one night.

use oxicore::{Index, Profile, Summary};
use serde_json::{Value, json};

use crate::table::{Cell, Kind};

/// Name, kind, and where the value lies in the JSON of a night.
pub(crate) const COLUMNS: [(&str, Kind, &str); 67] = [
    ("source", Kind::Text, "/source"),
    ("error_code", Kind::Text, "/error/code"),
    ("error", Kind::Text, "/error/text"),
    ("format", Kind::Text, "/night/recording/format"),
    ("start", Kind::Moment, "/night/recording/start"),
    ("interval_s", Kind::Integer, "/night/recording/interval_s"),
    ("records", Kind::Integer, "/night/recording/records"),
    ("recording_s", Kind::Integer, "/night/recording/recording_s"),
    ("analysed", Kind::Integer, "/night/quality/analysed"),
    ("missing_spo2", Kind::Integer, "/night/quality/missing_spo2"),
    ("missing_spo2_with_pulse", Kind::Integer, "/night/quality/missing_spo2_with_pulse"),
    ("spo2_out_of_range", Kind::Integer, "/night/quality/spo2_out_of_range"),
    ("spo2_coupled", Kind::Integer, "/night/quality/spo2_coupled"),
    ("spo2_motion", Kind::Integer, "/night/quality/spo2_motion"),
    ("spo2_slope", Kind::Integer, "/night/quality/spo2_slope"),
    ("trimmed", Kind::Integer, "/night/quality/trimmed"),
    ("valid_s", Kind::Integer, "/night/quality/valid_s"),
    ("valid_pct", Kind::Real, "/night/quality/valid_pct"),
    ("longest_gap_s", Kind::Integer, "/night/quality/longest_gap_s"),
    ("short_recording", Kind::Flag, "/night/quality/short_recording"),
    ("profile", Kind::Text, "/profile"),
    ("odi3_events", Kind::Integer, "/odi3/count"),
    ("odi3_per_h", Kind::Real, "/odi3/per_h"),
    ("odi3_per_h_of_recording", Kind::Real, "/aasm/odi3/per_h_of_recording"),
    ("odi4_events", Kind::Integer, "/odi4/count"),
    ("odi4_per_h", Kind::Real, "/odi4/per_h"),
    ("odi4_per_h_of_recording", Kind::Real, "/aasm/odi4/per_h_of_recording"),
    ("denominator", Kind::Text, "/odi4/denominator"),
    ("denominator_s", Kind::Integer, "/odi4/seconds"),
    ("spo2_mean_pct", Kind::Real, "/night/spo2/mean_pct"),
    ("spo2_sd_pct", Kind::Real, "/night/spo2/sd_pct"),
    ("spo2_median_pct", Kind::Real, "/night/spo2/median_pct"),
    ("spo2_p5_pct", Kind::Real, "/night/spo2/p5_pct"),
    ("spo2_p95_pct", Kind::Real, "/night/spo2/p95_pct"),
    ("spo2_min_pct", Kind::Integer, "/night/spo2/min_pct"),
    ("spo2_max_pct", Kind::Integer, "/night/spo2/max_pct"),
    ("spo2_nadir_10s_pct", Kind::Integer, "/night/spo2/nadir_10s_pct"),
    ("below_90_s", Kind::Integer, "/night/spo2/below_90_s"),
    ("below_90_pct", Kind::Real, "/night/spo2/below_90_pct"),
    ("below_88_s", Kind::Integer, "/night/spo2/below_88_s"),
    ("below_88_pct", Kind::Real, "/night/spo2/below_88_pct"),
    ("area_below_90_pctmin_h", Kind::Real, "/night/spo2/area_below_90_pctmin_h"),
    ("hypoxic_burden3_pctmin_h", Kind::Real, "/night/burden3/hypoxic_burden_pctmin_h"),
    ("hypoxic_burden4_pctmin_h", Kind::Real, "/night/burden4/hypoxic_burden_pctmin_h"),
    ("delta_index_pct", Kind::Real, "/night/delta_index_pct"),
    ("coupled3", Kind::Integer, "/night/coupled3"),
    ("pulse_mean_bpm", Kind::Real, "/night/pulse/mean_bpm"),
    ("pulse_sd_bpm", Kind::Real, "/night/pulse/sd_bpm"),
    ("pulse_min_bpm", Kind::Integer, "/night/pulse/min_bpm"),
    ("pulse_max_bpm", Kind::Integer, "/night/pulse/max_bpm"),
    ("bradycardia_s", Kind::Integer, "/night/pulse/bradycardia_s"),
    ("tachycardia_s", Kind::Integer, "/night/pulse/tachycardia_s"),
    ("pulse_rises6_per_h", Kind::Real, "/night/pulse/rises6_per_h"),
    ("date_order_rule", Kind::Text, "/night/notices/date_order_rule"),
    ("start_source", Kind::Text, "/night/notices/start_source"),
    ("interval_assumed", Kind::Flag, "/night/notices/interval_assumed"),
    ("truncated_bytes", Kind::Integer, "/night/notices/truncated_bytes"),
    ("not_finalised", Kind::Flag, "/night/notices/not_finalised"),
    ("checksum_mismatch", Kind::Flag, "/night/notices/checksum_mismatch"),
    ("rows_dropped", Kind::Integer, "/night/notices/rows_dropped"),
    ("rows_retimed", Kind::Integer, "/night/notices/rows_retimed"),
    ("clock_unset_rows", Kind::Integer, "/night/notices/clock_unset_rows"),
    ("duplicates_removed", Kind::Integer, "/night/notices/duplicates_removed"),
    ("readings_skipped", Kind::Integer, "/night/notices/readings_skipped"),
    ("rows_spread", Kind::Integer, "/night/notices/rows_spread"),
    ("rows_without_time", Kind::Integer, "/night/notices/rows_without_time"),
    ("lines_skipped", Kind::Integer, "/night/notices/lines_skipped"),
    ("unread_bytes", Kind::Integer, "/night/notices/unread_bytes"),
    ("signals_left_out", Kind::Integer, "/night/notices/signals_left_out"),
    ("spo2_label", Kind::Text, "/night/notices/spo2_label"),
    ("pulse_label", Kind::Text, "/night/notices/pulse_label"),
    ("spo2_like_pulse", Kind::Flag, "/night/notices/spo2_like_pulse"),
    ("record_size_doubtful", Kind::Flag, "/night/notices/record_size_doubtful"),
    ("start_doubtful", Kind::Flag, "/night/notices/start_doubtful"),
    ("countdown_records", Kind::Integer, "/night/notices/countdown_records"),
    ("sub_range_readings", Kind::Integer, "/night/notices/sub_range_readings"),
    ("algorithm_revision", Kind::Integer, "/night/algorithm_revision"),
];

/// Why a night has no numbers.
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) text: String,
}

/// The numbers of a night and its indices at 3 % and 4 % by one profile.
pub(crate) struct Numbers {
    pub(crate) summary: Summary,
    pub(crate) profile: Profile,
    pub(crate) indices: [Option<Index>; 2],
}

/// A row: the numbers, or why there are none.
pub(crate) fn row(source: &str, night: Result<Numbers, Fault>) -> Vec<Cell> {
    let all = match night {
        Ok(numbers) => json!({
            "source": source,
            "profile": numbers.profile.name(),
            "night": numbers.summary,
            // What the profile `aasm` alone tells.
            "aasm": (numbers.profile == Profile::Aasm).then_some(numbers.summary.aasm),
            "odi3": numbers.indices[0],
            "odi4": numbers.indices[1],
        }),
        Err(fault) => json!({"source": source, "error": {"code": fault.code, "text": fault.text}}),
    };
    COLUMNS.iter().map(|&(_, kind, place)| cell(kind, all.pointer(place))).collect()
}

fn cell(kind: Kind, value: Option<&Value>) -> Cell {
    let Some(value) = value else { return Cell::Missing };
    let known = match kind {
        Kind::Integer => value.as_u64().and_then(|number| u32::try_from(number).ok()).map(Cell::Integer),
        Kind::Real => value.as_f64().map(Cell::Real),
        Kind::Flag => value.as_bool().map(Cell::Flag),
        Kind::Text => value.as_str().map(|text| Cell::Text(text.to_owned())),
        Kind::Moment => value.as_str().and_then(|text| crate::table::moment(text).ok()),
    };
    known.unwrap_or(Cell::Missing)
}
