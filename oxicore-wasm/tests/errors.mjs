/** Every refusal with its words: what leads to it, its class, its code where it has one, and all that it says. Node.js and Chromium run the same list. */

const text = (...lines) => new TextEncoder().encode(`${lines.join("\n")}\n`);
const HEADER = "Time,Oxygen Level,Pulse Rate,Motion";
const ROW = "23:59:56 Jan 02 2026,96,58,0";
const beginning = (...bytes) => Uint8Array.from([...bytes, ...new Array(64).fill(0)]);
const words = (start) => Uint8Array.from(new TextEncoder().encode(start.padEnd(64, " ")));

/** Files that are none. */
export const FILES = [
  ["empty-file", new Uint8Array(0)],
  ["unknown-format", new Uint8Array(1000)],
  ["no-samples", text(HEADER)],
  ["truncated", words("0       X X X X")],
  ["no-oximetry", text("Time,Temperature", "2026-01-02 22:00:00,20")],
  ["personal-data", text("Time,Patient name,SpO2", "2026-01-02 22:00:00,x,97")],
  ["no-such-column", text("Time,SpO2,PR", "2026-01-02 22:00:00,97,60"), { signal: "SpO3" }],
  ["bad-row", text(HEADER, ROW, "00:00:00 Feb 30 2026,96,58,0")],
  ["bad-row", text("Time,SpO2,PR", "9:58:20 x. m. 13/11/2025,97,60")],
  ["contradictory-dates", text("Time,SpO2,PR", "22:00:00 13/01/2026,97,60", "22:00:04 01/13/2026,97,60")],
  ["picture-file", beginning(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ["pdf-file", words("%PDF-1.7")],
  ["web-page-file", words("<!DOCTYPE html><html>")],
  ["archive-file", beginning(0x50, 0x4b, 0x03, 0x04)],
];

/** Every other call that is refused, with a night of one row and a live night of one record. */
export const CALLS = [
  (x) => x.Recording.parse("night.csv"),
  (x) => x.Recording.parse(text(ROW), 5),
  (x) => x.Recording.parse(text(ROW), null, 0),
  (x) => x.Recording.parse(text(ROW), null, null, { dateOrder: "day-first" }),
  (x) => x.Recording.parse(text(ROW), null, null, { date_order: "DMY" }),
  (x) => x.Recording.parse(text(ROW), null, null, { zone: "Europe/Bucharest" }),
  (x) => x.Recording.parse(text(ROW), null, null, { columns: { spo2: 0 } }),
  (x) => x.Recording.parse(text(ROW), null, null, { signal: "a", columns: { spo2: "b" } }),
  (x) => x.Recording.fromColumns(),
  (x) => x.Recording.fromColumns([96, 97]),
  (x) => x.Recording.fromColumns({ interval: 1 }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: 96 }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: "96" }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96, "97"] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96, 101] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96, -1] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96, Infinity] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], pulse: [301] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], motion: [256] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], pulse: [60, 61] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], spo2_valid: [1, 1] }),
  (x) => x.Recording.fromColumns({ spo2: [96] }),
  (x) => x.Recording.fromColumns({ time: [0, 1, 1], spo2: [96, 96, 96] }),
  (x) => x.Recording.fromColumns({ time: [1, 2], spo2: [96, 96] }),
  (x) => x.Recording.fromColumns({ time: [0, 1.5], spo2: [96, 96] }),
  (x) => x.Recording.fromColumns({ time: [0, null], spo2: [96, 96] }),
  (x) => x.Recording.fromColumns({ time: [0, 40_000_000], spo2: [96, 96] }),
  (x) => x.Recording.fromColumns({ time: [0, 4, 8], interval: 4000, spo2: [96, 96, 96] }),
  (x) => x.Recording.fromColumns({ interval: 0, spo2: [96] }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], start: "2026-02-30T00:00:00" }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], start: "2026-01-02T00:00:00Z" }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], start: "1969-12-31T00:00:00" }),
  (x) => x.Recording.fromColumns({ interval: 1, spo2: [96], start: new Date(0) }),
  (x) => x.Recording.fromColumns({ interval: 1, SpO2: [96] }),
  (x) => new x.Live(),
  (x) => new x.Live({}),
  (x) => new x.Live({ interval: 0 }),
  (x) => new x.Live({ interval: 4000 }),
  (x) => new x.Live({ interval: "4" }),
  (x) => new x.Live({ interval: 4, start: "yesterday" }),
  (x) => new x.Live({ interval: 4, longest: 0 }),
  (x) => new x.Live({ intervalS: 4 }),
  (x) => new x.Live({ interval: 4 }, { lookback_s: 60 }),
  ({ live }) => live.push(),
  ({ live }) => live.push(96),
  ({ live }) => live.push([96]),
  ({ live }) => live.push({ spo2: 101 }),
  ({ live }) => live.push({ spo2: 96.5 }),
  ({ live }) => live.push({ spo2: "96" }),
  ({ live }) => live.push({ spo2: 96, pulse: -1 }),
  ({ live }) => live.push({ spo2: 96, motion: 1000 }),
  ({ live }) => live.push({ SpO2: 96 }),
  ({ live }) => live.push({ time: 0, spo2: 96 }),
  ({ live }) => live.push({ time: 4.5, spo2: 96 }),
  ({ live }) => live.push({ time: 60, spo2: 96 }),
  ({ live }) => live.skip(-1),
  ({ live }) => live.skip(),
  ({ live }) => live.skip(40_000_000),
  (x) => new x.Live({ interval: 4 }).skip(4),
  (x) => new x.Live({ interval: 4 }).push({ time: 4, spo2: 96 }),
  ({ night }) => night.reduce("perfusion", 0, 4, 1),
  ({ night }) => night.reduce("spo2", 4, 4, 1),
  ({ night }) => night.reduce("spo2", 0, 4, 0),
  ({ night }) => night.line("perfusion", 0, 4, 1),
  ({ night }) => night.line("spo2", 0, NaN, 1),
  ({ night }) => night.line("spo2", 0, 4, 1e9),
  ({ night }) => night.line("spo2", 0, 4, 1, { listed: 5 }),
  ({ night }) => night.events(),
  ({ night }) => night.events("pobm"),
  ({ night }) => night.events({ profile: "odi", depth_pct: 3 }),
  ({ night }) => night.events({ profile: "pobm" }),
  ({ night }) => night.events({ profile: "pobm", depth_pct: 11 }),
  ({ night }) => night.events({ profile: "pobm", depth_pct: 3, look_back_s: 60 }),
  ({ night }) => night.events({ profile: "aasm", depth_pct: 3, listed: 4 }),
  ({ night }) => night.reconcile({ profile: "aasm", depth_pct: 3 }),
  ({ night }) => night.reconcile({ profile: "aasm", depth_pct: 3 }, { profile: "mean120", depth_pct: 4, near_pct: 2 }),
  ({ night }) => night.analyze({ max_motion: 256 }),
  ({ night }) => night.analyze("aasm"),
  ({ night }) => night.hypoxicBurden([1], [], []),
  ({ night }) => night.hypoxicBurden([0], [-1], [1, 1, 1, 1]),
  ({ night }) => night.join({}),
  ({ night, x }) => night.join(x.Recording.parse(text("Time,SpO2,PR", "2030-01-02 22:00:00,97,60"))),
  (x) => x.nightStatistics([]),
  (x) => x.nightStatistics([1, NaN]),
  (x) => x.nightStatistics([1], { cutoffs: [15, 5] }),
  (x) => x.nightStatistics([1], { confidence: 95 }),
  (x) => x.nightStatistics([1], { atCutoff: "upper" }),
  (x) => x.compareNights([1], []),
];

const said = ({ name, code, message }) => [code ?? name, message];

/** Everything that is said, in order. */
export function everythingSaid(oxicore) {
  const refusal = (call) => {
    try {
      call();
    } catch (error) {
      return said(error);
    }
    return ["nothing", ""];
  };
  const night = oxicore.Recording.parse(text(ROW));
  const live = new oxicore.Live({ interval: 4 });
  live.push({ spo2: 96, pulse: 60 });
  const files = FILES.map(([, bytes, options]) => refusal(() => oxicore.Recording.parse(bytes, null, null, options).free()));
  const calls = CALLS.map((call) => refusal(() => call({ ...oxicore, x: oxicore, night, live })));
  night.free();
  const freed = [() => night.analyze(), () => night.length, () => oxicore.Recording.parse(text(ROW)).join(night)].map(refusal);
  live.finish();
  const ended = [() => live.push({ spo2: 96 }), () => live.dueS].map(refusal);
  return [...files, ...calls, ...freed, ...ended];
}
