/**
 * The numbers of a night: the stable JSON that every binding of the project gives. `_s` seconds, `_pct` percent, `_bpm` beats per
 * minute, `_per_h` per hour of valid SpO2. A number that is undefined for the night is null. Definitions: docs/ALGORITHMS.md.
 */
export interface Analysis {
  /** Version of the definitions; grows whenever a number can change. */
  readonly algorithm_revision: number;
  readonly recording: RecordingFacts;
  /** How the numbers were computed. */
  readonly settings: Settings;
  /** What of the recording counts, and why the rest does not. */
  readonly quality: Quality;
  /** Null without an accepted reading. */
  readonly spo2: Spo2Distribution | null;
  /** Null without an accepted reading. */
  readonly pulse: PulseStatistics | null;
  /** Desaturations of profile `aasm`, each threshold in a pass of its own. */
  readonly aasm: { readonly odi3: OdiCount; readonly odi4: OdiCount; readonly odi4_nested: NestedCount };
  /** Area of the counted events of 3 % and more; null under ten minutes of valid SpO2. */
  readonly burden3: Burden | null;
  /** Area of the counted events of 4 % and more; null under ten minutes of valid SpO2. */
  readonly burden4: Burden | null;
  readonly delta_index_pct: number | null;
  /** Counted events of 3 % and more that come with a rise of the pulse. */
  readonly coupled3: number;
  /** Hours of the night from its first sample, at most 24. */
  readonly hours: readonly Part[];
  /** First and second half of the recorded time; null only of a live night longer than it was said to be. */
  readonly halves: readonly Part[] | null;
  /** The counts as the device's vendor prints them; null without any SpO2. */
  readonly viatom: VendorReport | null;
  /** What the device itself computed and stored in the file; null where the file stores nothing. */
  readonly device: DeviceSummary | null;
  /** What was noticed while reading the file. */
  readonly notices: Notices;
}

export interface RecordingFacts {
  readonly format: string;
  /** Wall clock of the device, ISO 8601 without a zone; null where neither the file nor its name tells it. */
  readonly start: string | null;
  readonly interval_s: number;
  readonly records: number;
  /** First sample to the end of the last one. */
  readonly recording_s: number;
}

export interface Settings {
  /** Which readings were left out. */
  readonly filter: FilterSettings;
  /** What an event of profile `aasm` is. */
  readonly aasm: AasmSettings;
  /** What a slow and a fast pulse is. */
  readonly pulse: { readonly bradycardia_bpm: number; readonly tachycardia_bpm: number };
}

/** Which readings are left out. */
export interface FilterSettings {
  /** Null: motion does not matter. */
  readonly max_motion: number | null;
  readonly require_pulse: boolean;
  readonly slope: boolean;
  readonly trim_start_s: number;
  readonly trim_end_s: number;
  /** Lowest and highest SpO2 that counts, percent; only where it is not [50, 100]. */
  readonly spo2_range_pct?: readonly [low: number, high: number];
  /** Lowest and highest pulse that counts, beats per minute; only where it is not [25, 250]. */
  readonly pulse_range_bpm?: readonly [low: number, high: number];
}

/** What an event of profile `aasm` is. */
export interface AasmSettings {
  readonly include_sustained: boolean;
  readonly include_truncated: boolean;
  readonly look_back_s: number;
  readonly max_duration_s: number;
  readonly max_gap_s: number;
  readonly median3: boolean;
  /** Readings of that median; left out where they are three. */
  readonly median_readings?: 5 | 7 | 9;
  readonly min_duration_s: number;
  readonly near_pct: number;
  readonly recovery: "taha" | "peak" | "fraction";
  /** What becomes of SpO2 below the ring's range. */
  readonly below_range: "auto" | "bridge" | "gap";
}

/** The counts add up to the records. */
export interface Quality {
  /** Records whose SpO2 counts. */
  readonly analysed: number;
  readonly missing_spo2: number;
  /** Of these, with a valid pulse. */
  readonly missing_spo2_with_pulse: number;
  /**
   * Records without SpO2 that are readings below the range of this maker's rings, about 61 %: the lowest SpO2 of the night is then
   * at or below `spo2.min_pct`. 0 for another maker's recording, unless `below_range` was set.
   */
  readonly below_range_readings: number;
  readonly spo2_out_of_range: number;
  readonly spo2_coupled: number;
  readonly spo2_motion: number;
  readonly spo2_slope: number;
  readonly trimmed: number;
  /** Analysed records times interval: the denominator of the indices. */
  readonly valid_s: number;
  readonly valid_pct: number;
  /** Longest time without a reading that counts, start and end included; 0 when none is longer than 10 s. */
  readonly longest_gap_s: number;
  /** Less than four hours of valid SpO2. */
  readonly short_recording: boolean;
}

export interface Spo2Distribution {
  readonly n: number;
  readonly mean_pct: number;
  /** Null for a single reading. */
  readonly sd_pct: number | null;
  readonly mode_pct: number;
  readonly p1_pct: number;
  readonly p5_pct: number;
  readonly p10_pct: number;
  readonly p25_pct: number;
  readonly median_pct: number;
  readonly p75_pct: number;
  readonly p90_pct: number;
  readonly p95_pct: number;
  readonly min_pct: number;
  readonly max_pct: number;
  /** Lowest level held for 10 s. */
  readonly nadir_10s_pct: number | null;
  readonly below_90_s: number;
  /** T90: share of valid time below 90 %. */
  readonly below_90_pct: number;
  readonly below_88_s: number;
  /** T88: share of valid time below 88 %. */
  readonly below_88_pct: number;
  /** T90 with the records below the ring's range as readings below 90 %, of all these. */
  readonly below_90_pct_with_below_range: number;
  /** T88 in the same way. */
  readonly below_88_pct_with_below_range: number;
  readonly longest_below_90_s: number;
  readonly longest_below_88_s: number;
  readonly time_below: readonly TimeBelow[];
  /** Area below 90 %, percent times minutes per hour of valid time. */
  readonly area_below_90_pctmin_h: number;
}

