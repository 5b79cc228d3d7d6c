/** Several nights over each other: which are drawn and how, what is read out, and what ticking a night leaves as it is. */
import assert from "node:assert/strict";
import { openFiles, madeUpNight, viewerRoom } from "./support/viewer.mjs";

const { test } = viewerRoom();

/** Ten hours of evenings at different levels. */
const nights = (count, options = {}) =>
  Array.from({ length: count }, (_, index) => madeUpNight(`noaptea-${index + 1}.csv`, { day: index + 2, level: 97 - index, ...options }));

const ROWS = "#viewer-comparison tbody tr";
const allRows = (page, count) => page.waitForFunction(([rows, wanted]) => document.querySelectorAll(rows).length === wanted, [ROWS, count]);
const readOut = async (page) => (await page.locator(".overlay-readout .readout-item").allInnerTexts()).map((text) => text.trim());
/** The chart in sight: the page leads to the first night, below it. */
async function plot(page) {
  const over = page.locator("#viewer-comparison .u-over");
  await over.evaluate((it) => it.scrollIntoView({ block: "center" }));
  return over.boundingBox();
}

test("pointing at the nights reads out the level of each", async (page) => {
  await allRows(page, 2);
  assert.deepEqual(await readOut(page), ["Arătați un punct din grafic pentru a citi SpO2 din fiecare noapte.", "2 ian. 22:00", "3 ian. 22:00"]);
  const box = await plot(page);
  await page.mouse.move(box.x + box.width * (35 / 299), box.y + 60);
  const [time, ...levels] = await readOut(page);
  assert.match(time, /^Ora 22:02:\d\d$/);
  assert.deepEqual(levels, ["2 ian. 22:00 97 %", "3 ian. 22:00 96 %"]);
}, { files: nights(2) });

test("where a night has no reading, the read-out says so", async (page) => {
  await allRows(page, 2);
  const box = await plot(page);
  await page.mouse.move(box.x + box.width * 0.9, box.y + 60);
  assert.deepEqual((await readOut(page)).slice(1), ["2 ian. 22:00 97 %", "3 ian. 22:00 fără citire"]);
}, { files: [nights(1)[0], madeUpNight("scurta.csv", { day: 3, records: 75 })] });

test("the nights are read step by step with the keyboard, however many readings fall on a pixel", async (page) => {
  await allRows(page, 2);
  await page.focus("#viewer-comparison .night-stack");
  const times = [];
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press(".");
    times.push((await readOut(page))[0].replace("Ora ", ""));
  }
  const seconds = times.map((time) => Date.parse(`2026-01-03T${time}Z`) / 1000);
  assert.deepEqual(seconds.slice(1).map((second, index) => second - seconds[index]), [4, 4, 4, 4], times.join(" "));
  assert.equal(await page.getAttribute(".overlay-readout", "aria-live"), "polite");
}, { files: nights(2, { records: 9000, minute: 1320 }) });

test("ticking a night leaves the stretch that is shown", async (page) => {
  await allRows(page, 2);
  await page.locator("#viewer-comparison .chart-button").nth(2).click();
  const zoomed = await page.textContent("#viewer-comparison .night-window");
  assert.notEqual(zoomed, "Se vede: 22:00 – 22:19");
  await page.getByRole("checkbox").first().uncheck();
  await page.waitForFunction(() => document.querySelectorAll(".overlay-readout .readout-item").length === 2); // the hint and the night that is left
  assert.equal(await page.textContent("#viewer-comparison .night-window"), zoomed);
}, { files: nights(2) });

test("nights opened after others were removed are drawn, each with a line of its own", async (page) => {
  await allRows(page, 8);
  for (let count = 0; count < 8; count += 1) await page.locator(".viewer-close").first().click();
  await openFiles(page, [madeUpNight("a.csv", { day: 20 }), madeUpNight("b.csv", { day: 21 })]);
  await allRows(page, 2);
  const ticked = await page.getByRole("checkbox").evaluateAll((boxes) => boxes.map((box) => box.checked));
  assert.deepEqual(ticked, [true, true]);
  const samples = await page.locator(`${ROWS} canvas`).evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));
  assert.equal(new Set(samples).size, 2);
}, { files: nights(8) });

test("nights stand in the order of their dates, whatever the order of their files", async (page) => {
  await allRows(page, 3);
  assert.deepEqual(await page.locator(`${ROWS} .event-button`).allTextContents(), ["2 ian. 2026, 22:00", "3 ian. 2026, 22:00", "4 ian. 2026, 22:00"]);
}, { files: nights(3).reverse() });

test("a ninth night takes the line of one that is no longer drawn", async (page) => {
  await allRows(page, 9);
  const boxes = page.getByRole("checkbox");
  assert.equal(await boxes.nth(8).isChecked(), false);
  assert.equal(await page.locator(`${ROWS} canvas`).count(), 8);
  await boxes.nth(2).uncheck();
  await boxes.nth(8).check();
  const samples = await page.locator(`${ROWS} canvas`).evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));
  assert.equal(new Set(samples).size, 8);
}, { files: nights(9) });
