/** The viewer on paper. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { BINARY, CSV, fixturePath } from "./support/fixtures.mjs";
import { viewerRoom } from "./support/viewer.mjs";

const { test } = viewerRoom();
const THREE = [fixturePath(CSV), fixturePath(BINARY), fixturePath("contec_20260102235930.spo2")];

/** Prints the page and notes how many pictures stand on it when it is laid out for paper. */
async function printed(page, name) {
  await page.evaluate(() => {
    window.pictures = [];
    matchMedia("print").addEventListener("change", ({ matches }) => {
      if (matches) window.pictures.push(document.querySelectorAll("article .print-picture svg").length);
    });
  });
  const pdf = await page.pdf({ format: "A4", printBackground: true });
  if (process.env.OXI_SCREENSHOTS) writeFileSync(`${process.env.OXI_SCREENSHOTS}/${name}.pdf`, pdf);
  return pdf;
}

test("every night is printed with its picture, those too that nobody scrolled to", async (page) => {
  await page.waitForFunction(() => document.querySelectorAll("#viewer-comparison tbody tr").length === 3);
  assert.equal(await page.locator("article[data-chart=ready]").count() < 3, true, "one of them was never near the screen");
  await printed(page, "viewer-print");
  assert.deepEqual(await page.evaluate(() => window.pictures), [3]);
  assert.equal(await page.locator(".print-picture svg").count(), 0, "the screen has its chart back");
}, { files: THREE });

test("a night taken off the page is not drawn for paper any more", async (page) => {
  await page.locator(".viewer-close").first().click();
  await printed(page, "viewer-print-one");
  assert.deepEqual(await page.evaluate(() => window.pictures), [2]);
}, { files: THREE });

test("no column of a table is cut off on paper", async (page) => {
  await page.click("article .desaturations-section summary");
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 1000 }); // A4 between the margins
  const cut = await page.evaluate(() => {
    const hidden = (box) => box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
    return [...document.querySelectorAll(".table-scroll")].filter(hidden).map((box) => box.querySelector("table").className);
  });
  assert.deepEqual(cut, []);
}, { files: THREE });

test("the nights over each other are printed with the table of their numbers", async (page) => {
  await page.locator("#viewer-comparison canvas").first().waitFor();
  await page.emulateMedia({ media: "print" });
  const chart = page.locator("#viewer-comparison .uplot canvas");
  assert.equal(await chart.isVisible(), true);
  assert.equal(await page.locator("#viewer-comparison .chart-button").first().isVisible(), false);
  const [wide, room] = await Promise.all([chart, page.locator("#viewer-comparison")].map((one) => one.evaluate((it) => it.getBoundingClientRect().width)));
  assert.ok(wide <= room, `${wide} of ${room} px`);
}, { files: THREE });

test("paper names the definition of the figures, and explains the picture", async (page) => {
  await page.locator("article[data-chart=ready]").waitFor();
  const name = page.locator(".definition-name");
  assert.equal(await name.isVisible(), false, "on the screen the choice says it");
  await page.selectOption(".profile-choice", "viatom");
  const chosen = await page.locator(".profile-choice option:checked").textContent();
  await page.emulateMedia({ media: "print" });
  assert.equal(await name.isVisible(), true);
  assert.equal(await name.textContent(), `Definiția indicilor: ${chosen}`);
  await page.locator(".print-picture svg text").first().waitFor({ state: "attached" });
  const words = await page.locator(".print-picture svg text").allTextContents();
  assert.ok(words.includes("Desaturare numărată (cel puțin 3 %)"), words.join(" | "));
  await printed(page, "viewer-print-viatom");
}, { files: [fixturePath(CSV)] });

test("on paper no panel of numbers is torn from its heading", async (page) => {
  await page.emulateMedia({ media: "print" });
  const torn = await page.locator(".numbers-group").evaluateAll((all) => all.filter((one) => getComputedStyle(one).breakInside !== "avoid").map((one) => one.className));
  assert.deepEqual(torn, []);
  const loose = await page.locator("article :is(h2, h3)").evaluateAll((all) => all.filter((one) => getComputedStyle(one).breakAfter !== "avoid").map((one) => one.textContent));
  assert.deepEqual(loose, []);
}, { files: [fixturePath(CSV)] });
