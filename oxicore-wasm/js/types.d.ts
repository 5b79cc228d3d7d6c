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
  /** 1 where readings are missing for so long before the column's first that a line must break here. */
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
  /** Whether the pulse began to rise by 6 beats per minute between the nadir and 10 s after the end; null: not known. */
  readonly pulse_rise: boolean | null;
}
