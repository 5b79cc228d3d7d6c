//! The numbers of a night as C holds them. What each means: `docs/ALGORITHMS.md`. `_s` is seconds, `_pct` percent, `_bpm` beats per
//! minute, `_per_h` per hour, `_pct_s` percent times seconds, `_pctmin_h` percent times minutes per hour.

use crate::values::Number;

/// Levels of `time_below`.
pub const LEVELS: usize = 8;
/// Hours of a night that are told apart.
pub const HOURS: usize = 24;

/// The numbers of the night so far: those of a recording that had ended with the latest record.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// Version of the definitions.
    pub algorithm_revision: u32,
    /// Seconds from record to record.
    pub interval_s: u32,
    /// Records, missing readings included.
    pub records: u32,
    /// First record to the end of the latest.
    pub recording_s: u32,
    /// What of it counts, and why the rest does not.
    pub quality: Quality,
    /// Accepted SpO2.
    pub spo2: Spo2,
    /// Accepted pulse.
    pub pulse: Pulse,
    /// Desaturations of 3 % and more.
    pub odi3: Odi,
    /// Desaturations of 4 % and more.
    pub odi4: Odi,
    /// Events of 3 % that are 4 % deep.
    pub odi4_nested_count: u32,
    /// The same per hour.
    pub odi4_nested_per_h: Number,
    /// Area of the counted events of 3 % and more.
    pub burden3: Burden,
    /// Area of the counted events of 4 % and more.
    pub burden4: Burden,
    /// Delta index, percent.
    pub delta_index_pct: Number,
    /// Counted events of 3 % with a pulse rise.
    pub coupled3: u32,
    /// How many of `hours` there are.
    pub hours_count: u32,
    /// The hours from the first record.
    pub hours: [Part; HOURS],
    /// Whether `halves` are known: they need memory, which the night may have outgrown.
    pub halves_are_known: bool,
    /// First and second half of the night so far.
    pub halves: [Part; 2],
    /// The counts of the maker's report.
    pub viatom: Viatom,
    /// Records without any reading at the very end.
    pub countdown_records: u32,
    /// SpO2 comes too seldom for an index.
    pub interval_too_coarse: bool,
    /// What is called SpO2 moves like a pulse.
    pub spo2_like_pulse: bool,
}

/// What counts: `records` is the sum of the first two and all that are called `spo2_...` and `trimmed`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Quality {
    /// Records whose SpO2 counts.
    pub analysed: u32,
    /// Records without SpO2.
    pub missing_spo2: u32,
    /// Of these, records with a pulse.
    pub missing_spo2_with_pulse: u32,
    /// Records below the range of this maker's rings.
    pub below_range_readings: u32,
    /// Outside the plausible range.
    pub spo2_out_of_range: u32,
    /// Without a pulse, where one is required.
    pub spo2_coupled: u32,
    /// Under too much motion.
    pub spo2_motion: u32,
    /// Changed too fast.
    pub spo2_slope: u32,
    /// In the time that is left out.
    pub trimmed: u32,
    /// Analysed records times interval.
    pub valid_s: u32,
    /// Longest time without a reading that counts; 0 where none is longer than 10 s.
    pub longest_gap_s: u32,
    /// `valid_s` in percent of the recording.
    pub valid_pct: f64,
    /// Less than four hours of valid signal.
    pub short_recording: bool,
}

/// Distribution of accepted SpO2.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Spo2 {
    /// Whether there is an accepted reading; without one nothing here means anything.
    pub is_known: bool,
    /// Most frequent reading.
    pub mode_pct: u8,
    /// Lowest.
    pub min_pct: u8,
    /// Highest.
    pub max_pct: u8,
    /// Accepted readings.
    pub n: u32,
    /// Time below 90 %.
    pub below_90_s: u32,
    /// Time below 88 %.
    pub below_88_s: u32,
    /// Longest stretch below 90 %.
    pub longest_below_90_s: u32,
    /// Longest stretch below 88 %.
    pub longest_below_88_s: u32,
    /// Mean.
    pub mean_pct: f64,
    /// Standard deviation.
    pub sd_pct: Number,
    /// Percentile 1.
    pub p1_pct: f64,
    /// Percentile 5.
    pub p5_pct: f64,
    /// Percentile 10.
    pub p10_pct: f64,
    /// Percentile 25.
    pub p25_pct: f64,
    /// Median.
    pub median_pct: f64,
    /// Percentile 75.
    pub p75_pct: f64,
    /// Percentile 90.
    pub p90_pct: f64,
    /// Percentile 95.
    pub p95_pct: f64,
    /// Lowest level held for 10 s.
    pub nadir_10s_pct: Number,
    /// T90, percent of valid time.
    pub below_90_pct: f64,
    /// T88.
    pub below_88_pct: f64,
    /// T90 with the records below the ring's range.
    pub below_90_pct_with_below_range: f64,
    /// T88 with them.
    pub below_88_pct_with_below_range: f64,
    /// CA90.
    pub area_below_90_pctmin_h: f64,
    /// Time below 95, 94, 92, 90, 88, 85, 80 and 70 %.
    pub time_below: [TimeBelow; LEVELS],
}

