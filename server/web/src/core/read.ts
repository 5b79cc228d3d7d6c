/** The only file that calls the core: from the bytes of a file to a night as plain data, and to other formats. */
import init, { ParseError, Recording } from "oxicore/oxicore.js";
import moduleUrl from "oxicore/oxicore_bg.wasm";
import type { Night, Refusal } from "../night";
import type { Format } from "./protocol";

let ready: Promise<unknown> | undefined;

/** Loads the core once. */
export function prepareCore(): Promise<unknown> {
  ready ??= init({ module_or_path: moduleUrl });
  return ready;
}

/**
 * Parses and analyses a file's bytes.
 *
 * @throws ParseError when the bytes are no recording; it says what is wrong and where.
 */
export function readNight(bytes: Uint8Array, name: string): Night {
  const recording = Recording.parse(bytes, name);
  try {
    return { fileName: name, ...facts(recording), ...numbers(recording) };
  } finally {
    recording.free();
  }
}

type Facts = Omit<Night, "fileName" | "analysis" | "desaturations" | "indices">;

function facts(recording: Recording): Facts {
  const columns = recording.columns();
  return {
    format: recording.format,
    startS: recording.startMs / 1000,
    intervalS: recording.intervalS,
    recordingS: recording.recordingS,
    atS: columns.atS,
    spo2: { values: columns.spo2, valid: columns.spo2Valid },
    pulse: { values: columns.pulse, valid: columns.pulseValid },
    motion: { values: columns.motion, valid: columns.motionValid },
  };
}

function numbers(recording: Recording): Pick<Night, "analysis" | "desaturations" | "indices"> {
  return {
    analysis: recording.analyze(),
    desaturations: { 3: recording.desaturations({ listed: 3 }), 4: recording.desaturations({ listed: 4 }) },
    indices: recording.compare(),
  };
}

/** The same recording as a file of another format. */
export function convert(bytes: Uint8Array, name: string, format: Format): Uint8Array {
  const recording = Recording.parse(bytes, name);
  try {
    return format === "csv" ? recording.toCsv() : recording.toEdf();
  } finally {
    recording.free();
  }
}

/** The refusal of a file, or null when something else went wrong. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ParseError)) return null;
  const { code, line, column, offset } = error;
  return { code, line, column, offset };
}
