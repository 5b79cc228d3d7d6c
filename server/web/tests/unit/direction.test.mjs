import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { complaintsAbout, scriptsOf } from "../../direction.mjs";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));
const made = (files) => new Map(Object.entries(files));

test("every import of the browser side goes with the direction, and no more than three files make a circle", () => {
  assert.deepEqual(complaintsAbout(scriptsOf(SRC)), []);
});

test("an import against the direction is named, however it is written", () => {
  const ways = [`import { a } from "../night/a";`, `export * from "../night/a";`, `const a = await import("../night/a");`, `import "../night/a";`, `import type {\n  A,\n} from '../night/a';`];
  for (const way of ways) {
    const scripts = made({ "ui/b.ts": way, "night/a.ts": "" });
    assert.deepEqual(complaintsAbout(scripts), ["ui/b.ts imports night/a.ts: against the direction"], way);
  }
});

test("rooms of one row do not know each other", () => {
  const scripts = made({ "viewer/a.ts": `import { b } from "../compare/b";`, "compare/b.ts": "" });
  assert.deepEqual(complaintsAbout(scripts), ["viewer/a.ts imports compare/b.ts: against the direction"]);
});

test("a back arrow put into the real files is found, also by way of a file that hands on what another has", () => {
  const scripts = scriptsOf(SRC);
  scripts.set("ui/dom.ts", `${scripts.get("ui/dom.ts")}\nexport { explore } from "../night/explorer";\n`);
  const complaints = complaintsAbout(scripts);
  assert.equal(complaints[0], "ui/dom.ts imports night/explorer.ts: against the direction");
  assert.match(complaints[1], /^a circle of \d+ files: .*night\/explorer\.ts.*ui\/dom\.ts/);
});

test("three files may know each other, four may not", () => {
  const ring = (names) => made(Object.fromEntries(names.map((name, at) => [`chart/${name}.ts`, `import "./${names[(at + 1) % names.length]}";`])));
  assert.deepEqual(complaintsAbout(ring(["a", "b", "c"])), []);
  assert.deepEqual(complaintsAbout(ring(["a", "b", "c", "d"])), ["a circle of 4 files: chart/a.ts, chart/b.ts, chart/c.ts, chart/d.ts"]);
});

test("a file beside the folders, or in one the order does not name, is told", () => {
  assert.deepEqual(complaintsAbout(made({ "loose.ts": "", "misc/a.ts": "", "assets.d.ts": "" })), [
    "loose.ts: stands in no folder of the order",
    "misc/a.ts: stands in no folder of the order",
  ]);
});
