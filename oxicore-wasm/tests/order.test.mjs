/** The order of the module's functions, which makes it smaller once compressed and changes nothing else. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { deflateRawSync } from "node:zlib";
import { byLikeness, named, partsOf, tried } from "../../xtask/glue/order.mjs";

const MODULE = readFileSync(new URL("../pkg/web/oxicore_bg.wasm", import.meta.url));
const { bodies } = partsOf(MODULE);
const sizeOf = (order) => deflateRawSync(Buffer.concat(order.map((one) => bodies[one])), { level: 9 }).length;

test("what is alike stands together behind the longest", () => {
  const texts = ["the quick brown fox", "0123456789", "a quick brown dog jumps", "x0123456789"].map((text) => Buffer.from(text));
  assert.deepEqual(byLikeness(texts), [2, 0, 3, 1]);
});

test("every function of a module gets a name that says its place", () => {
  const module = Buffer.from("\0asm\x01\0\0\0\x0a\x07\x02\x02\0\x0b\x02\0\x0b", "latin1");
  const made = named(module, [1, 0]);
  assert.deepEqual(made.subarray(0, module.length), module);
  assert.ok(made.subarray(module.length).toString("latin1").endsWith("\x04name\x01\x11\x02\0\x06000001\x01\x06000000"));
});

test("a tried order holds every function once, is never larger, and is always the same", () => {
  const start = [...bodies.keys()].reverse();
  const order = tried(start, bodies, 40);
  assert.deepEqual([...order].sort((a, b) => a - b), [...bodies.keys()]);
  assert.ok(sizeOf(order) < sizeOf(start));
  assert.deepEqual(tried(start, bodies, 40), order);
});
