/** Files of one night in the viewer of the real platform: the reader is asked, and they become one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { startPlatform } from "./support/platform.mjs";

let browser;
let platform;
before(async () => {
  browser = await launch();
  platform = await startPlatform();
});
after(async () => {
  await browser.close();
  await platform.stop();
});

/** A text of readings every four seconds from a minute of the day on, with a fall of five every 160 s. */
function textFrom(name, minute, records, level = 96) {
  const two = (value) => String(value).padStart(2, "0");
  const row = (index) => {
    const second = minute * 60 + index * 4;
    return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)} 02/01/2026,${level - (index % 40 < 8 ? 5 : 0)},60,0`;
  };
  const rows = Array.from({ length: records }, (_, index) => row(index));
  return { name, mimeType: "text/csv", buffer: Buffer.from(["Time,Oxygen Level,Pulse Rate,Motion", ...rows, ""].join("\n")) };
}

function joiningTest(name, files, run, options = {}) {
  test(name, async () => {
    const { context, troubles, open } = await cleanContext(browser, { acceptDownloads: true, ...options });
    const page = await open();
    await page.goto(`${platform.address}/viewer`);
    await page.waitForSelector("#viewer[data-viewer=ready]");
    await page.setInputFiles("#viewer-files", files);
    await page.waitForFunction((count) => document.querySelectorAll("#viewer-nights > article").length === count, files.length);
    await run(page);
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

const OFFER = "#viewer-joins .viewer-join";
const titles = async (page) => (await page.locator("article h2").allTextContents()).sort();
const join = (page) => page.locator(OFFER).getByRole("button", { name: "Citește ca o singură noapte" }).first().click();
const EVENING = textFrom("seara.csv", 60, 75);
const LATER = textFrom("urmarea.csv", 66, 150);
const NEXT = textFrom("alta.csv", 300, 75);

joiningTest("two files of one night are read as one when the reader says so", [LATER, EVENING, NEXT], async (page) => {
  const [offer] = await page.locator(OFFER).allTextContents();
  await page.locator(".viewer-opened").waitFor();
  const seen = await page.locator(OFFER).first().evaluate((it) => it.getBoundingClientRect().bottom <= innerHeight && it.getBoundingClientRect().top >= 0);
  assert.equal(seen, true, "the question stands where the reader is");
  assert.match(offer, /^urmarea\.csv începe la 0:01:00 după sfârșitul lui seara\.csv: /);
  await shot(page, "viewer-joining-ro");
  await join(page);
  const title = "seara.csv + urmarea.csv";
  await page.locator("article h2", { hasText: title }).waitFor();
  assert.deepEqual(await titles(page), ["alta.csv", title]);
  assert.equal(await page.locator(OFFER).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.querySelector("h2")?.textContent), title);
  const joined = page.locator("article", { hasText: title });
  const count = await joined.locator("[data-metric='aasm.odi3.count']").getAttribute("data-value");
  assert.equal(count, "4", "one of the evening, three of what follows; none across the pause");
  const [download] = await Promise.all([page.waitForEvent("download"), joined.getByRole("button", { name: "CSV", exact: true }).click()]);
  const rows = readFileSync(await download.path(), "utf8").trim().split("\n");
  assert.equal(rows.length, 1 + 75 + 150);
});

joiningTest("a night of two files goes on in a third", [EVENING, LATER, textFrom("sfarsit.csv", 77, 30)], async (page) => {
  await join(page);
  await page.waitForFunction(() => document.querySelectorAll("#viewer-nights > article").length === 2);
  await join(page);
  await page.waitForFunction(() => document.querySelectorAll("#viewer-nights > article").length === 1);
  assert.deepEqual(await titles(page), ["seara.csv + urmarea.csv + sfarsit.csv"]);
});

const OTHER_DEVICE = [textFrom("una.csv", 60, 75), textFrom("cealalta.csv", 60, 60, 94)];
joiningTest("files that are not one night stay as they are, and the page says why", OTHER_DEVICE, async (page) => {
  await join(page);
  await page.getByText("au măsurători diferite, deci vin de la două aparate").waitFor();
  assert.deepEqual(await titles(page), ["cealalta.csv", "una.csv"]);
});

joiningTest("an offer goes with its file", [EVENING, LATER], async (page) => {
  await page.locator(OFFER).waitFor();
  await page.getByRole("button", { name: "Scoate urmarea.csv din pagină" }).click();
  assert.equal(await page.locator(OFFER).count(), 0);
  assert.deepEqual(await titles(page), ["seara.csv"]);
});

joiningTest(
  "the question fits a phone",
  [EVENING, LATER],
  async (page) => {
    await page.locator(OFFER).waitFor();
    await assertNoSidewaysScroll(page);
    await shot(page, "viewer-joining-phone-ro");
  },
  PHONE_CONTEXT,
);
