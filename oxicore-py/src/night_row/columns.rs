//! The columns of a cohort's table: what a clinician asks first, then how much of the night counts, then the file.

use oxicore::summary::ALGORITHM_REVISION;

use super::{Entry, of, word};
use crate::{provenance::VERSION, table::Kind};

macro_rules! recording {
    ($field:ident) => {
        Entry::Figure(|night| night.summary.recording.$field.into())
    };
}

macro_rules! quality {
    ($field:ident) => {
        Entry::Figure(|night| night.summary.quality.$field.into())
    };
}

macro_rules! notice {
    ($field:ident) => {
        Entry::Figure(|night| night.summary.notices.$field.into())
    };
}

macro_rules! word {
    ($field:ident) => {
        Entry::Figure(|night| of(night.summary.notices.$field.as_ref(), word))
    };
}

macro_rules! spo2 {
    ($field:ident) => {
        Entry::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.$field.into()))
    };
}

macro_rules! below {
    ($level:literal, $field:ident) => {
        Entry::Figure(|night| of(night.below($level), |below| below.$field.into()))
    };
}

macro_rules! pulse {
    ($field:ident) => {
        Entry::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.$field.into()))
    };
}

macro_rules! burden {
    ($which:ident) => {
        Entry::Figure(|night| {
            of(night.summary.$which.as_ref(), |burden| burden.hypoxic_burden_pctmin_h.into())
        })
    };
}

macro_rules! index {
    ($which:literal, $field:ident) => {
        Entry::Figure(|night| of(night.indices[$which].as_ref(), |index| index.$field.into()))
    };
}

macro_rules! aasm {
    ($odi:ident, $field:ident) => {
        Entry::Figure(|night| of(night.aasm(), |aasm| aasm.$odi.$field.into()))
    };
}

macro_rules! aasm_below_range {
    ($odi:ident) => {
        Entry::Figure(|night| of(night.aasm(), |aasm| aasm.$odi.below_range_events.counted.into()))
    };
}

macro_rules! half {
    ($which:literal, $field:ident) => {
        Entry::Figure(|night| of(night.summary.halves.as_ref(), |halves| halves[$which].$field.into()))
    };
}

