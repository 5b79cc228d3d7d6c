/** Why a file is not a recording, and where in the file. */
export class ParseError extends Error {
  private constructor();
  readonly name: "ParseError";
  /** Stable name for translation: `"empty-file"`, `"unknown-format"`, `"no-samples"`, `"truncated"`, `"no-oximetry"`, `"personal-data"`, `"bad-field"`, `"bad-row"`, … */
  readonly code: string;
  /** The field or value the reader was at, a stable English word (`"time"`, `"month"`), if one is known. */
  readonly field: string | undefined;
  /** Line of a text file, from 1. */
  readonly line: number | undefined;
  /** Column of a text file in bytes, from 1. */
  readonly column: number | undefined;
  /** Position in the file, bytes from 0. */
  readonly offset: number;
  /**
   * What the file says there, its first 56 bytes; of `"no-oximetry"` and `"no-such-column"` the names of the columns or signals
   * that there are. Undefined where nothing stands there. It may be somebody's data: keep it out of logs.
   */
  readonly found: string | undefined;
  /** A form that would do there, such as `"21:58:20 13/11/2025"`. */
  readonly expected: string | undefined;
}

/** Why two files are not one night. */
export class JoinError extends Error {
  private constructor();
  readonly name: "JoinError";
  /** Stable name for translation. */
  readonly code: "unknown-start" | "other-readings" | "other-kind" | "overlap" | "too-far";
}

/** A column of a text or a signal of an EDF: its name in letters of any case, or its number from 1. */
export type Column = string | number;

/** What is said of a file; what is absent is found out. One that is not in the file is a `ParseError` that names those that are. */
export interface ReadOptions {
  readonly columns?: { readonly time?: Column; readonly spo2?: Column; readonly pulse?: Column; readonly motion?: Column } | null;
  /** The column or signal of SpO2, as in `columns`. */
  readonly signal?: Column | null;
  /** Of dates that are numbers. */
  readonly date_order?: "day-first" | "month-first" | null;
  /** Zone of the wall clock, as an offset: `"+02:00"`. It changes the start of files in universal time or with an offset, and of no others. */
  readonly zone?: string | null;
}

/**
 * How to compute; what is absent has its default, which is the definition of every printed number. The names are those of
 * `Analysis.settings`, side by side or in its objects, so that settings can be given back as they are (of a name given twice the
 * later counts); a name that is none of them is refused. Definitions: docs/ALGORITHMS.md.
 */
export interface AnalysisOptions {
  /** Depth from which a desaturation is listed, percent; 3. Both are always counted. */
  readonly listed?: 3 | 4;
  /** SpO2 counts only beside a valid pulse; false. */
  readonly require_pulse?: boolean;
  /** SpO2 counts only up to this motion; null: motion does not matter. */
  readonly max_motion?: number | null;
  /** SpO2 that changes faster than a body can does not count; true. */
  readonly slope?: boolean;
  /** Lowest and highest SpO2 that counts, percent, between 1 and 100; [50, 100]. */
  readonly spo2_range_pct?: readonly [low: number, high: number];
  /** Lowest and highest pulse that counts, beats per minute, between 1 and 300; [25, 250]. */
  readonly pulse_range_bpm?: readonly [low: number, high: number];
  /** Seconds left out at the start; 0. */
  readonly trim_start_s?: number;
  /** Seconds left out at the end; 0. */
  readonly trim_end_s?: number;
  /** How far back the peak before a desaturation is looked for, seconds; 120. */
  readonly look_back_s?: number;
  /** Shortest event, seconds, at least 1; 10. */
  readonly min_duration_s?: number;
  /** Longest time to resaturation, seconds; 180. */
  readonly max_duration_s?: number;
  /** Longest missing time that is bridged, seconds; 10. */
  readonly max_gap_s?: number;
  /** How close to the peak the signal must come back, percent; 1. */
  readonly near_pct?: number;
  /** Which rise ends an event; `"taha"`. */
  readonly recovery?: "taha" | "peak" | "fraction";
  /** Detect on the running median of three readings; false. */
  readonly median3?: boolean;
  /**
   * SpO2 that is missing below the range of this maker's rings is no missing time to an event (`"bridge"`), or is (`"gap"`), whatever
   * recorded it; `"auto"`: bridged in recordings of this maker, not looked for in others.
   */
  readonly below_range?: "auto" | "bridge" | "gap";
  /** Detect on a running median of this number of readings; it switches that on. */
  readonly median_readings?: 3 | 5 | 7 | 9;
  /** Let events without resaturation count; false. */
  readonly include_sustained?: boolean;
  /** Let events ended by a gap or the end of the recording count; false. */
  readonly include_truncated?: boolean;
  /** A slow pulse is below this, beats per minute; 50. */
  readonly bradycardia_bpm?: number;
  /** A fast pulse is above this, beats per minute; 120. */
  readonly tachycardia_bpm?: number;
  /** The options of `Settings.filter`, under the same names. */
  readonly filter?: Partial<Settings["filter"]> | null;
  /** The options of `Settings.aasm`, under the same names. */
  readonly aasm?: Partial<Settings["aasm"]> | null;
  /** The options of `Settings.pulse`, under the same names. */
  readonly pulse?: Partial<Settings["pulse"]> | null;
}

