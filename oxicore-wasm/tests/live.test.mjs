/** A night that is analysed while it is recorded has the numbers of columns that end there. */
import assert from "node:assert/strict";
import test from "node:test";
import { Live, Recording } from "../pkg/node/oxicore.mjs";
import { differences, fixture, json, random, realNights } from "./support.mjs";

const CHANNELS = ["spo2", "pulse", "motion"];

/** The first records of columns, as columns to give. */
function first(columns, records, { intervalS, start }) {
  const part = Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, list.subarray(0, records)]));
  return Recording.fromColumns({ ...part, interval: intervalS, start });
}

/** Record by record, with null where there is no reading. */
function record(columns, at) {
  const readings = CHANNELS.map((name) => [name, columns[`${name}_valid`][at] === 1 ? columns[name][at] : null]);
  return { time: columns.time[at], ...Object.fromEntries(readings) };
}

/** Announces the time that is missing, where it must be. */
function push(live, one) {
  if (one.time > live.dueS + 10) live.skip(one.time - live.dueS);
  return live.push(one);
}

/** What is begun as an event at the end of the columns, without the pulse, which nobody knows yet. */
const openOf = (events) => events.filter(({ outcome }) => outcome === "end").map((event) => ({ ...event, pulse_rise: null }))[0] ?? null;

function assertSame(night, options, cuts) {
  const columns = night.columns();
  const live = new Live({ interval: night.intervalS, start: night.start, longest: night.recordingS }, options);
  const minDuration = options.min_duration_s ?? 10;
  assert.equal(live.summary(), null);
  const given = [];
  for (let at = 0; at < night.length; at += 1) {
    given.push(...push(live, record(columns, at)));
    if (!cuts.has(at + 1)) continue;
    const whole = first(columns, at + 1, night);
    assert.deepEqual(differences(live.summary(), whole.analyze(options)), [], `after ${at + 1} records`);
    const events = whole.desaturations(options);
    assert.deepEqual(given, events.slice(0, given.length), `events after ${at + 1} records`);
    const open = live.ongoing();
    if (!options.median3 && !options.trim_end_s) assert.deepEqual(open && open.end_s - open.onset_s >= minDuration ? open : null, openOf(events));
    whole.free();
  }
  const { summary, desaturations } = live.finish();
  const whole = first(columns, night.length, night);
  assert.deepEqual(differences(summary, whole.analyze(options)), []);
  assert.deepEqual([...given, ...desaturations], whole.desaturations(options));
  whole.free();
}

const SETTINGS = [
  {},
  { listed: 4, below_range: "bridge" },
  { median3: true, below_range: "gap", require_pulse: true },
  { trim_start_s: 120, trim_end_s: 90, include_sustained: true, include_truncated: true, min_duration_s: 4, look_back_s: 60 },
];

/** Random numbers of records, and the last. */
function cutsOf(night, next, count) {
  return new Set([1, 2, night.length, ...Array.from({ length: count }, () => 1 + Math.floor(next() * night.length))]);
}

const next = random(19);
for (const name of Object.keys(json("golden/synthetic.json"))) {
  test(`${name} is the same record by record, at random cuts and by several settings`, () => {
    const night = Recording.parse(fixture(name), name);
    if (night.intervalS <= 900) SETTINGS.forEach((options) => assertSame(night, options, cutsOf(night, next, 6)));
    night.free();
  });
}

const nights = realNights();

test("every real night is the same record by record, and has the numbers of its file", { skip: nights === null && "OXI_REAL_NIGHTS is not set" }, () => {
  for (const { name, bytes } of nights.values()) {
    const night = Recording.parse(bytes, name);
    SETTINGS.forEach((options) => assertSame(night, options, cutsOf(night, next, 5)));
    const again = first(night.columns(), night.length, night);
    const ofFile = night.analyze({ below_range: "bridge" });
    for (const part of ["quality", "spo2", "pulse", "aasm", "burden3", "burden4", "hours", "halves", "viatom"]) {
      assert.deepEqual(differences(again.analyze({ below_range: "bridge" })[part], ofFile[part]), [], `${name} ${part}`);
    }
    again.free();
    night.free();
  }
});

test("a night without halves is one that outgrew what it was said to be", () => {
  const halves = (longest) => {
    const live = new Live({ interval: 1, longest });
    for (let second = 0; second < 3600; second += 1) live.push({ spo2: 96 });
    return live.finish().summary.halves;
  };
  assert.equal(halves(60), null);
  assert.deepEqual(halves(3600).map(({ valid_s }) => valid_s), [1800, 1800]);
});

test("columns are lists of any kind, and what is missing is missing", () => {
  const spo2 = [96, null, undefined, NaN, 0, 127, 255, 88];
  const lists = [spo2, new Float32Array(spo2.map((pct) => pct ?? NaN)), new Uint8Array(spo2.map((pct) => pct ?? 0))];
  for (const list of lists) {
    const night = Recording.fromColumns({ interval: 4, spo2: list, start: "2026-01-02T23:59:56" });
    assert.deepEqual([...night.columns().spo2_valid], [1, 0, 0, 0, 0, 0, 0, 1]);
    assert.deepEqual([night.format, night.start, night.intervalS, night.recordingS], ["columns", "2026-01-02T23:59:56", 4, 32]);
    assert.deepEqual(night.columns().pulse_valid, new Uint8Array(8));
    night.free();
  }
});

test("without an interval the most frequent step is one, without a start nobody knows it", () => {
  const night = Recording.fromColumns({ time: [0, 4, 8, 100, 104], spo2: [96, 96, 95, 95, 96], pulse: new Uint16Array(5).fill(60) });
  assert.deepEqual([night.intervalS, night.recordingS, night.analyze().recording.start, night.notices.start_source], [4, 108, null, "unknown"]);
  night.free();
});

test("readings with a fraction are rounded, counted, and used as they are for the burden", () => {
  const night = Recording.fromColumns({ interval: 1, spo2: [96.4, 96.5, 95, null] });
  assert.deepEqual([...night.columns().spo2.slice(0, 3)], [96, 97, 95]);
  assert.deepEqual([night.notices.rounded_readings, night.notices.largest_rounding_pct], [2, 0.5]);
  night.free();
});

test("the columns of a recording are the same recording", () => {
  const name = "D1_vihealth_6col_20260102235930.csv";
  const night = Recording.parse(fixture(name), name);
  const again = first(night.columns(), night.length, night);
  assert.deepEqual(again.columns(), night.columns());
  again.free();
  night.free();
});
