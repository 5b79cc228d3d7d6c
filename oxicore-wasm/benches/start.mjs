/** Processor time from `import` to the first recording read, in a fresh Node.js: what a command line tool waits for. */
import { execFileSync } from "node:child_process";
import { median } from "./measure.mjs";

const STARTS = 15;

const program = (packageUrl) => `
  const before = process.cpuUsage();
  const { Recording } = await import(${JSON.stringify(packageUrl)});
  Recording.parse(new TextEncoder().encode("22:00:00 Jan 02 2026,96,58,0\\n")).free();
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);`;

/** Milliseconds, median of fresh processes. */
export function startMs(packageUrl) {
  const once = () => Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program(packageUrl)], { encoding: "utf8" }));
  return median(Array.from({ length: STARTS }, once));
}
