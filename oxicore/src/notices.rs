//! What was noticed while a file was read, and how its start and its dates are known.

use crate::code::codes;
use crate::with::with;

pub use crate::label::Label;
use crate::units::Rounding;

/// What was noticed while reading, for the user to see. Counters, so the memory is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Notices {
    /// Which rule decided between day-first and month-first; `None` for binaries, whose dates have one reading.
    pub date_order_rule: Option<DateOrderRule>,
    /// Headers after the first line of a text, in a line of their own or glued to a row.
    pub rows_dropped: u32,
    /// Rows whose clock stood still or ran backwards, placed after the row before.
    pub rows_retimed: u32,
    /// 0 for a whole file; else how many bytes a binary is short of, or the length of a text's unfinished last line.
    pub truncated_bytes: u32,
    /// The file does not state its interval: the caller's, or the usual one of its kind, is used.
    pub interval_assumed: bool,
    /// Records removed because the device had stored every one twice, or because a text repeats a block of rows.
    pub duplicates_removed: u32,
    /// The device had not finished the file: what it appends at the end is missing, the records are whole.
    pub not_finalised: bool,
    /// The stored checksum is not that of the bytes.
    pub checksum_mismatch: bool,
    /// Where the start comes from.
    pub start_source: StartSource,
    /// Records without any reading at the very end, written after the sensor came off. They are kept, and are
    /// outside all statistics.
    pub countdown_records: u32,
    /// SpO2 comes less often than every 10 s: the interval is longer, or most readings follow the one before later than that.
    /// There is a distribution of such readings, and no index: desaturations between them are not seen.
    #[cfg_attr(feature = "serde", serde(default))]
    pub interval_too_coarse: bool,
    /// Readings of SpO2 with a fraction of a percent, which were rounded to whole percents.
    #[cfg_attr(feature = "serde", serde(default))]
    pub rounded_readings: u32,
    /// By how much at most, percent.
    #[cfg_attr(feature = "serde", serde(default))]
    pub largest_rounding_pct: Rounding,
    /// Rows written before the device's clock was set, in 1970 or another year; placed by their neighbours.
    pub clock_unset_rows: u32,
    /// Readings between whole seconds that were passed over: the file has more than one a second.
    pub readings_skipped: u32,
    /// Rows that shared one reading of a coarser clock and were spread over the time until it went on.
    pub rows_spread: u32,
    /// Rows without a time, placed after the row before.
    pub rows_without_time: u32,
    /// Lines above the names of the columns that were passed over.
    pub lines_skipped: u32,
    /// Bytes after everything the file declares, which were not read.
    pub unread_bytes: u32,
    /// Signals beside SpO2 whose description cannot be true; they were left out, SpO2 was read.
    pub signals_left_out: u32,
    /// The name of the column or signal that SpO2 was read from; `None` where there is no name, and for the columns that the
    /// apps of this maker's rings always write.
    pub spo2_label: Option<Label>,
    /// The same for the pulse.
    pub pulse_label: Option<Label>,
    /// What the file calls SpO2 moves like a pulse; it was read as what the file calls it.
    pub spo2_like_pulse: bool,
    /// The length of the file fits records of another size better than those of its kind, which were read.
    pub record_size_doubtful: bool,
    /// Two fields of the file give different days; the usual one is used.
    pub start_doubtful: bool,
    /// The clock stood still or ran back in ten rows and a twentieth of all, or more.
    pub clock_doubtful: bool,
}

impl Notices {
    /// Nothing was noticed.
    pub const NONE: Self = Self {
        date_order_rule: None,
        rows_dropped: 0,
        rows_retimed: 0,
        truncated_bytes: 0,
        interval_assumed: false,
        duplicates_removed: 0,
        not_finalised: false,
        checksum_mismatch: false,
        start_source: StartSource::Recorded,
        countdown_records: 0,
        interval_too_coarse: false,
        rounded_readings: 0,
        largest_rounding_pct: Rounding::NONE,
        clock_unset_rows: 0,
        readings_skipped: 0,
        rows_spread: 0,
        rows_without_time: 0,
        lines_skipped: 0,
        unread_bytes: 0,
        signals_left_out: 0,
        spo2_label: None,
        pulse_label: None,
        spo2_like_pulse: false,
        record_size_doubtful: false,
        start_doubtful: false,
        clock_doubtful: false,
    };
}

impl Default for Notices {
    fn default() -> Self {
        Self::NONE
    }
}

with!(Notices {
    with_date_order_rule(date_order_rule: Option<DateOrderRule>),
    with_rows_dropped(rows_dropped: u32),
    with_rows_retimed(rows_retimed: u32),
    with_truncated_bytes(truncated_bytes: u32),
    with_interval_assumed(interval_assumed: bool),
    with_duplicates_removed(duplicates_removed: u32),
    with_not_finalised(not_finalised: bool),
    with_checksum_mismatch(checksum_mismatch: bool),
    with_start_source(start_source: StartSource),
    with_countdown_records(countdown_records: u32),
    with_interval_too_coarse(interval_too_coarse: bool),
    with_rounded_readings(rounded_readings: u32),
    with_largest_rounding_pct(largest_rounding_pct: Rounding),
    with_clock_unset_rows(clock_unset_rows: u32),
    with_readings_skipped(readings_skipped: u32),
    with_rows_spread(rows_spread: u32),
    with_rows_without_time(rows_without_time: u32),
    with_lines_skipped(lines_skipped: u32),
    with_unread_bytes(unread_bytes: u32),
    with_signals_left_out(signals_left_out: u32),
    with_spo2_label(spo2_label: Option<Label>),
    with_pulse_label(pulse_label: Option<Label>),
    with_spo2_like_pulse(spo2_like_pulse: bool),
    with_record_size_doubtful(record_size_doubtful: bool),
    with_start_doubtful(start_doubtful: bool),
    with_clock_doubtful(clock_doubtful: bool),
});

