import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { STOPS, LEVEL_PROFILES, levelStops } = await load("chart/theme/level.ts");
const { strokeScale } = await load("chart/theme/line-width.ts");

/** The colour of a whole percent in a profile of zones: that of the last stop at or below it. */
const zone = (profile, pct) => levelStops(profile).filter(([at]) => at <= pct).at(-1)[1];

test("the gradient has the stops that doctors know", () => {
  assert.equal(
    STOPS.gradient.map((stop) => stop.join(" ")).join(", "),
    "0 #6A0DAD, 0.21 #C42557, 0.42 #D62728, 0.58 #FF7F0E, 0.63 #FFB900, 0.71 #F0D40A, 0.79 #B8D627, 0.83 #2CA02C, 0.875 #1E8A34, 0.96 #0F652A, 1 #004D21",
  );
});

test("the simple colours change between 90 and 91 %", () => {
  assert.deepEqual(STOPS.simple, [[0, "#D62728"], [0.62, "#D62728"], [0.63, "#2CA02C"], [1, "#2CA02C"]]);
});

test("three zones change at 85 and above 92 %", () => {
  assert.deepEqual([75, 84, 85, 92, 93, 99].map((pct) => zone("three-zones", pct)), ["#DC143C", "#DC143C", "#FF8C00", "#FF8C00", "#32CD32", "#32CD32"]);
});

test("medical colours change at 90 and above 95 %", () => {
  assert.deepEqual([89, 90, 95, 96].map((pct) => zone("medical", pct)), ["#FF0000", "#FFD700", "#FFD700", "#00C853"]);
});

test("every profile covers the scale from end to end in order", () => {
  for (const profile of LEVEL_PROFILES) {
    const places = STOPS[profile].map(([at]) => at);
    assert.deepEqual([places[0], places.at(-1)], [0, 1], profile);
    assert.deepEqual(places, [...places].sort((a, b) => a - b), profile);
  }
});

test("lines are half as wide for the whole night and full for a hundredth of it", () => {
  assert.deepEqual([1, 2].map((whole) => strokeScale(1, whole)), [0.5, 0.75]);
  assert.equal(strokeScale(1, 1000), strokeScale(1, 100));
  assert.ok(Math.abs(strokeScale(1, 100) - 0.995) < 1e-12);
});