/// Time below a level.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeBelow {
    /// The level.
    pub level_pct: u8,
    /// SpO2 < level.
    pub below_s: u32,
    /// SpO2 <= level.
    pub at_or_below_s: u32,
    /// SpO2 < level, of valid time.
    pub below_pct: f64,
    /// SpO2 <= level, of valid time.
    pub at_or_below_pct: f64,
}

/// Accepted pulse.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Pulse {
    /// Whether there is an accepted reading; without one nothing here means anything.
    pub is_known: bool,
    /// Lowest.
    pub min_bpm: u16,
    /// Highest.
    pub max_bpm: u16,
    /// Accepted readings.
    pub n: u32,
    /// Time below the limit of bradycardia.
    pub bradycardia_s: u32,
    /// Time above the limit of tachycardia.
    pub tachycardia_s: u32,
    /// Rises of 6 beats per minute.
    pub rises6: u32,
    /// Readings that look doubled.
    pub n_doubled: u32,
    /// Mean.
    pub mean_bpm: f64,
    /// Standard deviation.
    pub sd_bpm: Number,
    /// Percentile 5.
    pub p5_bpm: f64,
    /// Median.
    pub median_bpm: f64,
    /// Percentile 95.
    pub p95_bpm: f64,
    /// PRRI-6.
    pub rises6_per_h: Number,
}

/// Events of one threshold, and their index.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Odi {
    /// Events with resaturation.
    pub count: u32,
    /// Events without resaturation in time.
    pub sustained: u32,
    /// Events ended by a gap or the end.
    pub truncated: u32,
    /// Events that enter the index.
    pub included: u32,
    /// Events that SpO2 below the ring's range lies in.
    pub below_range_all: u32,
    /// Those of them that enter the index.
    pub below_range_counted: u32,
    /// Index: `included` per hour of valid SpO2.
    pub per_h: Number,
    /// `included` per hour of recording.
    pub per_h_of_recording: Number,
}

/// Event-based burden.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Burden {
    /// Whether there are 600 s of valid SpO2.
    pub is_known: bool,
    /// Area of the counted events.
    pub area_pct_s: u32,
    /// Hypoxic burden.
    pub hypoxic_burden_pctmin_h: f64,
    /// Desaturation severity.
    pub desaturation_severity_pct: f64,
}

/// An hour or a half of the night.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    /// Valid SpO2 in it.
    pub valid_s: u32,
    /// Counted events of 3 % whose onset lies in it.
    pub odi3_count: u32,
    /// Counted events of 4 %.
    pub odi4_count: u32,
    /// `odi3_count` per hour of valid time.
    pub odi3_per_h: Number,
    /// `odi4_count` per hour of valid time.
    pub odi4_per_h: Number,
}

/// The counts of the maker's report, without its table of bands.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Viatom {
    /// Whether there is a report; without one nothing here means anything.
    pub is_known: bool,
    /// Fixed reference level of the night so far.
    pub baseline_pct: u8,
    /// Drops over 3 %.
    pub drops3: u32,
    /// Drops over 4 %.
    pub drops4: u32,
    /// Dips below 90 %.
    pub dips_below_90: u32,
    /// By which the drops are divided: one interval more than the records.
    pub duration_s: u32,
    /// Drops over 3 % per hour.
    pub drops3_per_h: Number,
    /// Drops over 4 % per hour.
    pub drops4_per_h: Number,
}
