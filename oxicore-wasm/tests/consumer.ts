/** A program in strict TypeScript that uses all the package declares; it is compiled, never run. */
import {
  JoinError,
  Live,
  ParseError,
  Recording,
  compareNights,
  nightStatistics,
  type Analysis,
  type AnalysisOptions,
  type Columns,
  type Definition,
  type DefinitionEvent,
  type Desaturation,
  type Index,
  type Line,
  type NightStatistics,
  type NightsCompared,
  type Notices,
  type Reconciliation,
  type Reduced,
} from "../pkg/node/oxicore.mjs";
import init, { initSync, Recording as WebRecording } from "../pkg/web/oxicore.js";
import { Recording as InlineRecording } from "../pkg/inline/oxicore.js";

const OPTIONS: AnalysisOptions = { listed: 4, max_motion: null, recovery: "peak", look_back_s: 60 };

export function facts(night: Recording): readonly (string | number)[] {
  return [night.format, night.start, night.startMs, night.intervalS, night.length, night.recordingS];
}

export function everything(bytes: Uint8Array): { odi3: number | null; dips: number[]; file: Uint8Array; pobm: (number | null)[] } {
  using night = Recording.parse(bytes, "night.csv", 4);
  const analysis: Analysis = night.analyze(OPTIONS);
  const events: Desaturation[] = night.desaturations({ listed: 3 });
  const columns: Columns = night.columns();
  const reduced: Reduced = night.reduce("spo2", 0, night.recordingS, 600);
  const notices: Notices = night.notices;
  const indices: Index[] = night.compare();
  const { filter, aasm, pulse } = analysis.settings;
  night.analyze({ ...filter, ...aasm, ...pulse });
  night.analyze({ listed: 4, ...night.analyze(analysis.settings).settings, aasm: { median3: true } });
  return {
    odi3: analysis.aasm.odi3.per_h,
    dips: [...reduced.min, ...columns.spo2, notices.rows_dropped, ...events.map(({ nadir_pct }) => nadir_pct)],
    file: new Uint8Array([...night.toCsv(), ...night.toEdf(OPTIONS)]),
    pobm: indices.filter(({ profile }) => profile === "pobm").map(({ per_h }) => per_h),
  };
}

export function why(first: Recording, second: Recording): string {
  try {
    first.join(second).free();
    return "one night";
  } catch (error) {
    if (error instanceof JoinError) return error.code satisfies "unknown-start" | "other-readings" | "other-kind" | "overlap" | "too-far";
    if (error instanceof ParseError) return `${error.code} ${error.line ?? error.offset}:${error.column ?? ""}`;
    throw error;
  }
}

export async function inBrowser(bytes: Uint8Array, module: WebAssembly.Module): Promise<[WebRecording, InlineRecording]> {
  await init();
  initSync({ module });
  return [WebRecording.parse(bytes), InlineRecording.parse(bytes)];
}

export function ofEveryKind(file: ArrayBuffer, view: DataView, words: Uint16Array): Recording[] {
  return [file, view, words].map((bytes) => Recording.parse(bytes, null, null));
}

export function manyNights(analyses: readonly Analysis[]): [number, number | undefined, number | null] {
  const odi3 = analyses.map(({ aasm }) => aasm.odi3.per_h);
  const statistics: NightStatistics = nightStatistics(odi3, { cutoffs: [5, 15, 30], at_cutoff: "lower", confidence: 0.9 });
  const compared: NightsCompared = compareNights(odi3, [1, null, undefined], { confidence: 0.9 });
  return [statistics.classes.length, statistics.otherwise?.nights, compared.median_difference];
}

export function ownSamples(columns: Columns): [number | null, Desaturation[], Line, Reconciliation] {
  using again = Recording.fromColumns({ ...columns, interval: 4, start: null });
  using live = new Live({ interval: 4, start: "2026-01-02T23:00:00" }, { below_range: "bridge" });
  const events = [...live.push({ spo2: 96, pulse: null }), ...live.push({ time: live.dueS, spo2: 95 })];
  live.skip(60);
  const summary: Analysis | null = live.summary();
  const definition: Definition = again.reconcile({ profile: "aasm", depth_pct: 3, slope: false }, { profile: "pobm", depth_pct: 4 }).a;
  const ofAny: DefinitionEvent[] = again.events({ ...definition, filter: null, aasm: null });
  const open: number = live.ongoing()?.nadir_pct ?? ofAny.length;
  const { desaturations } = live.finish();
  const reconciled = again.reconcile({ profile: "mean120", depth_pct: 4 }, { profile: "viatom", depth_pct: 3 });
  return [summary?.aasm.odi3.per_h ?? open, [...events, ...desaturations], again.line("spo2", 0, 600, 300, { listed: 4 }), reconciled];
}

declare const night: Recording;
// @ts-expect-error: there is no such profile
night.events({ profile: "odi", depth_pct: 3 });
// @ts-expect-error: a night says its interval
new Live({});
// @ts-expect-error: columns have SpO2
Recording.fromColumns({ interval: 4 });
// @ts-expect-error: a group has no classes
compareNights([1], [2], { cutoffs: [5] });
// @ts-expect-error: a file is bytes, not a name
Recording.parse("night.csv");
// @ts-expect-error: a group holds its own options
night.analyze({ aasm: { slope: true } });
// @ts-expect-error: there is no such option
night.analyze({ lookback: 60 });
// @ts-expect-error: events are listed from 3 or 4 percent
night.desaturations({ listed: 5 });
// @ts-expect-error: there is no such channel
night.reduce("perfusion", 0, 1, 1);
// @ts-expect-error: a recording comes from bytes
new Recording();
// @ts-expect-error: numbers are read, not written
night.analyze().aasm.odi3.count = 0;
