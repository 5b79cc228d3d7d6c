/** The only file that calls the core: from the bytes of a file to a night as plain data, and to other formats. */
import init, { JoinError, ParseError, Recording } from "oxicore/oxicore.js";
import moduleUrl from "oxicore/oxicore_bg.wasm";
import type { Night, Refusal } from "./night";
import type { DateOrder, Format } from "./protocol";

let ready: Promise<unknown> | undefined;

/** Loads the core once. */
export function prepareCore(): Promise<unknown> {
  ready ??= init({ module_or_path: moduleUrl });
  return ready;
}

/** The content of a file. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Null: as the core finds it. */
  readonly dateOrder: DateOrder | null;
}

/**
 * Parses and analyses a file, or the files of one night.
 *
 * @throws ParseError when a file is no recording; it says what is wrong and where.
 * @throws JoinError when the files are not one night; it says why.
 */
export function readNight(files: readonly Content[]): Night {
  const fileName = files.map(({ name }) => name).join(" + ");
  return reading(files, (recording) => ({ fileName, ...facts(recording), ...numbers(recording) }));
}

/** Hands the recording to `use`, and frees it afterwards. */
function reading<Result>(files: readonly Content[], use: (recording: Recording) => Result): Result {
  const made: Recording[] = [];
  const keep = (recording: Recording): Recording => {
    made.push(recording);
    return recording;
  };
  try {
    const read = ({ bytes, name, dateOrder }: Content): Recording => keep(Recording.parse(bytes, name, null, { date_order: dateOrder }));
    const parts = files.map(read);
    return use(parts.reduce((night, part) => keep(night.join(part))));
  } finally {
    made.forEach((recording) => recording.free());
  }
}

type Numbers = Pick<Night, "analysis" | "desaturations" | "indices" | "belowRangeRuns">;
type Facts = Omit<Night, "fileName" | keyof Numbers>;

function facts(recording: Recording): Facts {
  const columns = recording.columns();
  return {
    format: recording.format,
    startS: recording.startMs / 1000,
    intervalS: recording.intervalS,
    recordingS: recording.recordingS,
    atS: columns.time,
    spo2: { values: columns.spo2, valid: columns.spo2_valid },
    pulse: { values: columns.pulse, valid: columns.pulse_valid },
    motion: { values: columns.motion, valid: columns.motion_valid },
  };
}

function numbers(recording: Recording): Numbers {
  return {
    analysis: recording.analyze(),
    desaturations: { 3: recording.desaturations({ listed: 3 }), 4: recording.desaturations({ listed: 4 }) },
    indices: recording.compare(),
    belowRangeRuns: recording.belowRangeRuns(),
  };
}

/** The same recording as a file of another format. */
export function convert(files: readonly Content[], format: Format): Uint8Array {
  return reading(files, (recording) => (format === "csv" ? recording.toCsv() : recording.toEdf()));
}

/** The refusal of a file or of a join, or null when something else went wrong. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof JoinError) return { code: error.code, line: undefined, column: undefined, offset: undefined };
  if (!(error instanceof ParseError)) return null;
  const { code, line, column, offset, field, found, expected } = error;
  return { code, line, column, offset, field, found, expected };
}
