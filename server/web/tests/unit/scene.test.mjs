import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { rows } = await load("chart/series.ts");
const { sceneOf } = await load("picture/scene.ts");

const clock = { ticks: (ticks) => ticks.map(String) };
const messages = { say: (key, { value = "" } = {}) => `${key} ${value}`.trim() };

/** A night of readings every 4 s from second 0 on, as the picture of a stretch of it needs it. */
function picture(spo2, from, to) {
  const channel = (values) => ({ values, valid: values.map((value) => (value === null ? 0 : 1)) });
  const night = { startS: 0, intervalS: 4, atS: spo2.map((_, index) => index * 4), spo2: channel(spo2), pulse: channel(spo2.map(() => 60)), motion: channel(spo2.map(() => null)) };
  const style = { level: "gradient", depth: 3, events: [], chosen: null };
  return sceneOf({ night, rows: rows(night), style, from, to, whole: spo2.length * 4, clock, messages, title: "", caption: "" });
}

const LEVEL = ({ stroke }) => stroke === "level";

test("the labels of the thresholds stand beside the curve of a picture: they hide no dip, and it does not run over them", () => {
  const { strokes } = picture([96, 95, 90, 89, 95], 0, 16);
  const labels = strokes.filter(({ text }) => text?.startsWith("chart-threshold"));
  const right = Math.max(...strokes.filter(LEVEL).flatMap(({ points }) => points.map(([x]) => x)));
  assert.deepEqual(labels.map(({ x, anchor }) => [x > right, anchor]), [[true, "start"], [true, "start"]]);
  assert.ok(labels[1].y - labels[0].y >= 14, "they do not touch");
});

test("the curve of a picture runs from edge to edge of the window, also between two readings", () => {
  const { strokes, levelY } = picture([96, 92, 92, 90, 90], 2, 10);
  const [{ points }] = strokes.filter(LEVEL);
  const pulse = strokes.filter(({ stroke }) => stroke === "#B3362F")[0].points;
  const ends = [points[0], points.at(-1)].map((point) => point.map(Math.round));
  assert.deepEqual(ends, [[72, Math.round(levelY(94))], [1232, Math.round(levelY(91))]]);
  assert.deepEqual([pulse[0][0], pulse.at(-1)[0]], [72, 1232]);
});

test("a gap at the edge of a picture stays a gap", () => {
  const { strokes } = picture([96, null, null, null, null, 92, 92], 2, 22);
  const curves = strokes.filter(LEVEL).map(({ points }) => points.map(([x]) => Math.round(x)));
  assert.deepEqual(curves, [[1116, 1232]]);
});
