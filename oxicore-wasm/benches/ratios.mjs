/** The npm package against JavaScript: `node --expose-gc benches/ratios.mjs [--json FILE]`. Says each ratio, its goal, and PASS or the figure reached. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { Recording } from "../pkg/node/oxicore.mjs";
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
  const { time, spo2, spo2_valid, pulse, motion } = ours(bytes);
  const given = { time, spo2: spo2.map((value, index) => value * spo2_valid[index]), pulse, motion };
  assert.deepEqual(plain(bytes), given);
  assert.deepEqual(tuned(bytes), given);
}

function ratios({ bytes }) {
  const us = race({ ours: () => ours(bytes), plain: () => plain(bytes), tuned: () => tuned(bytes) });
  const row = (name, peer, goal) => {
    const ratio = peer / us.ours;
    return { group: "web", name, ours: us.ours, peer, unit: "us", ratio, goal, pass: ratio >= goal };
  };
  return [row("file to typed columns: split and Date", us.plain, 60), row("file to typed columns: tuned over bytes", us.tuned, 1.8)];
}

/** First, lowest, highest and last reading of each column, in ten lines. */
function plainReduction({ time, spo2, spo2_valid }, from, to, columns) {
  const places = Array.from({ length: columns }, () => null);
  for (let at = 0; at < time.length; at += 1) {
    if (spo2_valid[at] === 0 || time[at] < from || time[at] >= to) continue;
    const column = Math.floor(((time[at] - from) * columns) / (to - from));
    const place = (places[column] ??= { first: at, min: at, max: at, last: at });
    if (spo2[at] < spo2[place.min]) place.min = at;
    if (spo2[at] > spo2[place.max]) place.max = at;
    place.last = at;
  }
  return places;
}

/** A night in the module; options that change with each call, so that the analysis that is kept does not answer. */
function stages(night) {
  const columns = night.columns();
  const [end, middle] = [night.recordingS, night.recordingS / 2];
  let turn = 0;
  const us = race({
    analysis: () => night.analyze({ trim_start_s: (turn += 1) % 2 }),
    reduceNight: () => night.reduce("spo2", 0, end, 1000),
    plainNight: () => plainReduction(columns, 0, end, 1000),
    reduceWindow: () => night.reduce("spo2", middle, middle + 600, 600),
    plainWindow: () => plainReduction(columns, middle, middle + 600, 600),
    lineNight: () => night.line("spo2", 0, end, 1000),
  });
  const row = (name, ours, peer, goal) => ({ group: "web", name, ours, peer, unit: "us", ratio: null, goal, bound: "at-most", pass: ours <= goal });
  return [
    row("analysis of a night", us.analysis, null, 1200),
    row("reduction of a night, and ten lines of JavaScript", us.reduceNight, us.plainNight, 500),
    row("of ten minutes, and ten lines of JavaScript", us.reduceWindow, us.plainWindow, 200),
    row("line of a night", us.lineNight, null, 500),
  ];
}

/** Figures that must stay below their goal; there is no peer. */
function figures() {
  const most = (name, ours, unit, goal) => ({ group: "web", name, ours, peer: null, unit, ratio: null, goal, bound: "at-most", pass: ours <= goal });
  const kB = (path) => brotliCompressSync(readFileSync(here(path))).length / 1000;
  const size = kB("../pkg/web/oxicore_bg.wasm") + kB("../pkg/web/oxicore.js");
  return [
    most("module and glue, brotli", size, "kB", 90),
    most("start in Node.js, to the first file read", startMs(here("../pkg/node/oxicore.mjs").href), "ms", 20),
  ];
}

function line({ name, ours, peer, unit, ratio, goal, bound, pass }) {
  const figure = bound === "at-most" ? `${ours.toFixed(1)} ${unit}, goal at most ${goal}${peer ? `; ${peer.toFixed(1)}` : ""}` : `${ratio.toFixed(1)}x, goal ${goal}x`;
  return `${name.padEnd(48)} ${figure}  ${pass ? "PASS" : "not reached"}`;
}

const { values: given } = parseArgs({ options: { json: { type: "string" } } });
const night = madeUpNight();
assertSame(night.bytes);
const rows = [...ratios(night), ...stages(Recording.parse(night.bytes)), ...figures()];
for (const row of rows) console.log(line(row));
if (given.json) {
  const machine = { node: process.version, cpu: cpus()[0].model, rows: night.rows, bytes: night.bytes.length };
  writeFileSync(given.json, `${JSON.stringify({ machine, ratios: rows }, null, 2)}\n`);
}
