import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { localTime } = await load("ui/local-time.ts");

test("a moment is told on the reader's clock with its zone, in summer and in winter", () => {
  assert.match(localTime("2026-07-01T20:35:00Z", "ro", "Europe/Bucharest"), /^01\.07\.2026, 23:35 \S+/);
  assert.match(localTime("2026-01-29T23:35:00Z", "en", "Europe/Bucharest"), /^30\/01\/2026, 01:35 (EET|GMT\+2)$/);
});

test("what is no moment stays as the server wrote it", () => {
  assert.equal(localTime("yesterday", "ro"), null);
});
