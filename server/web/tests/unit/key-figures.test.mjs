import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { valueAt, differences } = await load("night/key-figures.ts");
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
