/**
 * The packed archive in the places where people are: `node places/run.mjs FOLDER [--ci] [WORD...]`, in a folder of its own; a
 * word chooses the places that it is in. Prints a table; fails where a place does.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EXPECTED } from "./check.mjs";
import { PLACES } from "./places.mjs";
import { closeBrowser, run } from "./tools.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { ci: { type: "boolean", default: false } } });
const [root, ...words] = positionals;
const FOLDER = resolve(root);
const PKG = fileURLToPath(new URL("../pkg", import.meta.url));

async function pack() {
  mkdirSync(FOLDER, { recursive: true });
  const name = (await run(PKG, ["npm", "pack", "--silent", "--pack-destination", FOLDER])).trim().split("\n").at(-1);
  return join(FOLDER, name);
}

/** Places with the same packages share a folder of them. */
async function prepare({ install = {}, files }, archive) {
  const name = Object.entries(install).map(([tool, version]) => `${tool}-${version}`).join("_") || "none";
  const folder = join(FOLDER, name);
  const manifest = { private: true, type: "module", dependencies: { ...install, oxicore: `file:${archive}` } };
  for (const old of ["src", "dist", "app", "alone", ".next"]) rmSync(join(folder, old), { recursive: true, force: true });
  for (const [file, text] of Object.entries({ "package.json": JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  if (!prepared.has(name)) {
    rmSync(join(folder, "node_modules/oxicore"), { recursive: true, force: true });
    rmSync(join(folder, "package-lock.json"), { force: true });
    await run(folder, ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]);
    prepared.add(name);
  }
  return folder;
}

const prepared = new Set();
const archive = await pack();
let failed = 0;
for (const place of PLACES.filter((one) => (!values.ci || one.ci) && (words.length === 0 || words.some((word) => one.place.includes(word))))) {
  const begun = Date.now();
  const said = await prepare(place, archive).then(place.ask).catch((error) => `${error.message}`);
  const isGreen = said === EXPECTED;
  failed += Number(!isGreen);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`${place.place.padEnd(34)} ${place.entry.padEnd(24)} ${isGreen ? "works" : "FAILS"} ${seconds.padStart(6)} s${isGreen ? "" : `\n  ${said.replaceAll("\n", "\n  ")}`}`);
}
await closeBrowser();
console.log(`${failed} of the places failed`);
process.exitCode = failed === 0 ? 0 : 1;
