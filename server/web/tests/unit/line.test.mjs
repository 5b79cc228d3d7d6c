import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { lineOf, traceLine } = await load("chart/render/line.ts");
const { columnsOf, thicken } = await load("chart/render/columns.ts");

/** Readings every second from second 0 on; null is a missing one. */
function line(spo2, at = spo2.map((_, index) => index)) {
  const channel = { values: spo2.map((value) => value ?? 0), valid: spo2.map((value) => (value === null ? 0 : 1)) };
  return lineOf({ atS: Uint32Array.from(at), intervalS: 1 }, channel, 0);
}

/** Heights are counted downward from 100 %, a pixel a percent. */
const scales = (pixels, seconds) => ({ x: 0, perSecond: pixels / seconds, y: 100, perUnit: -1 });

/** The drawn line, a list of points for each unbroken part. */
function drawn(one, pixels, from, to) {
  const parts = [];
  const pen = { moveTo: (...point) => parts.push([point]), lineTo: (...point) => parts.at(-1).push(point) };
  const { perSecond, ...rest } = scales(pixels, to - from);
  traceLine(pen, one, { ...rest, perSecond, x: -from * perSecond }, from, to);
  return parts;
}

const night = Array.from({ length: 36_000 }, (_, index) => (index === 20_000 ? 61 : 94 + (index % 5)));

test("however many readings fall on a column of pixels, two points are drawn there, and the one dip among them", () => {
  const points = drawn(line(night), 600, 0, 36_000).flat();
  const onColumn = new Map();
  for (const [x] of points) onColumn.set(x, (onColumn.get(x) ?? 0) + 1);
  assert.ok(Math.max(...onColumn.values()) <= 2);
  assert.equal(Math.max(...points.map(([, y]) => y)), 39, "61 %");
});

test("only readings of the window are drawn, and one beside it at both ends", () => {
  const points = drawn(line(night), 1000, 10_000, 10_100).flat();
  assert.ok(points.length <= 103, `${points.length} points`);
  assert.deepEqual([points[0][0], points.at(-1)[0]], [-10, 1000]);
});

test("a gap stays a gap, and a reading alone between two is seen", () => {
  const parts = drawn(line([96, 95, 90, 94, 93], [0, 1, 40, 80, 81]), 100, 0, 100);
  assert.deepEqual(parts, [[[0, 4], [1, 5]], [[40, 10], [41, 10]], [[80, 6], [81, 7]]]);
});

const stage = (pixels, seconds) => ({ ...scales(pixels, seconds), from: 0, to: seconds, left: 0, width: pixels });

test("columns hold every dip of a dense line", () => {
  const { top, bottom } = columnsOf(line(night), stage(600, 36_000));
  assert.equal(bottom[Math.floor(20_000 / 60)], 39);
  assert.ok(top.every((y) => y === 2));
});

test("a gap leaves columns empty, and a slope covers what it crosses", () => {
  const { top, bottom } = columnsOf(line([90, 80, 70], [0, 4, 50]), stage(60, 60));
  assert.deepEqual([[...top.slice(0, 6)], [...bottom.slice(0, 5)]], [[10, 12.5, 15, 17.5, 20, Infinity], [12.5, 15, 17.5, 20, 20]]);
  assert.deepEqual([top[49], top[50], top[51]], [Infinity, 30, Infinity]);
});

test("a thick line reaches to both sides of a dip", () => {
  const { top, bottom } = thicken({ top: Float64Array.of(Infinity, 10, Infinity), bottom: Float64Array.of(-Infinity, 30, -Infinity) }, 3);
  assert.deepEqual([[...top], [...bottom]], [[8.5, 8.5, 8.5], [31.5, 31.5, 31.5]]);
});
