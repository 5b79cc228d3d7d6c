import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { LEVEL_PROFILES, colourAt, levelStops } = await load("chart/theme/level.ts");
const { LEVEL_COLOURS, THEMES } = await load("chart/theme/generated.ts");
const { themeOf } = await load("chart/theme/colours.ts");
const { strokeScale } = await load("chart/theme/line-width.ts");

test("a reading on a boundary belongs to the upper zone", () => {
  assert.deepEqual([84, 85, 92, 93].map((pct) => colourAt("three-zones", pct)), ["#dc143c", "#ff8c00", "#ff8c00", "#32cd32"]);
  assert.deepEqual([89, 90, 95, 96].map((pct) => colourAt("medical", pct)), ["#ff0000", "#ffd700", "#ffd700", "#00c853"]);
  assert.deepEqual([90, 91].map((pct) => colourAt("simple", pct)), ["#d62728", "#2ca02c"]);
});

test("the first choice is the steps of the theme", () => {
  assert.deepEqual([LEVEL_PROFILES[0], LEVEL_COLOURS.steps], ["steps", THEMES.light.levels]);
});

test("every profile covers the scale from end to end in order, and changes half a percent below a level", () => {
  for (const profile of LEVEL_PROFILES) {
    const places = levelStops(profile).map(([at]) => at);
    assert.deepEqual([places[0], places.at(-1)], [0, 100], profile);
    assert.deepEqual(places, [...places].sort((a, b) => a - b), profile);
    assert.ok(places.slice(1, -1).every((at) => at % 1 === 0.5), profile);
  }
});

test("the gray colours leave no other colour around the line", () => {
  const isGray = (colour) => /^#(..)\1\1(..)?$/.test(colour);
  const { thresholds, ...others } = themeOf("grayscale");
  assert.ok([...Object.values(others), ...thresholds.map(({ colour }) => colour)].every(isGray));
});

test("lines are half as wide for the whole night and full for a hundredth of it", () => {
  assert.deepEqual([1, 2].map((whole) => strokeScale(1, whole)), [0.5, 0.75]);
  assert.equal(strokeScale(1, 1000), strokeScale(1, 100));
  assert.ok(Math.abs(strokeScale(1, 100) - 0.995) < 1e-12);
});
