import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Recording } from "../pkg/node/oxicore.mjs";

const ORACLES = new URL("../../oxicore/tests/oracles/", import.meta.url);
const lines = (name) => readFileSync(new URL(name, ORACLES), "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** A file of this maker's app with these readings, null for none. */
function night(at, spo2, pulse, header = "Time,Oxygen Level,Pulse Rate,Motion") {
  const cell = (value) => value ?? "--";
  const clock = (second) => new Date(Date.UTC(2026, 0, 2, 22) + second * 1000).toISOString().slice(0, 19);
  const rows = at.map((second, i) => `${clock(second)},${cell(spo2[i])},${cell(pulse[i])},0`);
  return Recording.parse(new TextEncoder().encode(`${[header, ...rows].join("\n")}\n`));
}

for (const expected of lines("below_range.jsonl")) {
  test(`readings below the ring's range, ${expected.name ?? expected.k}: events, flags and counts`, () => {
    const made = night(expected.t, expected.s, expected.p);
    for (const [below_range, word] of [["gap", "gap"], ["bridge", "bridged"]]) {
      const { aasm, quality } = made.analyze({ below_range });
      assert.equal(quality.below_range_readings, expected.below_range_readings);
      const runs = made.belowRangeRuns({ below_range });
      assert.deepEqual(runs.map(({ before_s, after_s }) => [before_s, after_s]), expected.runs);
      assert.equal(runs.reduce((sum, { readings }) => sum + readings, 0), expected.below_range_readings);
      for (const [listed, counts] of [[3, aasm.odi3], [4, aasm.odi4]]) {
        const events = made.desaturations({ below_range, listed });
        const rows = events.map((e) => [e.onset_s, e.nadir_s, e.end_s, e.peak_pct, e.nadir_pct, e.area_pct_s, e.outcome]);
        assert.deepEqual(rows, expected[`aasm${listed}_${word}`]);
        const flagged = expected[`aasm${listed}_${word}_below_range`];
        assert.deepEqual(events.map((event) => event.below_range), flagged.events);
        assert.deepEqual(counts.below_range_events, { all: flagged.all, counted: flagged.counted });
      }
    }
    made.free();
  });
}

test("another maker's recording has no readings below the range until the caller says so", () => {
  const { t, s, p, below_range_readings: expected } = lines("below_range.jsonl").find((row) => row.below_range_readings > 0);
  const other = night(t, s, p, "Time,SpO2,Pulse,Motion");
  assert.equal(other.analyze().quality.below_range_readings, 0);
  assert.deepEqual(other.belowRangeRuns(), []);
  assert.equal(other.analyze({ below_range: "gap" }).quality.below_range_readings, expected);
  assert.throws(() => other.analyze({ below_range: "no" }), RangeError);
  const again = Recording.parse(other.toCsv());
  assert.equal(again.analyze().quality.below_range_readings, 0);
  other.free();
  again.free();
});

for (const { k, spo2, event_start_s: starts, event_duration_s: durations, sleep, expected } of lines("calchb/cases.jsonl")) {
  test(`the burden of scored events, ${k}`, () => {
    const made = night(spo2.map((_, at) => at), spo2, spo2.map(() => 60));
    const found = made.hypoxicBurden(starts, durations, sleep);
    assert.deepEqual([found.window_s, found.area_pct_s, found.events], [expected.window_s, expected.area_pct_s, expected.events]);
    assert.ok(Math.abs(found.hypoxic_burden_pctmin_h - expected.hypoxic_burden_pctmin_h) < 1e-9);
    assert.throws(() => made.hypoxicBurden(starts, durations.slice(1), sleep), /starts of events and/);
    assert.throws(() => made.hypoxicBurden(starts, durations, sleep.slice(1)), /entries of sleep/);
    assert.equal(made.hypoxicBurden([], [], sleep), null);
    made.free();
  });
}

test("readings a minute apart have a distribution and no index", () => {
  const at = Array.from({ length: 120 }, (_, i) => 60 * i);
  const made = night(at, at.map((_, i) => (i % 10 === 0 ? 85 : 96)), at.map(() => 60));
  const { notices, spo2, aasm, burden3 } = made.analyze();
  assert.equal(notices.interval_too_coarse, true);
  assert.ok(spo2.below_90_pct > 9);
  assert.deepEqual([aasm.odi3.per_h, burden3], [null, null]);
  assert.ok(made.compare().every(({ per_h, interval_too_coarse }) => per_h === null && interval_too_coarse));
  made.free();
});
