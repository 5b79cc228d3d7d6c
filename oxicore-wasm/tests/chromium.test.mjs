/** The entry point `web` in headless Chromium, on the page and in a Web Worker. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openPage } from "./browser/site.mjs";
import { differences, json } from "./support.mjs";

const GOLDEN = json("golden/synthetic.json");
const CSV = "D1_vihealth_6col_20260102235930.csv";

let page;
let stop;
before(async () => ({ page, stop } = await openPage()));
after(() => stop());

/** What the worker answers about a fixture; typed arrays become lists on the way. */
const inWorker = (name) =>
  page.evaluate(async (name) => {
    const bytes = new Uint8Array(await (await fetch(`/fixtures/${encodeURIComponent(name)}`)).arrayBuffer());
    const { summary, events, indices } = await ask(name, bytes);
    return { summary, events, indices };
  }, name);

for (const [name, expected] of Object.entries(GOLDEN)) {
  test(`${name} gives the golden numbers in a worker of Chromium`, async () => {
    assert.deepEqual(differences(await inWorker(name), expected), []);
  });
}

test("the page and its worker come to the same numbers", async () => {
  const { here, there } = await page.evaluate(async (name) => {
    const bytes = new Uint8Array(await (await fetch(`/fixtures/${name}`)).arrayBuffer());
    const night = oxicore.Recording.parse(bytes, name);
    const here = night.analyze();
    night.free();
    return { here, there: (await ask(name, bytes)).summary };
  }, CSV);
  assert.deepEqual(there, here);
});

test("columns and files come out of a worker as copies of their own", async () => {
  const found = await page.evaluate(async (name) => {
    const bytes = new Uint8Array(await (await fetch(`/fixtures/${name}`)).arrayBuffer());
    const { columns, csv, summary } = await ask(name, bytes);
    const again = oxicore.Recording.parse(csv);
    const isOwn = columns.spo2.buffer.byteLength === columns.spo2.byteLength;
    const told = { isOwn, length: columns.spo2.length, records: summary.recording.records, again: again.length };
    again.free();
    return told;
  }, CSV);
  const { records } = GOLDEN[CSV].summary.recording;
  assert.deepEqual(found, { isOwn: true, length: records, records, again: records });
});

test("a bad file is refused in a worker with its class, code and place", async () => {
  const refused = await page.evaluate(async () => {
    const text = "Time,Oxygen Level,Pulse Rate,Motion\n23:59:56 Jan 02 2026,96,58,0\n00:00:00 Feb 30 2026,96,58,0\n";
    return (await ask("night.csv", new TextEncoder().encode(text))).refused;
  });
  assert.deepEqual(refused, { isParseError: true, code: "bad-row", line: 3, column: 1 });
});

test("every refusal has the words that it has in Node.js", async () => {
  const said = await page.evaluate(async () => (await import("/errors.mjs")).everythingSaid(oxicore));
  assert.deepEqual(said, JSON.parse(readFileSync(new URL("errors.json", import.meta.url), "utf8")));
});

test("what is used before it is ready says so", async () => {
  const said = await page.evaluate(async () => {
    const { Live, Recording, nightStatistics } = await import("/pkg/web/oxicore.js?not-ready");
    const why = (call) => {
      try {
        call();
      } catch ({ message }) {
        return message;
      }
    };
    return [() => Recording.parse(new Uint8Array(1)), () => Recording.fromColumns({}), () => new Live({ interval: 4 }), () => nightStatistics([1])].map(why);
  });
  assert.deepEqual(new Set(said), new Set(["oxicore is not ready: `await init()` once before anything else"]));
});

test("the README's worker needs no bundler and tells the numbers of the files it is sent, a bad one among them", async () => {
  const found = await page.evaluate(async (name) => {
    const file = new File([await (await fetch(`/fixtures/${name}`)).arrayBuffer()], name);
    const worker = new Worker("/readme/worker.js", { type: "module" });
    return new Promise((resolve, reject) => {
      const answers = [];
      worker.onmessage = ({ data: { name, refused, analysis } }) => answers.push({ name, refused, analysis }) === 3 && resolve(answers);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage([file, new File(["%PDF-1.7"], "letter.pdf"), file]);
    });
  }, CSV);
  const [first, bad, last] = found;
  assert.equal(bad.refused, "no oximeter file but a PDF document at byte 0");
  for (const { name, analysis } of [first, last]) {
    assert.equal(name, CSV);
    assert.deepEqual(differences(analysis, GOLDEN[CSV].summary), []);
  }
});
