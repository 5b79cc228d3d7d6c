/** Every refusal says what is wrong, in the words of tests/errors.json, which `OXI_BLESS=1` writes. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import * as oxicore from "../pkg/node/oxicore.mjs";
import { CALLS, FILES, everythingSaid } from "./errors.mjs";

const WORDS = new URL("errors.json", import.meta.url);

test("every refusal has its words", () => {
  const said = everythingSaid(oxicore);
  if (process.env.OXI_BLESS) writeFileSync(WORDS, `${JSON.stringify(said, null, 1)}\n`);
  assert.deepEqual(said, JSON.parse(readFileSync(WORDS, "utf8")));
});

test("no file is read that is none, and each says so by its code", () => {
  const codes = everythingSaid(oxicore).slice(0, FILES.length).map(([code]) => code);
  assert.deepEqual(codes, FILES.map(([code]) => code));
});

test("no call does anything it should refuse, and none says that the module broke", () => {
  const said = everythingSaid(oxicore).slice(FILES.length);
  assert.ok(CALLS.length >= 70, `${CALLS.length} calls`);
  said.forEach(([name, message], call) => {
    assert.ok(["RangeError", "TypeError", "Error", "already-joined", "too-far", "overlap", "other-kind"].includes(name), `${CALLS[call]}: ${name} ${message}`);
    assert.doesNotMatch(message, /unreachable|null pointer|undefined|memory access|ptr/);
    assert.ok(message.length > 10, `${CALLS[call]}: ${message}`);
  });
});

test("a freed night stays freed: freeing again is harmless", () => {
  const night = oxicore.Recording.fromColumns({ interval: 1, spo2: [96] });
  night.free();
  night.free();
  assert.throws(() => night.analyze(), /this Recording was freed or ended/);
  const live = new oxicore.Live({ interval: 1 });
  live.finish();
  live.free();
  assert.throws(() => live.push({ spo2: 96 }), /this Live was freed or ended/);
});
