/** One night as the charts and the number panel use it. Everything in it was computed by the core; this file only carries it over. */
import init, { ParseError, Recording, type Analysis, type Desaturation } from "oxicore/oxicore.js";
import moduleUrl from "oxicore/oxicore_bg.wasm";

export type { Analysis, Desaturation };
export { ParseError };

/** Values of one channel, one entry a sample; `valid[i]` is 0 where the device gave no reading and `values[i]` means nothing. */
export interface ChannelValues {
  readonly values: ArrayLike<number>;
  readonly valid: Uint8Array;
}

export interface Night {
  readonly fileName: string;
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
  readonly desaturations: readonly Desaturation[];
}

let ready: Promise<unknown> | undefined;

/** Starts loading the core; call it early, beside the download of the file. */
export function prepareCore(): Promise<unknown> {
  ready ??= init({ module_or_path: moduleUrl });
  return ready;
}

/**
 * Parses and analyses a file's bytes.
 *
 * @throws ParseError when the bytes are no recording; it says what is wrong and where.
 */
export async function openNight(bytes: Uint8Array, fileName: string): Promise<Night> {
  await prepareCore();
  const recording = Recording.parse(bytes, fileName);
  try {
    const columns = recording.columns();
    return {
      fileName,
      startS: recording.startMs / 1000,
      intervalS: recording.intervalS,
      recordingS: recording.recordingS,
      atS: columns.atS,
      spo2: { values: columns.spo2, valid: columns.spo2Valid },
      pulse: { values: columns.pulse, valid: columns.pulseValid },
      motion: { values: columns.motion, valid: columns.motionValid },
      analysis: recording.analyze(),
      desaturations: recording.desaturations(),
    };
  } finally {
    recording.free();
  }
}
