/** The package's declarations, read by the strict compiler. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const OPTIONS = "--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2022 --lib es2022,dom";

function complaints(file, resolution = "--module esnext --moduleResolution bundler") {
  try {
    const options = `${OPTIONS} ${resolution} --types`.split(" ");
    execFileSync(process.execPath, [here("../node_modules/typescript/bin/tsc"), ...options, "", file], { encoding: "utf8" });
    return "";
  } catch (error) {
    return error.stdout;
  }
}

test("strict TypeScript takes every call that is declared and refuses what is not", () => {
  assert.equal(complaints(here("consumer.ts")), "");
});

test("every entry point has declarations, for import and for require", () => {
  const application = mkdtempSync(join(tmpdir(), "oxi-types-"));
  mkdirSync(join(application, "node_modules"));
  symlinkSync(here("../pkg"), join(application, "node_modules/oxicore"));
  for (const file of ["resolved.mts", "resolved.cts"]) {
    copyFileSync(here(file), join(application, file));
    assert.equal(complaints(join(application, file), "--module nodenext --moduleResolution nodenext"), "", file);
  }
  rmSync(application, { recursive: true });
});

test("every call and property is explained in the declarations", () => {
  const classes = readFileSync(here("../pkg/web/oxicore.d.ts"), "utf8").match(/export class (Recording|Live) \{[^]*?\n\}/g);
  assert.equal(classes.length, 2);
  const lines = classes.flatMap((text) => text.split("\n").slice(1, -1));
  const members = lines.map((line, index) => [line.trim(), lines[index - 1]?.trim()]).filter(([line]) => /^(static |readonly )?\w+[(:]/.test(line));
  const silent = members.filter(([, before]) => before !== "*/").map(([line]) => line);
  assert.ok(members.length >= 28, `${members.length} members`);
  assert.deepEqual(silent.filter((line) => line !== "free(): void;"), []);
});