/// Where the start of a recording comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum StartSource {
    /// The file itself.
    #[default]
    Recorded,
    /// The wall clock in the file name; the file stores none.
    FileName,
    /// Milliseconds since 1970 in the file name: universal time, not the wall clock.
    FileNameUtc,
    /// The file itself, in universal time: no zone was given that would make it the wall clock.
    Universal,
    /// Universal time of the file or its name, in the zone that the caller gave.
    Converted,
    /// Neither file nor name states it: 1970-01-01T00:00:00 stands in its place.
    Unknown,
}

codes!(StartSource {
    Recorded = "recorded",
    FileName = "file-name",
    FileNameUtc = "file-name-utc",
    Universal = "universal",
    Converted = "converted",
    Unknown = "unknown",
});

/// Which of the first two numbers of a date is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum DateOrder {
    /// `13/11/2025`.
    DayFirst,
    /// `11/13/2025`.
    MonthFirst,
}

codes!(DateOrder { DayFirst = "day-first", MonthFirst = "month-first" });

/// Which rule distinguished the day from the month (docs/FORMATS.md, "Date order"), in order of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum DateOrderRule {
    /// The date names its month or is ISO 8601: nothing to decide.
    Unambiguous,
    /// The caller said so.
    Chosen,
    /// A component above 12 can only be the day.
    ComponentAbove12,
    /// The component that grew by one at midnight is the day.
    Midnight,
    /// The time stamp in the file name says so.
    FileName,
    /// Nothing decided; month-first was assumed because of a twelve-hour clock, which often goes with it.
    AssumedMonthFirst,
    /// Nothing decided; day-first was assumed.
    AssumedDayFirst,
}

codes!(DateOrderRule {
    Unambiguous = "unambiguous",
    Chosen = "chosen",
    ComponentAbove12 = "component-above12",
    Midnight = "midnight",
    FileName = "file-name",
    AssumedMonthFirst = "assumed-month-first",
    AssumedDayFirst = "assumed-day-first",
});

impl Notices {
    /// With a number of further rounded readings, and the largest rounding among them.
    pub(crate) const fn rounded(self, readings: u32, by: Rounding) -> Self {
        Self {
            rounded_readings: self.rounded_readings.saturating_add(readings),
            largest_rounding_pct: self.largest_rounding_pct.or(by),
            ..self
        }
    }

    /// With what the rows that were placed anew say of the clock, of this number of records.
    pub(crate) const fn clock_judged(self, records: u32) -> Self {
        const FEWEST: u32 = 10;
        const SHARE: u32 = 20;
        let is_often = self.rows_retimed.saturating_mul(SHARE) >= records;
        Self { clock_doubtful: self.rows_retimed >= FEWEST && is_often, ..self }
    }

    /// Of two parts of a night: what was counted is added up, what concerns the beginning or the end is that of the
    /// first or the second.
    pub(crate) const fn and(self, next: Self) -> Self {
        Self {
            date_order_rule: self.date_order_rule,
            rows_dropped: self.rows_dropped.saturating_add(next.rows_dropped),
            rows_retimed: self.rows_retimed.saturating_add(next.rows_retimed),
            truncated_bytes: self.truncated_bytes.saturating_add(next.truncated_bytes),
            interval_assumed: self.interval_assumed || next.interval_assumed,
            duplicates_removed: self.duplicates_removed.saturating_add(next.duplicates_removed),
            not_finalised: self.not_finalised || next.not_finalised,
            checksum_mismatch: self.checksum_mismatch || next.checksum_mismatch,
            start_source: self.start_source,
            countdown_records: next.countdown_records,
            interval_too_coarse: self.interval_too_coarse || next.interval_too_coarse,
            rounded_readings: self.rounded_readings.saturating_add(next.rounded_readings),
            largest_rounding_pct: self.largest_rounding_pct.or(next.largest_rounding_pct),
            clock_unset_rows: self.clock_unset_rows.saturating_add(next.clock_unset_rows),
            readings_skipped: self.readings_skipped.saturating_add(next.readings_skipped),
            rows_spread: self.rows_spread.saturating_add(next.rows_spread),
            rows_without_time: self.rows_without_time.saturating_add(next.rows_without_time),
            lines_skipped: self.lines_skipped.saturating_add(next.lines_skipped),
            unread_bytes: self.unread_bytes.saturating_add(next.unread_bytes),
            signals_left_out: self.signals_left_out.saturating_add(next.signals_left_out),
            spo2_label: self.spo2_label,
            pulse_label: self.pulse_label,
            spo2_like_pulse: self.spo2_like_pulse || next.spo2_like_pulse,
            record_size_doubtful: self.record_size_doubtful || next.record_size_doubtful,
            start_doubtful: self.start_doubtful || next.start_doubtful,
            clock_doubtful: self.clock_doubtful || next.clock_doubtful,
        }
    }
}
