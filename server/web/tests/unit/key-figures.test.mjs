import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { valueAt, differences, duration, print } = await load("night/key-figures.ts");
const ANALYSIS = { spo2: { mean_pct: 88.21806783835218, min_pct: 61 }, pulse: null, quality: { short_recording: false }, viatom: { spo2_bands: [{ seconds: 1684 }] } };

/** As much of a page as the comparison looks at. */
const panel = (numbers) => ({
  querySelectorAll: (selector) =>
    selector.startsWith("[data-metric]") ? Object.entries(numbers).map(([metric, value]) => ({ dataset: { metric, value } })) : [],
});

test("a path finds its number, through lists too", () => {
  assert.equal(valueAt(ANALYSIS, "spo2.min_pct"), 61);
  assert.equal(valueAt(ANALYSIS, "viatom.spo2_bands.0.seconds"), 1684);
});

test("a number of something that is absent is null, a wrong path is undefined", () => {
  assert.equal(valueAt(ANALYSIS, "pulse.mean_bpm"), null);
  assert.equal(valueAt(ANALYSIS, "spo2.mean"), undefined);
  assert.equal(valueAt(ANALYSIS, "spo2"), undefined);
});

test("equal numbers are no difference, null is an empty value", () => {
  const page = panel({ "spo2.mean_pct": "88.21806783835218", "spo2.min_pct": "61", "pulse.mean_bpm": "", "quality.short_recording": "false" });
  assert.deepEqual(differences(page, { analysis: ANALYSIS, indices: [] }), []);
});

test("another number, a missing one and an unknown one are named", () => {
  const page = panel({ "spo2.mean_pct": "88.2181", "spo2.min_pct": "", "pulse.mean_bpm": "0", "spo2.lowest": "61" });
  assert.deepEqual(differences(page, { analysis: ANALYSIS, indices: [] }), ["spo2.mean_pct", "spo2.min_pct", "pulse.mean_bpm", "spo2.lowest"]);
});

test("an index of another definition that differs is named", () => {
  const rows = { "viatom-3": "14.3", "aasm-4": "9" };
  const page = {
    querySelectorAll: (selector) =>
      selector.startsWith("[data-index]") ? Object.entries(rows).map(([index, value]) => ({ dataset: { index, value } })) : [],
  };
  const indices = [{ profile: "viatom", threshold: "three", per_h: 14.3 }, { profile: "aasm", threshold: "four", per_h: 9.5 }];
  assert.deepEqual(differences(page, { analysis: ANALYSIS, indices }), ["aasm-4"]);
});

test("durations are hours, minutes and seconds", () => {
  assert.equal(duration(36_004), "10:00:04");
  assert.equal(duration(59), "0:00:59");
});

test("numbers are printed as the server prints them", () => {
  assert.deepEqual([0.25, 14.25, 2.5].map((value) => print(value, "fixed1", "en")), ["0.3", "14.3", "2.5"]);
  assert.equal(print(61.943138, "pct2", "ro"), "61,94 %");
  assert.equal(print(9001, "int", "ro"), "9001");
  assert.deepEqual([1684, 22_304, 36_008, 0].map((value) => print(value, "vendor-duration", "ro")), ["28:04", "06:11:44", "10:00:08", "00:00"]);
});
