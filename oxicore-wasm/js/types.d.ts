/** Why a file is not a recording, and where in the file. */
export class ParseError extends Error {
  private constructor();
  readonly name: "ParseError";
  /** Stable name for translation: `"empty-file"`, `"unknown-format"`, `"no-samples"`, `"truncated"`, `"bad-field"`, `"bad-row"`, … */
  readonly code: string;
  /** The field or value the reader was at, a stable English word (`"time"`, `"month"`), if one is known. */
  readonly field: string | undefined;
  /** Line of a text file, from 1. */
  readonly line: number | undefined;
  /** Column of a text file in bytes, from 1. */
  readonly column: number | undefined;
  /** Position in the file, bytes from 0. */
  readonly offset: number;
}

/** What to list. */
export interface AnalysisOptions {
  /** Depth from which a fall is listed, percent; 3 when absent. */
  readonly listed?: 3 | 4;
}

/** All samples; `…Valid[i]` is 1 where the device gave a reading, and where it is 0 the value beside it means nothing. */
export interface Columns {
  /** Seconds since the first sample. */
  readonly atS: Uint32Array;
  /** Percent. */
  readonly spo2: Uint8Array;
  readonly spo2Valid: Uint8Array;
  /** Beats per minute. */
  readonly pulse: Uint16Array;
  readonly pulseValid: Uint8Array;
  /** The device's own measure, without a unit. */
  readonly motion: Uint8Array;
  readonly motionValid: Uint8Array;
}

/** One entry a time column. Where `valid` is 0 the column has no reading and its other entries mean nothing. */
export interface Reduced {
  /** Times are seconds since the first sample, values have the channel's unit. */
  readonly firstS: Uint32Array;
  readonly first: Uint16Array;
  readonly minS: Uint32Array;
  readonly min: Uint16Array;
  readonly maxS: Uint32Array;
  readonly max: Uint16Array;
  readonly lastS: Uint32Array;
  readonly last: Uint16Array;
  /** Number of readings. */
  readonly valid: Uint32Array;
  /** 1 where a reading is missing right before the column's first: a line must break here. */
  readonly gapBefore: Uint8Array;
}

/** One fall of oxygen saturation; times in seconds since the first sample. */
export interface Desaturation {
  readonly onset_s: number;
  readonly nadir_s: number;
  readonly end_s: number;
  readonly peak_pct: number;
  readonly nadir_pct: number;
  /** Area between the peak level and the signal, percent times seconds. */
  readonly area_pct_s: number;
  /** Only `"complete"` events are counted in the index. */
  readonly outcome: "complete" | "sustained" | "gap" | "end";
}

/** Events of one threshold. */
export interface OdiCount {
  readonly count: number;
  readonly sustained: number;
  readonly truncated: number;
  /** Per hour of valid SpO2; null under ten minutes of it. */
  readonly per_h: number | null;
}

/** Time in a band of values. */
export interface Band {
  readonly band: string;
  readonly seconds: number;
  readonly pct: number;
}

/** The numbers of a night; `_s` seconds, `_pct` percent, `_bpm` beats per minute, `_per_h` an hour. Undefined numbers are null. */
export interface Analysis {
  readonly algorithm_revision: number;
  readonly recording: {
    readonly format: string;
    /** Wall clock of the device, without a zone. */
    readonly start: string;
    readonly interval_s: number;
    readonly records: number;
    readonly recording_s: number;
  };
  readonly quality: {
    readonly analysed: number;
    readonly missing_spo2: number;
    readonly missing_spo2_with_pulse: number;
    readonly spo2_out_of_range: number;
    readonly spo2_slope: number;
    readonly valid_s: number;
    readonly valid_pct: number;
    readonly short_recording: boolean;
  };
  /** Null without an accepted reading. */
  readonly spo2: {
    readonly n: number;
    readonly mean_pct: number;
    readonly median_pct: number;
    readonly min_pct: number;
    readonly max_pct: number;
    readonly below_90_s: number;
    readonly below_90_pct: number;
    readonly below_88_s: number;
    readonly below_88_pct: number;
    readonly longest_below_90_s: number;
  } | null;
  /** Null without an accepted reading. */
  readonly pulse: { readonly n: number; readonly mean_bpm: number; readonly min_bpm: number; readonly max_bpm: number } | null;
  /** Desaturations by the scoring rules of sleep medicine, each threshold in a pass of its own. */
  readonly aasm: { readonly odi3: OdiCount; readonly odi4: OdiCount };
  /** The counts as the device's vendor prints them; null without any SpO2. */
  readonly viatom: {
    readonly baseline_pct: number;
    readonly drops3: number;
    readonly drops4: number;
    readonly drops3_per_h: number;
    readonly drops4_per_h: number;
    readonly duration_s: number;
    readonly dips_below_90: number;
    readonly spo2_bands: readonly Band[];
    readonly below_90: Band;
    /** Null without any pulse. */
    readonly pulse_bands: readonly Band[] | null;
  } | null;
  /** What was noticed while reading the file. */
  readonly notices: {
    readonly date_order_rule: string | null;
    readonly rows_dropped: number;
    readonly rows_retimed: number;
    readonly truncated_bytes: number;
    readonly interval_assumed: boolean;
    readonly duplicates_removed: number;
    readonly not_finalised: boolean;
    readonly checksum_mismatch: boolean;
    readonly start_source: "recorded" | "file-name" | "file-name-utc" | "unknown";
    readonly countdown_records: number;
    readonly sub_range_readings: number;
    readonly clock_unset_rows: number;
    readonly readings_skipped: number;
  };
}
