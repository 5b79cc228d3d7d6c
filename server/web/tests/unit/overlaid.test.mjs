import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { clockStart, freeLine, LINES } = await load("compare/overlaid.ts");
const { readingAt } = await load("compare/overlay-readout.ts");

const at = (...moment) => ({ startS: Date.UTC(...moment) / 1000 });

test("nights of different days lie on one clock that runs from noon to noon", () => {
  assert.equal(clockStart(at(2026, 0, 2, 22, 30)), 22.5 * 3600);
  assert.equal(clockStart(at(2025, 6, 9, 12, 0)), 12 * 3600);
  assert.equal(clockStart(at(2026, 0, 3, 0, 15)), 24.25 * 3600);
});

test("a line that nobody has is taken first, then the one that the fewest have", () => {
  assert.deepEqual([freeLine([]), freeLine([0, 1, 3]), freeLine([1])], [0, 2, 0]);
  const all = LINES.map((_, line) => line);
  assert.deepEqual([freeLine(all), freeLine([...all, 0])], [0, 1]);
});

test("no two lines look the same without their colour", () => {
  assert.equal(new Set(LINES.map(({ dash }) => dash.join(" "))).size, LINES.length);
});

const night = { intervalS: 4, atS: Uint32Array.of(0, 4, 20), spo2: { values: Uint8Array.of(96, 0, 88), valid: Uint8Array.of(1, 0, 1) } };

test("a reading holds until the next one is due", () => {
  assert.deepEqual([0, 3.9, 20, 23].map((seconds) => readingAt(night, seconds)), [96, 96, 88, 88]);
});

test("before, between and after the readings there is none", () => {
  assert.deepEqual([-1, 4, 7, 8, 19, 24].map((seconds) => readingAt(night, seconds)), [null, null, null, null, null, null]);
});
