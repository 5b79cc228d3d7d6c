/** The declared types of the npm package and the JSON it gives: the compiler must find no field too many and none too few. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const GOLDEN = JSON.parse(readFileSync(here("../../../../oxicore/tests/golden/synthetic.json"), "utf8"));

function complaints(source) {
  const folder = mkdtempSync(join(tmpdir(), "oxi-types-"));
  try {
    writeFileSync(join(folder, "golden.ts"), source);
    const options = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
    execFileSync(process.execPath, [here("../../node_modules/typescript/bin/tsc"), ...options, join(folder, "golden.ts")], { encoding: "utf8" });
    return "";
  } catch (error) {
    return error.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const IMPORT = `import type { Analysis, Desaturation } from ${JSON.stringify(here("../../../../oxicore-wasm/pkg/web/oxicore.js"))};`;

test("every golden analysis has the declared type", () => {
  const values = Object.values(GOLDEN).map(({ summary, events }, index) =>
    `export const summary${index}: Analysis = ${JSON.stringify(summary)};\nexport const events${index}: Desaturation[] = ${JSON.stringify(events)};`,
  );
  assert.equal(complaints([IMPORT, ...values].join("\n")), "");
});

test("a field that is not declared would be found", () => {
  const [{ summary }] = Object.values(GOLDEN);
  assert.match(complaints(`${IMPORT}\nexport const a: Analysis = ${JSON.stringify({ ...summary, surprise: 1 })};`), /surprise/);
});
