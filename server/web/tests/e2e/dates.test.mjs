/** A night whose day and month cannot be told apart, in a real browser: its doctor answers, and page, chart, exports and patient's page follow. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const FILES = "#upload input[type=file]";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Twenty minutes of the evening of 05/06/2025: the 5th of June, or the 6th of May. */
function ambiguous(name = "noapte.csv") {
  const two = (value) => String(value).padStart(2, "0");
  const row = (index) => `22:${two(Math.floor((index * 4) / 60))}:${two((index * 4) % 60)} 05/06/2025,${index % 40 < 8 ? 90 : 96},60,0`;
  const rows = Array.from({ length: 300 }, (_, index) => row(index));
  return { name, mimeType: "text/csv", buffer: Buffer.from(["Time,Oxygen Level,Pulse Rate,Motion", ...rows, ""].join("\n")) };
}

/** A story in a browser and on a platform of its own. */
function story(name, run, options = {}) {
  test(name, async () => {
    const platform = await startPlatform();
    const { context, troubles, open } = await cleanContext(browser, { acceptDownloads: true, ...options });
    const page = await open();
    try {
      await logIn(page, platform.address);
      await page.goto(`${platform.address}/recordings`);
      await run(page, context);
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
      await platform.stop();
    }
  });
}

const loaded = (page, act) => Promise.all([page.waitForEvent("load"), act()]);
const start = (page) => page.textContent("h1");

/** The date of the interactive chart's picture, once its numbers and its start are the server's. */
async function chartReady(page) {
  await page.waitForSelector("#night[data-chart=ready]");
  assert.equal(await page.getAttribute("#night", "data-numbers"), "equal", await page.getAttribute("#night", "data-numbers-different"));
  return (await download(page, "svg")).match(/[a-zăț]+, \d+ [a-z]+ \d{4}/u)?.[0];
}

async function download(page, ending) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(`[data-export=${ending}]`)]);
  return readFileSync(await file.path(), "utf8");
}

for (const [words, options] of [["", {}], [" on a phone", PHONE_CONTEXT]]) {
  story(`the answer moves the start of page, chart and exports, for the patient too${words}`, async (page, context) => {
    await page.waitForSelector("#upload.is-enhanced");
    await page.setInputFiles(FILES, ambiguous());
    await page.waitForURL(/\/recordings\/[^/?]+#dates$/);
    assert.match(await start(page), /joi, 5 iunie 2025, ora 22:00/);
    assert.equal(await chartReady(page), "joi, 5 iunie 2025");
    await assertNoSidewaysScroll(page);
    await shot(page, `dates-question${words.replaceAll(" ", "-")}`);
    await loaded(page, () => page.click("#dates button[value=month-first]"));
    assert.match(await start(page), /marți, 6 mai 2025, ora 22:00/);
    assert.match(await page.textContent("#dates"), /Ordinea datei: lună\/zi, stabilită de Dr\. Ioana Știrbei\./);
    assert.equal(await chartReady(page), "marți, 6 mai 2025");
    assert.match(await download(page, "csv"), /22:00:00 May 06 2025/);
    assert.match(await download(page, "json"), /"2025-05-06T22:00:00"/);
    await assertNoSidewaysScroll(page);
    await shot(page, `dates-answered${words.replaceAll(" ", "-")}`);
    await loaded(page, () => page.click("form[action$='/links'] button[type=submit]"));
    const link = await page.inputValue("input#link");
    const patient = await context.newPage();
    await patient.goto(link);
    await patient.waitForURL(/\/p\/[^/#]+$/);
    await loaded(patient, () => patient.click("main a[href*='/recordings/']"));
    assert.match(await start(patient), /marți, 6 mai 2025, ora 22:00/);
    assert.equal(await chartReady(patient), "marți, 6 mai 2025");
    assert.equal(await patient.locator("#dates").count(), 0);
  }, options);
}

story("without scripts, in English: asked, answered, changed, withdrawn", async (page) => {
  await switchLanguage(page, "en");
  await page.setInputFiles(FILES, ambiguous());
  await loaded(page, () => page.click("#upload button"));
  assert.match(page.url(), /#dates$/);
  assert.deepEqual(await page.locator("#dates button").allTextContents(), ["Thursday 5 June 2025", "Tuesday 6 May 2025"]);
  for (const [value, words, heading] of [
    ["month-first", "Date order: month/day, set by Dr. Ioana Știrbei.", "Tuesday 6 May 2025"],
    ["day-first", "Date order: day/month, set by Dr. Ioana Știrbei.", "Thursday 5 June 2025"],
    ["", "Thursday 5 June 2025 was assumed.", "Thursday 5 June 2025"],
  ]) {
    await loaded(page, () => page.click(`#dates button[value='${value}']`));
    assert.ok((await page.textContent("#dates")).includes(words), words);
    assert.ok((await start(page)).includes(heading), heading);
  }
  await shot(page, "dates-question-en");
}, { javaScriptEnabled: false });

story("among several files the unsure one says so and leads to its question", async (page) => {
  await page.waitForSelector("#upload.is-enhanced");
  const sure = { ...ambiguous("sigur.csv"), buffer: Buffer.from(ambiguous().buffer.toString().replaceAll("05/06/2025", "25/06/2025")) };
  await page.setInputFiles(FILES, [sure, ambiguous("nesigur.csv")]);
  await page.locator(".upload-sum").waitFor();
  const lines = await page.locator(".upload-line.is-stored").allTextContents();
  assert.doesNotMatch(lines[0], /presupusă/);
  assert.match(lines[1], /nesigur\.csv: păstrat Data nopții este presupusă/);
  await shot(page, "dates-upload");
  await loaded(page, () => page.locator(".upload-line.is-stored a").nth(1).click());
  await page.locator("#dates button").first().waitFor();
});
