/** The viewer with nights of several kinds as a doctor reads it: both languages, on a desk and on a phone. */
import assert from "node:assert/strict";
import { assertNoSidewaysScroll, DESKTOP, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { BINARY, CSV, fixturePath } from "./support/fixtures.mjs";
import { madeUpNight, viewerRoom } from "./support/viewer.mjs";

const room = viewerRoom();
const FILES = [fixturePath(CSV), fixturePath(BINARY), fixturePath("contec_20260102235930.spo2")];
const SCREENS = { desk: { viewport: DESKTOP }, phone: PHONE_CONTEXT };

/** Words of the other language that must not be left. */
const FOREIGN = { ro: /\b(the|of|and|night|reading|show|remove)\b/i, en: /\b(și|sau|noapte|din|pagină|citire|arată)\b/i };

for (const [screen, context] of Object.entries(SCREENS)) {
  for (const lang of ["ro", "en"]) {
    const options = { files: FILES, context, lang };
    room.test(`nights fit the screen and speak one language (${screen}, ${lang})`, async (page) => {
      await page.waitForFunction(() => document.querySelectorAll("#viewer-comparison tbody tr").length === 3);
      await page.click("article .desaturations-section summary");
      await page.click("article .desaturations tbody tr:nth-child(2) td:last-child");
      await page.selectOption("article .profile-choice", "viatom");
      await assertNoSidewaysScroll(page);
      const said = await page.locator("main").innerText();
      assert.doesNotMatch(said, /\b[a-z]+(-[a-z0-9]+){2,}\b(?!\.)|\{ ?\$|%[a-z]+%|undefined|NaN/);
      assert.doesNotMatch(said.replaceAll(/^.*(vihealth|legacy_v3|contec_2026).*$/gm, ""), FOREIGN[lang]);
      await shot(page, `viewer-nights-${screen}-${lang}`);
    }, options);

    room.test(`counts need no plural that could be wrong (${screen}, ${lang})`, async (page) => {
      const said = await page.locator("main").innerText();
      assert.doesNotMatch(said, /\b\d+ (evenimente|events|octeți|bytes|măsurători|readings)\b/);
    }, options);
  }
}

room.test("on a phone a chosen fall is shown where it can be seen", async (page) => {
  await page.click("article .desaturations-section summary");
  await page.click("article .desaturations tbody tr:nth-child(4) button");
  await page.waitForTimeout(100);
  const { top, bottom } = await page.locator("article .night-panel-spo2").evaluate((panel) => panel.getBoundingClientRect());
  assert.ok(top >= -1 && bottom <= PHONE_CONTEXT.viewport.height, `from ${top} to ${bottom} px`);
}, { files: [fixturePath(CSV)], context: PHONE_CONTEXT });

room.test("files are chosen with the mouse", async (page) => {
  const [byMouse] = await Promise.all([page.waitForEvent("filechooser"), page.click("label[for=viewer-files]")]);
  assert.equal(byMouse.isMultiple(), true);
});

room.test("files are chosen with the keyboard, by a button in the page's own language", async (page) => {
  const byKey = page.waitForEvent("filechooser");
  await page.focus("#viewer-files"); // its answer tells that the page knows of the waiting; a key could be there first
  await page.keyboard.press("Space");
  await (await byKey).setFiles(fixturePath(CSV));
  await page.locator("article[data-chart=ready]").waitFor();
  const own = await page.locator("#viewer-files").evaluate((input) => input.getBoundingClientRect().width);
  assert.ok(own <= 1, "the browser's own words do not show");
});

/** Seconds on the clock of the read-out. */
const clock = async (page) => Date.parse(`2026-01-03T${await page.textContent("article [data-reading=time]")}Z`) / 1000;

room.test("every reading can be reached with the keyboard, though many fall on one pixel", async (page) => {
  await page.focus("article .night-stack");
  await page.keyboard.press(".");
  const seen = [await clock(page)];
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press(".");
    seen.push(await clock(page));
  }
  assert.deepEqual(seen.slice(1).map((second, index) => second - seen[index]), [4, 4, 4, 4, 4]);
}, { files: [madeUpNight("noapte.csv", { records: 9000 })] });
