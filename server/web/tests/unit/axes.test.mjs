import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { spo2Range, pulseRange, timeTicks, ClockWords } = await load("chart/axes.ts");
const seconds = (iso) => Date.parse(`${iso}Z`) / 1000;

test("the SpO2 axis reaches from a ten below the lowest reading, at least from 80, to 100", () => {
  assert.deepEqual([null, 95, 81, 80, 71, 70, 61, 60, 1, 0].map((lowest) => spo2Range(lowest)[0]), [80, 80, 80, 70, 70, 60, 60, 50, 0, 0]);
  assert.equal(spo2Range(61)[1], 100);
});

test("the pulse axis holds every reading and never spans less than 40 bpm", () => {
  for (let low = 0; low <= 300; low += 1) {
    for (const high of [low, low + 3, low + 17, low + 40, low + 93]) {
      const [from, to] = pulseRange(low, high);
      assert.ok(from <= low && to >= high && to - from >= 40 && from >= 0, `${low}-${high} gave ${from}-${to}`);
      assert.ok(from % 10 === 0 && to % 10 === 0, `${low}-${high} gave ${from}-${to}`);
    }
  }
});

test("a night without a pulse still has an axis", () => {
  assert.deepEqual(pulseRange(null, null), [50, 90]);
});

test("time ticks stand at round clock times, far enough apart", () => {
  const from = seconds("2025-01-29T20:35:10");
  const ticks = timeTicks(from, from + 36_004, 1200, 84);
  assert.equal(ticks[0], seconds("2025-01-29T21:00:00"));
  assert.ok(ticks.every((tick) => tick % 3600 === 0));
  assert.equal(ticks.length, 10);
});

test("a window of a minute has ticks to the second", () => {
  const from = seconds("2025-01-29T20:35:10");
  assert.deepEqual(timeTicks(from, from + 60, 600, 84), [0, 10, 20, 30, 40, 50, 60].map((second) => from + second));
});

test("times are those of the device, also in the hour the browser's zone skips", () => {
  const clock = new ClockWords("ro");
  assert.equal(clock.exact(seconds("2025-03-30T03:15:08")), "03:15:08"); // Romania jumps from 03:00 to 04:00 in that night
  assert.equal(clock.minute(seconds("2025-10-26T00:00:00")), "00:00");
});

test("dates are written in the page's language", () => {
  assert.equal(new ClockWords("ro").date(seconds("2025-01-29T20:35:10")), "miercuri, 29 ianuarie 2025");
  assert.equal(new ClockWords("en").date(seconds("2025-01-29T20:35:10")), "Wednesday, 29 January 2025");
});

test("the first tick and midnight name the day", () => {
  const ticks = [22, 23, 24, 25].map((hour) => seconds("2025-01-29T00:00:00") + hour * 3600);
  assert.deepEqual(new ClockWords("ro").ticks(ticks), ["22:00\n29 ian.", "23:00", "00:00\n30 ian.", "01:00"]);
});
