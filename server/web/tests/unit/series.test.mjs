import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { rows, isolated, belowRange, gaps, extremes } = await load("chart/series.ts");

/** A night at 1000 s with 4 s between samples; null is a missing reading. */
function night({ at, spo2, pulse = spo2.map(() => 60) }) {
  const channel = (values) => ({ values: values.map((value) => value ?? 0), valid: Uint8Array.from(values, (value) => (value === null ? 0 : 1)) });
  return { startS: 1000, intervalS: 4, atS: Uint32Array.from(at), spo2: channel(spo2), pulse: channel(pulse), motion: channel(spo2.map(() => null)) };
}

test("every sample is a row and a missing reading is no value", () => {
  const all = rows(night({ at: [0, 4, 8], spo2: [96, null, 88] }));
  assert.deepEqual(all.x, [1000, 1004, 1008]);
  assert.ok(all.spo2[1] == null);
});

test("a line runs on across 10 missing seconds and breaks after more", () => {
  const missing = (count) => night({ at: [...Array(count + 2).keys()].map((index) => index * 4), spo2: [96, ...Array(count).fill(null), 94] });
  assert.deepEqual(rows(missing(2)).spo2, [96, undefined, undefined, 94]);
  assert.deepEqual(rows(missing(3)).spo2, [96, null, null, null, 94]);
});

test("a bridge of one channel leaves the other as it is", () => {
  const all = rows(night({ at: [0, 4, 8], spo2: [96, null, 88], pulse: [60, 61, 62] }));
  assert.deepEqual([all.spo2[1], all.pulse[1]], [undefined, 61]);
});

test("where nothing was recorded for long the line breaks", () => {
  const all = rows(night({ at: [0, 4, 40], spo2: [96, 95, 94] }));
  assert.deepEqual([all.x, all.spo2], [[1000, 1004, 1008, 1040], [96, 95, null, 94]]);
  assert.deepEqual(gaps(all), [{ from: 1008, to: 1040 }]);
});

test("up to 10 s without a row break nothing", () => {
  assert.equal(rows(night({ at: [0, 5, 19], spo2: [96, 95, 94] })).breaks.size, 0);
  assert.equal(rows(night({ at: [0, 5, 20], spo2: [96, 95, 94] })).breaks.size, 1);
});

test("a run below the range of the ring is marked from the end of the reading before to the reading after, and nothing else is", () => {
  const missing = night({ at: [0, 4, 8, 12, 16], spo2: [66, null, null, 68, null] });
  assert.deepEqual(belowRange({ ...missing, belowRangeRuns: [{ before_s: 0, after_s: 12, readings: 2 }] }), [{ from: 1004, to: 1012 }]);
  assert.deepEqual(belowRange({ ...missing, belowRangeRuns: [] }), []);
});

test("a reading between two missing ones is found, also at the ends", () => {
  assert.deepEqual(isolated([90, null, 91, 92, null, 93, null, null, 94]), [0, 5, 8]);
  assert.deepEqual(isolated([90, undefined, 91, null, 92]), [4]);
});

test("extremes skip what is missing", () => {
  assert.deepEqual(extremes([null, 90, 61, null, 99]), [61, 99]);
  assert.deepEqual(extremes([null, null]), [null, null]);
});
