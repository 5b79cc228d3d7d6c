/** A worker that reads a thousand nights holds no more memory than after its first hundreds, whether it frees them or not. */
import assert from "node:assert/strict";
import test from "node:test";
import { Worker } from "node:worker_threads";
import { madeUpNight } from "../benches/night.mjs";

const NIGHTS = 1000;
const SETTLED = 300;
/** Far below what the nights between would take, 130 kB each and their files 250 kB. */
const MOST_MB = 60;

const program = (isFreed) => `
  import { parentPort } from "node:worker_threads";
  import { Recording } from ${JSON.stringify(new URL("../pkg/node/oxicore.mjs", import.meta.url).href)};
  parentPort.on("message", (file) => {
    const night = Recording.parse(file);
    const { aasm } = night.analyze();
    const line = night.line("spo2", 0, night.recordingS, 1000);
    if (${isFreed}) night.free();
    parentPort.postMessage({ count: aasm.odi3.count, points: line.value.length });
  });`;

/** Megabytes of the process after this many nights. */
async function memory(isFreed) {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program(isFreed))}`));
  const { bytes } = madeUpNight();
  const after = [];
  for (let night = 1; night <= NIGHTS; night += 1) {
    const file = bytes.slice().buffer;
    worker.postMessage(file, [file]);
    const { count, points } = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    assert.ok(count > 50 && points > 1000);
    if (night === SETTLED || night === NIGHTS) after.push(process.memoryUsage().rss / 1e6);
  }
  await worker.terminate();
  return after;
}

for (const isFreed of [true, false]) {
  test(`memory stays flat over ${NIGHTS} nights ${isFreed ? "that are freed" : "that are forgotten"}`, async () => {
    const [settled, last] = await memory(isFreed);
    assert.ok(last - settled < MOST_MB, `${settled.toFixed(0)} MB after ${SETTLED} nights, ${last.toFixed(0)} MB after ${NIGHTS}`);
    process.stdout.write(`${settled.toFixed(0)} MB after ${SETTLED} nights, ${last.toFixed(0)} MB after ${NIGHTS}\n`);
  });
}