/** All samples; `…_valid[i]` is 1 where the device gave a reading, and where it is 0 the value beside it means nothing. */
export interface Columns {
  /** Seconds since the first sample. */
  readonly time: Uint32Array;
  /** Percent. */
  readonly spo2: Uint8Array;
  readonly spo2_valid: Uint8Array;
  /** Beats per minute. */
  readonly pulse: Uint16Array;
  readonly pulse_valid: Uint8Array;
  /** The device's own measure, without a unit. */
  readonly motion: Uint8Array;
  readonly motion_valid: Uint8Array;
}

/** A reading each; null, undefined and NaN are none. */
export type Readings = ArrayLike<number | null | undefined>;

/**
 * Lists of readings, equally long: one entry a record, records that are missing left out. `Columns` with `interval` and `start` are
 * the same night again.
 */
export interface GivenColumns {
  /** Whole seconds since the first record, growing from 0; without it a record comes every `interval`. */
  readonly time?: ArrayLike<number> | null;
  /** Percent, 1 to 100; 0, 127 and 255 are what devices write for no reading. */
  readonly spo2: Readings;
  /** 0 where there is no reading, whatever stands beside it. */
  readonly spo2_valid?: ArrayLike<number> | null;
  /** Beats per minute, 1 to 300; 0, 255 and 65535 are what devices write for no reading. */
  readonly pulse?: Readings | null;
  readonly pulse_valid?: ArrayLike<number> | null;
  /** 0 to 255, without a unit. */
  readonly motion?: Readings | null;
  readonly motion_valid?: ArrayLike<number> | null;
  /** Sampling interval, seconds; without it the most frequent step of `time`. */
  readonly interval?: number | null;
  /** Wall clock of the first record, ISO 8601 without a zone: `"2026-01-02T23:59:30"`; without it nobody knows it, and 1970 stands in. */
  readonly start?: string | null;
}

/** A night that begins. */
export interface LiveNight {
  /** From one record to the next, seconds, 1 to 900. */
  readonly interval: number;
  /** Wall clock of the first record, ISO 8601 without a zone; without it nobody knows it. */
  readonly start?: string | null;
  /** Length of a night that the halves are known of, seconds: half a byte each; 172800. A longer night has no `halves`. */
  readonly longest?: number | null;
}

/** A record of a night that goes on; readings are whole numbers, and null, undefined and NaN are none. */
export interface LiveRecord {
  /** Whole seconds since the first record, which is at 0; without it the record comes when it is due. */
  readonly time?: number | null;
  /** Percent, 1 to 100. */
  readonly spo2?: number | null;
  /** Beats per minute, 1 to 300. */
  readonly pulse?: number | null;
  /** 0 to 255, without a unit. */
  readonly motion?: number | null;
}

