import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { duration, print } = await load("ui/format.ts");

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
