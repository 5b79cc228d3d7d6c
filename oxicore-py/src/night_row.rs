//! What a cohort's table says of one night.

use oxicore::{AasmCounts, Index, LocalDateTime, Profile, PulseRate, Span, Spo2, Summary};
use serde::Serialize;
use serde_json::Value;

use crate::table::{Cell, Kind};

/// Where the entry of a column comes from.
#[derive(Clone, Copy)]
pub(crate) enum Told {
    /// Path or name of the file.
    Source,
    /// Why there are no numbers, as a word.
    ErrorCode,
    /// The same as a sentence.
    ErrorText,
    /// A figure of a night that was read.
    Figure(fn(&Numbers) -> Cell),
}

/// Name, kind, and what stands in it.
pub(crate) const COLUMNS: [(&str, Kind, Told); 77] = [
    ("source", Kind::Text, Told::Source),
    ("error_code", Kind::Text, Told::ErrorCode),
    ("error", Kind::Text, Told::ErrorText),
    ("format", Kind::Text, Told::Figure(|night| night.summary.recording.format.name().into())),
    ("start", Kind::Moment, Told::Figure(|night| night.summary.recording.start.into())),
    ("interval_s", Kind::Integer, Told::Figure(|night| night.summary.recording.interval_s.into())),
    ("records", Kind::Integer, Told::Figure(|night| night.summary.recording.records.into())),
    ("recording_s", Kind::Integer, Told::Figure(|night| night.summary.recording.recording_s.into())),
    ("analysed", Kind::Integer, Told::Figure(|night| night.summary.quality.analysed.into())),
    ("missing_spo2", Kind::Integer, Told::Figure(|night| night.summary.quality.missing_spo2.into())),
    (
        "missing_spo2_with_pulse",
        Kind::Integer,
        Told::Figure(|night| night.summary.quality.missing_spo2_with_pulse.into()),
    ),
    (
        "spo2_out_of_range",
        Kind::Integer,
        Told::Figure(|night| night.summary.quality.spo2_out_of_range.into()),
    ),
    ("spo2_coupled", Kind::Integer, Told::Figure(|night| night.summary.quality.spo2_coupled.into())),
    ("spo2_motion", Kind::Integer, Told::Figure(|night| night.summary.quality.spo2_motion.into())),
    ("spo2_slope", Kind::Integer, Told::Figure(|night| night.summary.quality.spo2_slope.into())),
    ("trimmed", Kind::Integer, Told::Figure(|night| night.summary.quality.trimmed.into())),
    ("valid_s", Kind::Integer, Told::Figure(|night| night.summary.quality.valid_s.into())),
    ("valid_pct", Kind::Real, Told::Figure(|night| night.summary.quality.valid_pct.into())),
    ("longest_gap_s", Kind::Integer, Told::Figure(|night| night.summary.quality.longest_gap_s.into())),
    ("short_recording", Kind::Flag, Told::Figure(|night| night.summary.quality.short_recording.into())),
    ("profile", Kind::Text, Told::Figure(|night| night.profile.name().into())),
    (
        "odi3_events",
        Kind::Integer,
        Told::Figure(|night| of(night.indices[0].as_ref(), |index| index.count.into())),
    ),
    (
        "odi3_per_h",
        Kind::Real,
        Told::Figure(|night| of(night.indices[0].as_ref(), |index| index.per_h.into())),
    ),
    (
        "odi3_per_h_of_recording",
        Kind::Real,
        Told::Figure(|night| of(night.aasm(), |aasm| aasm.odi3.per_h_of_recording.into())),
    ),
    (
        "odi4_events",
        Kind::Integer,
        Told::Figure(|night| of(night.indices[1].as_ref(), |index| index.count.into())),
    ),
    (
        "odi4_per_h",
        Kind::Real,
        Told::Figure(|night| of(night.indices[1].as_ref(), |index| index.per_h.into())),
    ),
    (
        "odi4_per_h_of_recording",
        Kind::Real,
        Told::Figure(|night| of(night.aasm(), |aasm| aasm.odi4.per_h_of_recording.into())),
    ),
    (
        "denominator",
        Kind::Text,
        Told::Figure(|night| of(night.indices[1].as_ref(), |index| said(&index.denominator))),
    ),
    (
        "denominator_s",
        Kind::Integer,
        Told::Figure(|night| of(night.indices[1].as_ref(), |index| index.seconds.into())),
    ),
    (
        "spo2_mean_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.mean_pct.into())),
    ),
    (
        "spo2_sd_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.sd_pct.into())),
    ),
    (
        "spo2_median_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.median_pct.into())),
    ),
    (
        "spo2_p5_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.p5_pct.into())),
    ),
    (
        "spo2_p95_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.p95_pct.into())),
    ),
    (
        "spo2_min_pct",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.min_pct.into())),
    ),
    (
        "spo2_max_pct",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.max_pct.into())),
    ),
    (
        "spo2_nadir_10s_pct",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.nadir_10s_pct.into())),
    ),
    (
        "below_90_s",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.below_90_s.into())),
    ),
    (
        "below_90_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.below_90_pct.into())),
    ),
    (
        "below_88_s",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.below_88_s.into())),
    ),
    (
        "below_88_pct",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.below_88_pct.into())),
    ),
    (
        "area_below_90_pctmin_h",
        Kind::Real,
        Told::Figure(|night| of(night.summary.spo2.as_ref(), |spo2| spo2.area_below_90_pctmin_h.into())),
    ),
    (
        "hypoxic_burden3_pctmin_h",
        Kind::Real,
        Told::Figure(|night| {
            of(night.summary.burden3.as_ref(), |burden| burden.hypoxic_burden_pctmin_h.into())
        }),
    ),
    (
        "hypoxic_burden4_pctmin_h",
        Kind::Real,
        Told::Figure(|night| {
            of(night.summary.burden4.as_ref(), |burden| burden.hypoxic_burden_pctmin_h.into())
        }),
    ),
    ("delta_index_pct", Kind::Real, Told::Figure(|night| night.summary.delta_index_pct.into())),
    ("coupled3", Kind::Integer, Told::Figure(|night| night.summary.coupled3.into())),
    (
        "pulse_mean_bpm",
        Kind::Real,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.mean_bpm.into())),
    ),
    (
        "pulse_sd_bpm",
        Kind::Real,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.sd_bpm.into())),
    ),
    (
        "pulse_min_bpm",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.min_bpm.into())),
    ),
    (
        "pulse_max_bpm",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.max_bpm.into())),
    ),
    (
        "bradycardia_s",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.bradycardia_s.into())),
    ),
    (
        "tachycardia_s",
        Kind::Integer,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.tachycardia_s.into())),
    ),
    (
        "pulse_rises6_per_h",
        Kind::Real,
        Told::Figure(|night| of(night.summary.pulse.as_ref(), |pulse| pulse.rises6_per_h.into())),
    ),
    (
        "date_order_rule",
        Kind::Text,
        Told::Figure(|night| of(night.summary.notices.date_order_rule.as_ref(), said)),
    ),
    ("start_source", Kind::Text, Told::Figure(|night| said(&night.summary.notices.start_source))),
    ("interval_assumed", Kind::Flag, Told::Figure(|night| night.summary.notices.interval_assumed.into())),
    ("truncated_bytes", Kind::Integer, Told::Figure(|night| night.summary.notices.truncated_bytes.into())),
    ("not_finalised", Kind::Flag, Told::Figure(|night| night.summary.notices.not_finalised.into())),
    ("checksum_mismatch", Kind::Flag, Told::Figure(|night| night.summary.notices.checksum_mismatch.into())),
    ("rows_dropped", Kind::Integer, Told::Figure(|night| night.summary.notices.rows_dropped.into())),
    ("rows_retimed", Kind::Integer, Told::Figure(|night| night.summary.notices.rows_retimed.into())),
    ("clock_unset_rows", Kind::Integer, Told::Figure(|night| night.summary.notices.clock_unset_rows.into())),
    (
        "duplicates_removed",
        Kind::Integer,
        Told::Figure(|night| night.summary.notices.duplicates_removed.into()),
    ),
    ("readings_skipped", Kind::Integer, Told::Figure(|night| night.summary.notices.readings_skipped.into())),
    ("rows_spread", Kind::Integer, Told::Figure(|night| night.summary.notices.rows_spread.into())),
    (
        "rows_without_time",
        Kind::Integer,
        Told::Figure(|night| night.summary.notices.rows_without_time.into()),
    ),
    ("lines_skipped", Kind::Integer, Told::Figure(|night| night.summary.notices.lines_skipped.into())),
    ("unread_bytes", Kind::Integer, Told::Figure(|night| night.summary.notices.unread_bytes.into())),
    ("signals_left_out", Kind::Integer, Told::Figure(|night| night.summary.notices.signals_left_out.into())),
    ("spo2_label", Kind::Text, Told::Figure(|night| of(night.summary.notices.spo2_label.as_ref(), said))),
    ("pulse_label", Kind::Text, Told::Figure(|night| of(night.summary.notices.pulse_label.as_ref(), said))),
    ("spo2_like_pulse", Kind::Flag, Told::Figure(|night| night.summary.notices.spo2_like_pulse.into())),
    (
        "record_size_doubtful",
        Kind::Flag,
        Told::Figure(|night| night.summary.notices.record_size_doubtful.into()),
    ),
    ("start_doubtful", Kind::Flag, Told::Figure(|night| night.summary.notices.start_doubtful.into())),
    (
        "countdown_records",
        Kind::Integer,
        Told::Figure(|night| night.summary.notices.countdown_records.into()),
    ),
    (
        "sub_range_readings",
        Kind::Integer,
        Told::Figure(|night| night.summary.notices.sub_range_readings.into()),
    ),
    ("algorithm_revision", Kind::Integer, Told::Figure(|night| night.summary.algorithm_revision.into())),
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