export interface TimeBelow {
  readonly level_pct: number;
  readonly below_s: number;
  readonly below_pct: number;
  readonly at_or_below_s: number;
  readonly at_or_below_pct: number;
}

export interface PulseStatistics {
  readonly n: number;
  readonly mean_bpm: number;
  /** Null for a single reading. */
  readonly sd_bpm: number | null;
  readonly p5_bpm: number;
  readonly median_bpm: number;
  readonly p95_bpm: number;
  readonly min_bpm: number;
  readonly max_bpm: number;
  readonly bradycardia_s: number;
  readonly tachycardia_s: number;
  /** Rises of 6 beats per minute and more. */
  readonly rises6: number;
  readonly rises6_per_h: number | null;
  /** Readings that look like twice the pulse. */
  readonly n_doubled: number;
}

/** Events of one threshold. */
export interface OdiCount {
  /** Events with resaturation: those that count. */
  readonly count: number;
  /** Events without resaturation within the longest duration, beside the index. */
  readonly sustained: number;
  /** Events ended by a gap or the end of the recording, beside the index. */
  readonly truncated: number;
  /** Events that enter the index: `count`, and the others where the settings include them. */
  readonly included: number;
  /** `included` per hour of valid SpO2; null under ten minutes of it. */
  readonly per_h: number | null;
  /** Per hour of recording, valid or not. */
  readonly per_h_of_recording: number | null;
  /** Events that SpO2 below the ring's range lies in, of all and of those that enter the index: their depth and area are lower bounds. */
  readonly below_range_events: { readonly all: number; readonly counted: number };
}

/** The events of 3 % that are at least 4 % deep. */
export interface NestedCount {
  readonly count: number;
  readonly per_h: number | null;
}

export interface Burden {
  readonly area_pct_s: number;
  /** Percent times minutes per hour of valid SpO2. */
  readonly hypoxic_burden_pctmin_h: number;
  readonly desaturation_severity_pct: number;
}

/** An hour or a half of the night. */
export interface Part {
  readonly valid_s: number;
  readonly odi3_count: number;
  readonly odi4_count: number;
  readonly odi3_per_h: number | null;
  readonly odi4_per_h: number | null;
}

export interface VendorReport {
  /** Fixed reference level of the night. */
  readonly baseline_pct: number;
  readonly drops3: number;
  readonly drops4: number;
  /** Per hour of the device's duration, as `drops4_per_h`; null where readings are too far apart for an index. */
  readonly drops3_per_h: number | null;
  readonly drops4_per_h: number | null;
  readonly duration_s: number;
  readonly dips_below_90: number;
  readonly spo2_bands: readonly Band[];
  readonly below_90: Band;
  /** Null without any pulse. */
  readonly pulse_bands: readonly Band[] | null;
}

/** Time in a range of values. */
export interface Band {
  readonly band: string;
  readonly seconds: number;
  readonly pct: number;
}

export interface DeviceSummary {
  readonly duration_s: number | null;
  readonly mean_pct: number | null;
  readonly min_pct: number | null;
  readonly drops3: number;
  readonly drops4: number;
  readonly below_90_pct: number;
  readonly below_90_s: number;
  readonly dips_below_90: number;
  /** O2 score times ten. */
  readonly score_tenths: number | null;
  readonly mean_bpm: number | null;
}

export interface Notices {
  /** Which rule told the day from the month; null for binaries. */
  readonly date_order_rule: string | null;
  readonly rows_dropped: number;
  readonly rows_retimed: number;
  readonly truncated_bytes: number;
  readonly interval_assumed: boolean;
  readonly duplicates_removed: number;
  readonly not_finalised: boolean;
  readonly checksum_mismatch: boolean;
  /** Where the start comes from: `"recorded"`, `"universal"` (universal time), `"converted"` (universal time in the zone that was given), `"file-name"`, `"file-name-utc"` (universal time), `"unknown"` (1970 stands in). */
  readonly start_source: string;
  readonly countdown_records: number;
  /** SpO2 comes less often than every 10 s: there is no index. */
  readonly interval_too_coarse: boolean;
  /** Readings of SpO2 with a fraction of a percent, which were rounded. */
  readonly rounded_readings: number;
  /** By how much at most, percent. */
  readonly largest_rounding_pct: number;
  readonly clock_unset_rows: number;
  readonly readings_skipped: number;
  /** Rows that shared one reading of a coarser clock, spread over the time until it went on. */
  readonly rows_spread: number;
  readonly rows_without_time: number;
  /** Lines above the names of the columns. */
  readonly lines_skipped: number;
  readonly unread_bytes: number;
  readonly signals_left_out: number;
  /** Name of the column or signal read as SpO2; null where there is none, and for what the apps of this maker's rings always write. */
  readonly spo2_label: string | null;
  readonly pulse_label: string | null;
  readonly spo2_like_pulse: boolean;
  readonly record_size_doubtful: boolean;
  readonly start_doubtful: boolean;
  /** The clock stood still or ran back in a twentieth of the rows or more. */
  readonly clock_doubtful: boolean;
}