/// Name, kind, and what stands in it.
pub(crate) const COLUMNS: &[(&str, Kind, Entry)] = &[
    ("source", Kind::Text, Entry::Source),
    ("error", Kind::Text, Entry::ErrorText),
    ("start", Kind::Moment, recording!(start)),
    ("odi3_per_h", Kind::Real, index!(0, per_h)),
    ("odi4_per_h", Kind::Real, index!(1, per_h)),
    ("below_90_pct", Kind::Real, spo2!(below_90_pct)),
    ("below_90_pct_with_below_range", Kind::Real, spo2!(below_90_pct_with_below_range)),
    ("spo2_mean_pct", Kind::Real, spo2!(mean_pct)),
    ("spo2_min_pct", Kind::Integer, spo2!(min_pct)),
    ("spo2_nadir_10s_pct", Kind::Integer, spo2!(nadir_10s_pct)),
    ("recording_s", Kind::Integer, recording!(recording_s)),
    ("valid_s", Kind::Integer, quality!(valid_s)),
    ("valid_pct", Kind::Real, quality!(valid_pct)),
    ("short_recording", Kind::Flag, quality!(short_recording)),
    ("profile", Kind::Text, Entry::Figure(|night| night.profile.code().into())),
    ("hypoxic_burden3_pctmin_h", Kind::Real, burden!(burden3)),
    ("pulse_mean_bpm", Kind::Real, pulse!(mean_bpm)),
    ("odi3_events", Kind::Integer, index!(0, count)),
    ("odi3_sustained", Kind::Integer, aasm!(odi3, sustained)),
    ("odi3_truncated", Kind::Integer, aasm!(odi3, truncated)),
    ("odi3_below_range", Kind::Integer, aasm_below_range!(odi3)),
    ("odi3_per_h_of_recording", Kind::Real, aasm!(odi3, per_h_of_recording)),
    ("odi4_events", Kind::Integer, index!(1, count)),
    ("odi4_sustained", Kind::Integer, aasm!(odi4, sustained)),
    ("odi4_truncated", Kind::Integer, aasm!(odi4, truncated)),
    ("odi4_below_range", Kind::Integer, aasm_below_range!(odi4)),
    ("odi4_per_h_of_recording", Kind::Real, aasm!(odi4, per_h_of_recording)),
    (
        "denominator",
        Kind::Text,
        Entry::Figure(|night| of(night.indices[1].as_ref(), |index| word(&index.denominator))),
    ),
    ("denominator_s", Kind::Integer, index!(1, seconds)),
    ("half1_valid_s", Kind::Integer, half!(0, valid_s)),
    ("half1_odi3_per_h", Kind::Real, half!(0, odi3_per_h)),
    ("half1_odi4_per_h", Kind::Real, half!(0, odi4_per_h)),
    ("half2_valid_s", Kind::Integer, half!(1, valid_s)),
    ("half2_odi3_per_h", Kind::Real, half!(1, odi3_per_h)),
    ("half2_odi4_per_h", Kind::Real, half!(1, odi4_per_h)),
    ("hypoxic_burden4_pctmin_h", Kind::Real, burden!(burden4)),
    ("spo2_sd_pct", Kind::Real, spo2!(sd_pct)),
    ("spo2_median_pct", Kind::Real, spo2!(median_pct)),
    ("spo2_p5_pct", Kind::Real, spo2!(p5_pct)),
    ("spo2_p95_pct", Kind::Real, spo2!(p95_pct)),
    ("spo2_max_pct", Kind::Integer, spo2!(max_pct)),
    ("below_95_s", Kind::Integer, below!(95, below_s)),
    ("below_95_pct", Kind::Real, below!(95, below_pct)),
    ("below_94_s", Kind::Integer, below!(94, below_s)),
    ("below_94_pct", Kind::Real, below!(94, below_pct)),
    ("below_92_s", Kind::Integer, below!(92, below_s)),
    ("below_92_pct", Kind::Real, below!(92, below_pct)),
    ("below_90_s", Kind::Integer, below!(90, below_s)),
    ("below_88_s", Kind::Integer, below!(88, below_s)),
    ("below_88_pct", Kind::Real, below!(88, below_pct)),
    ("below_88_pct_with_below_range", Kind::Real, spo2!(below_88_pct_with_below_range)),
    ("below_85_s", Kind::Integer, below!(85, below_s)),
    ("below_85_pct", Kind::Real, below!(85, below_pct)),
    ("below_80_s", Kind::Integer, below!(80, below_s)),
    ("below_80_pct", Kind::Real, below!(80, below_pct)),
    ("below_70_s", Kind::Integer, below!(70, below_s)),
    ("below_70_pct", Kind::Real, below!(70, below_pct)),
    ("longest_below_90_s", Kind::Integer, spo2!(longest_below_90_s)),
    ("longest_below_88_s", Kind::Integer, spo2!(longest_below_88_s)),
    ("area_below_90_pctmin_h", Kind::Real, spo2!(area_below_90_pctmin_h)),
    ("delta_index_pct", Kind::Real, Entry::Figure(|night| night.summary.delta_index_pct.into())),
    ("coupled3", Kind::Integer, Entry::Figure(|night| night.summary.coupled3.into())),
    ("pulse_sd_bpm", Kind::Real, pulse!(sd_bpm)),
    ("pulse_min_bpm", Kind::Integer, pulse!(min_bpm)),
    ("pulse_max_bpm", Kind::Integer, pulse!(max_bpm)),
    ("bradycardia_s", Kind::Integer, pulse!(bradycardia_s)),
    ("tachycardia_s", Kind::Integer, pulse!(tachycardia_s)),
    ("pulse_rises6_per_h", Kind::Real, pulse!(rises6_per_h)),
    ("format", Kind::Text, Entry::Figure(|night| night.summary.recording.format.code().into())),
    ("interval_s", Kind::Integer, recording!(interval_s)),
    ("records", Kind::Integer, recording!(records)),
    ("analysed", Kind::Integer, quality!(analysed)),
    ("missing_spo2", Kind::Integer, quality!(missing_spo2)),
    ("missing_spo2_with_pulse", Kind::Integer, quality!(missing_spo2_with_pulse)),
    ("below_range_readings", Kind::Integer, quality!(below_range_readings)),
    ("spo2_out_of_range", Kind::Integer, quality!(spo2_out_of_range)),
    ("spo2_coupled", Kind::Integer, quality!(spo2_coupled)),
    ("spo2_motion", Kind::Integer, quality!(spo2_motion)),
    ("spo2_slope", Kind::Integer, quality!(spo2_slope)),
    ("trimmed", Kind::Integer, quality!(trimmed)),
    ("longest_gap_s", Kind::Integer, quality!(longest_gap_s)),
    ("date_order_rule", Kind::Text, word!(date_order_rule)),
    ("start_source", Kind::Text, Entry::Figure(|night| word(&night.summary.notices.start_source))),
    ("interval_assumed", Kind::Flag, notice!(interval_assumed)),
    ("truncated_bytes", Kind::Integer, notice!(truncated_bytes)),
    ("not_finalised", Kind::Flag, notice!(not_finalised)),
    ("checksum_mismatch", Kind::Flag, notice!(checksum_mismatch)),
    ("rows_dropped", Kind::Integer, notice!(rows_dropped)),
    ("rows_skipped", Kind::Integer, Entry::Figure(|night| night.rows_skipped.into())),
    ("rows_retimed", Kind::Integer, notice!(rows_retimed)),
    ("clock_unset_rows", Kind::Integer, notice!(clock_unset_rows)),
    ("duplicates_removed", Kind::Integer, notice!(duplicates_removed)),
    ("readings_skipped", Kind::Integer, notice!(readings_skipped)),
    ("rows_spread", Kind::Integer, notice!(rows_spread)),
    ("rows_without_time", Kind::Integer, notice!(rows_without_time)),
    ("lines_skipped", Kind::Integer, notice!(lines_skipped)),
    ("unread_bytes", Kind::Integer, notice!(unread_bytes)),
    ("signals_left_out", Kind::Integer, notice!(signals_left_out)),
    ("spo2_label", Kind::Text, word!(spo2_label)),
    ("pulse_label", Kind::Text, word!(pulse_label)),
    ("spo2_like_pulse", Kind::Flag, notice!(spo2_like_pulse)),
    ("record_size_doubtful", Kind::Flag, notice!(record_size_doubtful)),
    ("start_doubtful", Kind::Flag, notice!(start_doubtful)),
    ("clock_doubtful", Kind::Flag, notice!(clock_doubtful)),
    ("countdown_records", Kind::Integer, notice!(countdown_records)),
    ("interval_too_coarse", Kind::Flag, notice!(interval_too_coarse)),
    ("rounded_readings", Kind::Integer, notice!(rounded_readings)),
    (
        "largest_rounding_pct",
        Kind::Real,
        Entry::Figure(|night| night.summary.notices.largest_rounding_pct.as_pct().into()),
    ),
    ("error_code", Kind::Text, Entry::ErrorCode),
    ("settings", Kind::Text, Entry::Provenance(|by| by.changed.to_string().as_str().into())),
    ("algorithm_revision", Kind::Integer, Entry::Provenance(|_| ALGORITHM_REVISION.into())),
    ("package_version", Kind::Text, Entry::Provenance(|_| VERSION.into())),
];
