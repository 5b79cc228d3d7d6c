/** The viewer that never uploads, on a bare page of the promised shape. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { cleanContext, launch } from "./support/browser.mjs";
import { BAD_FILES, BINARY, CSV, fixturePath, GOLDEN } from "./support/fixtures.mjs";
import { servePages } from "./support/pages.mjs";

const NUMBERS = ["aasm.odi3.count", "aasm.odi3.per_h", "spo2.mean_pct", "spo2.min_pct", "pulse.mean_bpm", "viatom.spo2_bands.1.seconds"];
const BODY = `<section id="viewer"><input type="file" id="viewer-files" multiple><div id="viewer-notes"></div><div id="viewer-joins"></div>
<section id="viewer-comparison" hidden><div class="overlay-chart"></div><table><tbody></tbody></table></section><div id="viewer-nights"></div>
<template id="viewer-night"><article><h2 data-field="title"></h2><dl data-field="facts"></dl><div data-field="warnings"></div>
<ul data-field="notices"></ul><section class="night"></section><section class="desaturations-section"><p class="desaturations-none"></p>
<details><summary></summary><table><tbody></tbody></table></details></section><dl>${NUMBERS.map((path) => `<dd data-metric="${path}" data-format="fixed1" data-missing="none"></dd>`).join("")}</dl>
</article></template></section>`;
const MESSAGES = {
  "viewer-refused": "%name% refused:",
  "viewer-truncated": "%bytes% bytes short",
  "viewer-close": "Remove %name%",
  "parse-error-empty-file": "The file is empty.",
  "parse-error-bad-row": "A row cannot be read.",
  "parse-error-unknown": "Unreadable.",
  "parse-error-found": "In the file: “%text%”",
  "parse-error-expected": "Accepted, for example: “%text%”.",
  "parse-error-place-line-column": "line %line%, column %column%",
  "parse-error-place-offset": "byte %offset%",
};

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await servePages({ "/viewer": { body: BODY, script: "viewer.js", messages: MESSAGES } });
});
after(async () => {
  await browser.close();
  await site.stop();
});

function viewerTest(name, run) {
  test(name, async () => {
    const { context, troubles, open } = await cleanContext(browser);
    const page = await open();
    const requests = [];
    await page.goto(`${site.address}/viewer`);
    await page.waitForSelector("#viewer[data-viewer=ready]");
    page.on("request", (request) => requests.push(request));
    await run(page);
    const sent = requests.filter((request) => request.method() !== "GET" || request.postData() !== null);
    assert.deepEqual(sent.map((request) => request.url()), [], "nothing may be sent");
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

const choose = (page, files) => page.setInputFiles("#viewer-files", files);

async function numbersOf(article) {
  const shown = await article.locator("[data-metric]").evaluateAll((all) => all.map((dd) => [dd.dataset.metric, dd.dataset.value]));
  return Object.fromEntries(shown);
}

const at = (value, path) => path.split(".").reduce((here, step) => here[step], value);

for (const name of Object.keys(GOLDEN)) {
  viewerTest(`${name} gives the golden numbers in the browser`, async (page) => {
    await choose(page, fixturePath(name));
    const article = page.locator("article[data-chart=ready]");
    await article.waitFor();
    for (const [path, value] of Object.entries(await numbersOf(article))) {
      const expected = at(GOLDEN[name].summary, path);
      if (expected === null) assert.equal(value, "", path);
      else assert.ok(Math.abs(Number(value) - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${path}: ${value} for ${expected}`);
    }
  });
}

viewerTest("several files become several nights, each with its chart, and each can be removed", async (page) => {
  await choose(page, [fixturePath(CSV), fixturePath(BINARY)]);
  await page.waitForFunction(() => document.querySelectorAll("article").length === 2);
  await page.locator("article").last().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll("article[data-chart=ready]").length === 2);
  assert.equal(await page.locator(".night-panel-spo2 canvas").count(), 2);
  await page.getByRole("button", { name: `Remove ${CSV}` }).click();
  assert.deepEqual(await page.locator("article h2").allTextContents(), [BINARY]);
});

viewerTest("a dropped file is read", async (page) => {
  const bytes = [...readFileSync(fixturePath(CSV))];
  await page.evaluate(([content, name]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(content)], name));
    document.querySelector("#viewer").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [bytes, CSV]);
  await page.locator("article[data-chart=ready]").waitFor();
  assert.equal(await page.textContent("article h2"), CSV);
});

viewerTest("a bad file is refused with its place, the good one beside it is read", async (page) => {
  await choose(page, [BAD_FILES.row, BAD_FILES.empty, { name: "night", mimeType: "", buffer: readFileSync(fixturePath(BINARY)) }]);
  await page.locator("article[data-chart=ready]").waitFor();
  const refused = await page.locator(".viewer-refused").allTextContents();
  assert.deepEqual(refused, [
    "rand.csv refused: A row cannot be read. In the file: “22:00:04 Feb 30 2026” (line 3, column 1). Accepted, for example: “21:58:20 13/11/2025”.",
    "gol.csv refused: The file is empty.",
  ]);
});

viewerTest("a binary cut inside a record is read, and its loss is told", async (page) => {
  await choose(page, fixturePath("legacy_v3_truncated_mid_record_20260102235930"));
  await page.locator("article[data-chart=ready]").waitFor();
  const { truncated_bytes: bytes } = GOLDEN["legacy_v3_truncated_mid_record_20260102235930"].summary.notices;
  assert.ok((await page.locator("[data-field=notices] li").allTextContents()).includes(`${bytes} bytes short`));
});
