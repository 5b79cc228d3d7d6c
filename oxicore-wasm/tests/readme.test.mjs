/** The package as an application has it: installed by name, and doing what its README shows. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

test("the example of an error tells the place it promises", () => {
  const promised = /; \/\/ (.*)/.exec(EXAMPLES[1])[1];
  assert.equal(run(EXAMPLES[1]).trim(), promised);
});

test("the door for bundlers gives the same numbers as that for Node.js", () => {
  const program = (door) => `
    import { readFileSync } from "node:fs";
    import { Recording } from ${JSON.stringify(door)};
    console.log(JSON.stringify(Recording.parse(readFileSync("night.csv")).analyze()));`;
  const bundled = run(program("./node_modules/oxicore/bundler/oxicore.js"), "--experimental-wasm-modules");
  assert.equal(bundled, run(program("oxicore")));
});

test("a worker thread of Node.js reads a night and hands its columns over", () => {
  const told = run(`
    import { Worker, isMainThread, parentPort } from "node:worker_threads";
    import { readFileSync } from "node:fs";
    import { Recording } from "oxicore";
    if (isMainThread) {
      new Worker(new URL(import.meta.url)).on("message", ({ spo2, atS }) => console.log(spo2.length === atS.length, spo2.length > 100));
    } else {
      const { spo2, atS } = Recording.parse(readFileSync("night.csv")).columns();
      parentPort.postMessage({ spo2, atS }, [spo2.buffer, atS.buffer]);
    }`);
  assert.equal(told.trim(), "true true");
});

test("what is published has the three doors, the words and both licences", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: here("../pkg"), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const paths = files.map(({ path }) => path);
  for (const door of ["web", "nodejs", "bundler"]) assert.ok(paths.includes(`${door}/oxicore_bg.wasm`) && paths.includes(`${door}/oxicore.d.ts`), door);
  for (const words of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "package.json"]) assert.ok(paths.includes(words), words);
  assert.deepEqual(paths.filter((path) => path.startsWith(".") || path.includes("node_modules")), []);
});

test("all that a browser downloads stays within what a phone should", () => {
  const web = here("../pkg/web");
  const files = readdirSync(web, { recursive: true }).filter((name) => /\.(js|wasm)$/.test(name));
  assert.equal(files.length, 3, `module, glue and error classes: ${files.join(" ")}`);
  const size = files.reduce((kB, name) => kB + brotliCompressSync(readFileSync(join(web, name))).length / 1000, 0);
  assert.ok(size < 120, `${size.toFixed(1)} kB`);
});
