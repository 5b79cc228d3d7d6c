import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { TimeWindow } = await load("chart/window.ts");
const night = () => new TimeWindow(1000, 11_000, 60);
const shown = (window) => [window.from, window.to];

test("a new window shows the whole night", () => {
  assert.deepEqual([...shown(night()), night().isWhole], [1000, 11_000, true]);
});

test("a zoom keeps the moment under the pointer where it is", () => {
  const window = night();
  window.zoom(0.5, 3000); // a fifth of the way
  assert.deepEqual(shown(window), [2000, 7000]);
});

test("a zoom never leaves the night and never gets narrower than allowed", () => {
  const window = night();
  for (let round = 0; round < 50; round += 1) window.zoom(0.5, 1000);
  assert.deepEqual(shown(window), [1000, 1060]);
  for (let round = 0; round < 50; round += 1) window.zoom(3, 11_000);
  assert.deepEqual(shown(window), [1000, 11_000]);
});

test("moving stops at the edges with the width unchanged", () => {
  const window = night();
  window.show(2000, 3000);
  window.move(-5000);
  assert.deepEqual(shown(window), [1000, 2000]);
  window.move(50_000);
  assert.deepEqual(shown(window), [10_000, 11_000]);
});

test("followers hear the window at once and after each change, not when nothing changed", () => {
  const window = night();
  const heard = [];
  window.follow((from, to) => heard.push([from, to]));
  window.show(2000, 3000);
  window.show(2000, 3000);
  window.reset();
  assert.deepEqual(heard, [[1000, 11_000], [2000, 3000], [1000, 11_000]]);
});

test("a night of one sample still has a window", () => {
  assert.deepEqual(shown(new TimeWindow(1000, 1000, 60)), [1000, 1060]);
});
