/** The npm package against JavaScript: `node --expose-gc benches/ratios.mjs [--json FILE]`. Says each ratio, its goal, and PASS or the figure reached. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { Recording } from "../pkg/nodejs/oxicore.js";
import { race } from "./measure.mjs";
import { madeUpNight } from "./night.mjs";
import { plain } from "./plain.mjs";
import { startMs } from "./start.mjs";
import { tuned } from "./tuned.mjs";

const here = (path) => new URL(path, import.meta.url);

function ours(bytes) {
  const night = Recording.parse(bytes);
  const columns = night.columns();
  night.free();
  return columns;
}

/** A race is fair only if all come to the same values. */
function assertSame(bytes) {
  const { atS, spo2, spo2Valid, pulse, motion } = ours(bytes);
  const told = { atS, spo2: spo2.map((value, index) => value * spo2Valid[index]), pulse, motion };
  assert.deepEqual(plain(bytes), told);
  assert.deepEqual(tuned(bytes), told);
}

function ratios({ bytes }) {
  const us = race({ ours: () => ours(bytes), plain: () => plain(bytes), tuned: () => tuned(bytes) });
  const row = (name, peer, goal) => {
    const ratio = peer / us.ours;
    return { group: "web", name, ours: us.ours, peer, unit: "us", ratio, goal, pass: ratio >= goal };
  };
  return [row("file to typed columns: split and Date", us.plain, 60), row("file to typed columns: tuned over bytes", us.tuned, 1.8)];
}

/** Figures that must stay below their goal; there is no peer. */
function figures() {
  const most = (name, ours, unit, goal) => ({ group: "web", name, ours, peer: null, unit, ratio: null, goal, bound: "at-most", pass: ours <= goal });
  const kB = (path) => gzipSync(readFileSync(here(path)), { level: 9 }).length / 1000;
  const size = kB("../pkg/web/oxicore_bg.wasm") + kB("../pkg/web/oxicore.js");
  return [
    most("module and glue, gzip", size, "kB", 60),
    most("start in Node.js, to the first file read", startMs(here("../pkg/nodejs/oxicore.js").href), "ms", 20),
  ];
}

function line({ name, ours, peer, unit, ratio, goal, pass }) {
  const figure = peer === null ? `${ours.toFixed(1)} ${unit}, goal at most ${goal}` : `${ratio.toFixed(1)}x, goal ${goal}x`;
  return `${name.padEnd(48)} ${figure}  ${pass ? "PASS" : "not reached"}`;
}

const { values: given } = parseArgs({ options: { json: { type: "string" } } });
const night = madeUpNight();
assertSame(night.bytes);
const rows = [...ratios(night), ...figures()];
for (const row of rows) console.log(line(row));
if (given.json) {
  const machine = { node: process.version, cpu: cpus()[0].model, rows: night.rows, bytes: night.bytes.length };
  writeFileSync(given.json, `${JSON.stringify({ machine, ratios: rows }, null, 2)}\n`);
}
