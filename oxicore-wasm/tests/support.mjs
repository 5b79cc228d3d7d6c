import { readFileSync, readdirSync } from "node:fs";

const CORE_TESTS = new URL("../../oxicore/tests/", import.meta.url);

export const fixture = (name) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, CORE_TESTS)));
export const json = (path) => JSON.parse(readFileSync(new URL(path, CORE_TESTS), "utf8"));

/** The real nights by device number, or null and a line that says so. They are health data and never in the repository. */
export function realNights() {
  const folder = process.env.OXI_REAL_NIGHTS;
  if (!folder) {
    process.stdout.write("skipped: OXI_REAL_NIGHTS names no folder of real nights\n");
    return null;
  }
  const files = readdirSync(folder);
  return new Map(
    Object.keys(json("oracles/nights/expected.json")).map((id) => {
      const name = files.find((file) => file.includes(` ${id}_`));
      return [id, { name, bytes: new Uint8Array(readFileSync(`${folder}/${name}`)) }];
    }),
  );
}

/** Every number of `expected` must stand in `actual`; quotients may differ in their last bits. Returns the paths that differ. */
export function differences(actual, expected, path = "") {
  if (typeof expected === "number" && typeof actual === "number") {
    return Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)) ? [] : [`${path}: ${actual} for ${expected}`];
  }
  if (expected !== null && actual !== null && typeof expected === "object" && typeof actual === "object") {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => differences(actual[key], expected[key], `${path}/${key}`));
  }
  return actual === expected ? [] : [`${path}: ${actual} for ${expected}`];
}

/** The same random numbers every time (mulberry32). */
export const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  const mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  const again = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32;
};
