/** The package's declarations, read by the strict compiler. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DOORS = ["web", "bundler", "nodejs"];
const OPTIONS = "--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom --types";

function complaints(file) {
  try {
    execFileSync(process.execPath, [here("../node_modules/typescript/bin/tsc"), ...OPTIONS.split(" "), "", here(file)], { encoding: "utf8" });
    return "";
  } catch (error) {
    return error.stdout;
  }
}

test("strict TypeScript takes every call that is declared and refuses what is not", () => {
  assert.equal(complaints("consumer.ts"), "");
});

test("all doors declare the same recording", () => {
  const recording = (door) => /export class Recording \{[^]*?\n\}/.exec(readFileSync(here(`../pkg/${door}/oxicore.d.ts`), "utf8"))[0];
  const [first, ...others] = DOORS.map(recording);
  for (const other of others) assert.equal(other, first);
});

test("every call and property of a recording is explained in the declarations", () => {
  const [recording] = /export class Recording \{[^]*?\n\}/.exec(readFileSync(here("../pkg/web/oxicore.d.ts"), "utf8"));
  const lines = recording.split("\n").slice(1, -1);
  const members = lines.map((line, index) => [line.trim(), lines[index - 1]?.trim()]).filter(([line]) => /^(static |readonly )?\w+[(:]/.test(line));
  const silent = members.filter(([, before]) => before !== "*/").map(([line]) => line);
  assert.ok(members.length >= 17, `${members.length} members`);
  assert.deepEqual(silent.filter((line) => line !== "free(): void;"), []);
});