impl Numbers {
    /// What the profile `aasm` alone tells.
    fn aasm(&self) -> Option<&AasmCounts> {
        (self.profile == Profile::Aasm).then_some(&self.summary.aasm)
    }
}

/// A row: the numbers, or why there are none.
pub(crate) fn row(source: &str, night: Result<Numbers, Fault>) -> Vec<Cell> {
    let cell = |told: Told| match (told, &night) {
        (Told::Source, _) => source.into(),
        (Told::ErrorCode, Err(fault)) => fault.code.into(),
        (Told::ErrorText, Err(fault)) => fault.text.as_str().into(),
        (Told::Figure(figure), Ok(numbers)) => figure(numbers),
        (Told::ErrorCode | Told::ErrorText, Ok(_)) | (Told::Figure(_), Err(_)) => Cell::Missing,
    };
    COLUMNS.iter().map(|&(.., told)| cell(told)).collect()
}

/// An entry of what a night may lack.
fn of<T>(part: Option<&T>, figure: impl Fn(&T) -> Cell) -> Cell {
    part.map_or(Cell::Missing, figure)
}

/// The word that the JSON of every door has for a value.
fn said(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Cell::Text(word),
        _ => Cell::Missing,
    }
}

macro_rules! cell_from {
    ($($from:ty => |$value:ident| $cell:expr),* $(,)?) => {
        $(impl From<$from> for Cell {
            fn from($value: $from) -> Self { $cell }
        })*
    };
}

cell_from! {
    u32 => |number| Self::Integer(number.into()),
    f64 => |number| Self::Real(number),
    bool => |flag| Self::Flag(flag),
    &str => |text| Self::Text(text.to_owned()),
    LocalDateTime => |moment| Self::Moment(moment),
    Span => |span| Self::Integer(span.as_secs().into()),
    Spo2 => |spo2| Self::Integer(spo2.as_pct().into()),
    PulseRate => |pulse| Self::Integer(pulse.as_bpm().into()),
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