/** One entry a time column. Where `valid` is 0 the column has no reading and its other entries mean nothing. */
export interface Reduced {
  /** Times are seconds since the first sample, values have the channel's unit. */
  readonly first_s: Uint32Array;
  readonly first: Uint16Array;
  readonly min_s: Uint32Array;
  readonly min: Uint16Array;
  readonly max_s: Uint32Array;
  readonly max: Uint16Array;
  readonly last_s: Uint32Array;
  readonly last: Uint16Array;
  /** Number of readings. */
  readonly valid: Uint32Array;
  /** 1 where readings are missing for so long before the column's first that a line must break here. */
  readonly gap_before: Uint8Array;
}

/** A line, one entry a point in order of time. */
export interface Line {
  /** Seconds since the first sample. */
  readonly at_s: Uint32Array;
  /** In the channel's unit. */
  readonly value: Uint16Array;
  /** Number of the unbroken stretch that the point lies in, from 0. */
  readonly segment: Uint32Array;
}

/** One desaturation; times in seconds since the first sample. */
export interface Desaturation {
  readonly onset_s: number;
  readonly nadir_s: number;
  readonly end_s: number;
  readonly peak_pct: number;
  readonly nadir_pct: number;
  /** Area between the peak level and the signal, percent times seconds. */
  readonly area_pct_s: number;
  readonly outcome: "complete" | "sustained" | "gap" | "end";
  /** Whether it entered the index, by the settings it was found with; without others only `"complete"` events do. */
  readonly counted: boolean;
  /** Whether SpO2 below the ring's range lies in it, or ended it as a gap: depth and area are then lower bounds. */
  readonly below_range: boolean;
  /** Whether the pulse began to rise by 6 beats per minute between the nadir and 10 s after the end; null: not known. */
  readonly pulse_rise: boolean | null;
}

/** Records without SpO2 that are readings below the range of the ring; seconds since the first sample. */
export interface BelowRangeRun {
  /** The reading before. */
  readonly before_s: number;
  /** The reading after. */
  readonly after_s: number;
  /** Records between them. */
  readonly readings: number;
}

/** Hypoxic burden of respiratory events that were scored by other means. */
export interface CalcHb {
  /** Area per hour of sleep with a reading, percent times minutes per hour. */
  readonly hypoxic_burden_pctmin_h: number;
  /** Area, percent times seconds. */
  readonly area_pct_s: number;
  /** Events whose surroundings lie inside the recording. */
  readonly events: number;
  /** Search window, seconds from the end of an event, both included. */
  readonly window_s: readonly [number, number];
}

/** A definition of desaturations by name. */
export type Profile = "aasm" | "aasm-nested" | "viatom" | "pobm" | "mean120" | "mean120-analyzer";

/**
 * A profile, a depth, and the settings that the profile follows, side by side or in their objects: a `Definition` is one. `viatom`
 * and `pobm` follow none, `mean120` those of the filter.
 */
export interface DefinitionOptions extends Omit<AnalysisOptions, "listed" | "pulse"> {
  readonly profile: Profile;
  /** Depth of a desaturation, percent, 2 to 10; of `aasm-nested` how deep its events of 3 % are. */
  readonly depth_pct: number;
}

/** A definition in full. */
export interface Definition {
  readonly profile: Profile;
  readonly depth_pct: number;
  /** Null where the profile uses unfiltered readings. */
  readonly filter: FilterSettings | null;
  /** Only of `aasm` and its nested form. */
  readonly aasm: AasmSettings | null;
}

/** An event that enters the index of a definition; times in seconds since the first sample. */
export interface DefinitionEvent {
  readonly onset_s: number;
  readonly nadir_s: number;
  readonly end_s: number;
  /** Level that the definition measures from: peak, baseline of the night, mean of 120 s, or point A. */
  readonly baseline_pct: number;
  readonly nadir_pct: number;
}

