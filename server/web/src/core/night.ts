/** One night as the charts and the number panel use it. Everything in it was computed by the core; this file only says its shape. */
import type { Analysis, BelowRangeRun, Desaturation, Index } from "oxicore/oxicore.js";

export type { Analysis, Desaturation, Index };

/** Values of one channel, one entry a sample; `valid[i]` is 0 where the device gave no reading and `values[i]` means nothing. */
export interface ChannelValues {
  readonly values: Uint8Array | Uint16Array;
  readonly valid: Uint8Array;
}

/** Events of profile `aasm`, by the depth from which a desaturation is listed. */
export type Depth = 3 | 4;

/** The depth of an index in percent. */
export const percentOf = ({ threshold }: Pick<Index, "threshold">): Depth => (threshold === "three" ? 3 : 4);

/** Plain data: a worker makes it and hands it over. */
export interface Night {
  readonly fileName: string;
  readonly format: string;
  /** First sample on the device's wall clock, in seconds, the calendar read as UTC. */
  readonly startS: number;
  readonly intervalS: number;
  readonly recordingS: number;
  /** Seconds since the first sample, never falling. */
  readonly atS: Uint32Array;
  readonly spo2: ChannelValues;
  readonly pulse: ChannelValues;
  readonly motion: ChannelValues;
  readonly analysis: Analysis;
  readonly desaturations: Readonly<Record<Depth, readonly Desaturation[]>>;
  readonly indices: readonly Index[];
  /** Stretches without SpO2 that are readings below the range of the ring. */
  readonly belowRangeRuns: readonly BelowRangeRun[];
}

/** The code of a refusal by the device and not by the core: what was dropped is a folder, or the file is gone. */
export const UNREADABLE = "unreadable";

/** Why a file is not a recording, and where in the file. */
export interface Refusal {
  readonly code: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly offset: number | undefined;
  /** What was read there, a stable English word. */
  readonly field?: string | undefined;
  /** What the file says there. */
  readonly found?: string | undefined;
  /** A form that would do there. */
  readonly expected?: string | undefined;
}

/** A file that is no recording. */
export class RefusedFile extends Error {
  override readonly name = "RefusedFile";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`not a recording: ${refusal.code}`);
    this.refusal = refusal;
  }
}