/** By which rule a definition lost an event of another. */
export type Rule =
  | "depth" | "onset-window" | "shorter-than" | "longer-than" | "no-resaturation" | "gap" | "joined-with-another" | "below-range" | "filter";

/** An event that the other definition does not have. */
export interface LostEvent {
  readonly event: DefinitionEvent;
  /** Of the other definition. */
  readonly rule: Rule;
}

/** The events of two definitions: each is in `matched`, or in the list of its own definition. */
export interface Reconciliation {
  readonly a: Definition;
  readonly b: Definition;
  /** Events that overlap, one of each. */
  readonly matched: readonly (readonly [a: DefinitionEvent, b: DefinitionEvent])[];
  readonly only_a: readonly LostEvent[];
  readonly only_b: readonly LostEvent[];
}

/** Events per hour together with everything that has to be said with it. */
export interface Index {
  /** The definition of an event. */
  readonly profile: Profile;
  /** Its depth: 3 % or 4 %. */
  readonly threshold: "three" | "four";
  /** Events that enter the index. */
  readonly count: number;
  /** What they are divided by. */
  readonly denominator: "valid-spo2" | "recording" | "device";
  /** Its length, seconds. */
  readonly seconds: number;
  /** Events per hour; null under ten minutes, and where readings are too far apart. */
  readonly per_h: number | null;
  /** Readings are more than 10 s apart: there is no index. */
  readonly interval_too_coarse: boolean;
  /** Which readings were left out; null where the profile uses unfiltered readings. */
  readonly filter: FilterSettings | null;
  /** What an event is; only for profile `aasm` and its nested form. */
  readonly aasm: AasmSettings | null;
  /** Version of the definitions. */
  readonly algorithm_revision: number;
}

/** How numbers of many nights are looked at. Definitions: docs/ALGORITHMS.md, "Many nights". */
export interface NightStatisticsOptions {
  /** Between the classes, the lowest first; none. */
  readonly cutoffs?: readonly number[];
  /** The class of a number exactly at a cut-off: `"upper"` ("5 and more") or `"lower"` ("above 5"); `"upper"`. */
  readonly at_cutoff?: "upper" | "lower";
  /** How probable it shall be at least that the interval holds the median, between 0 and 1; 0.95. */
  readonly confidence?: number;
}

/** How a number is spread over nights; its unit is that of the number. */
export interface Spread {
  /** Nights that have the number. */
  readonly nights: number;
  /** Nights that have it not. */
  readonly undefined: number;
  /** The mean of the two in the middle where their number is even; null without a night. */
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Null where the nights are too few for the confidence: under six for 0.95. */
  readonly median_interval: MedianInterval | null;
}

/**
 * Between two of the nights lies the median of all nights that these are a sample of, whatever its distribution, as long as nights
 * are independent. Where numbers are equal it does so more often than `coverage` says.
 */
export interface MedianInterval {
  readonly low: number;
  readonly high: number;
  /** Place among the nights in order of size, from 1. */
  readonly low_rank: number;
  readonly high_rank: number;
  /** The exact probability, at least the confidence that was asked for. */
  readonly coverage: number;
}

/** A number over many nights. */
export interface NightStatistics {
  readonly spread: Spread;
  /** Lowest class first; one more than there are cut-offs. */
  readonly classes: readonly NightClass[];
  /** Place of the median's class, from 0; null without a night. */
  readonly class_of_median: number | null;
  /** How many nights, each taken alone, fall into another class than the median; null under two nights. */
  readonly otherwise: { readonly nights: number; readonly of: number } | null;
}

/** The nights of one class. */
export interface NightClass {
  /** Null of the lowest class. */
  readonly lower_cutoff: number | null;
  /** Null of the highest. */
  readonly upper_cutoff: number | null;
  readonly nights: number;
  /** Of the nights that have the number, 0 to 1; null where none has. */
  readonly share: number | null;
}

/** Two groups of nights side by side. */
export interface NightsCompared {
  readonly one: Spread;
  readonly other: Spread;
  /** Median of the other minus that of the one; null where either has none. */
  readonly median_difference: number | null;
}
