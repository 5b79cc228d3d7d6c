/** A patient's link from the doctor's desk to the patient's telephone: copied, printed, typed, protected, closed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { CSV, fixturePath } from "./support/fixtures.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

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

/** Looks at a page: nothing too wide, nothing that axe complains about, a picture to look at. */
async function see(page, name) {
  await assertNoSidewaysScroll(page);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`)), [], name);
  await shot(page, name);
}

const sent = (page, what) => Promise.all([page.waitForEvent("load"), page.click(what)]);

/** A doctor's page with a stored night and the sheet of a new link of it. */
async function withLink(page, lang) {
  await logIn(page, platform.address);
  if (lang === "en") await switchLanguage(page, "en");
  await page.goto(`${platform.address}/recordings`);
  await page.waitForSelector("#upload.is-enhanced");
  await Promise.all([page.waitForURL(/\/recordings\/[^/?]+(\?duplicate=1)?$/), page.setInputFiles("#upload input[type=file]", fixturePath(CSV))]);
  await page.waitForSelector("#night[data-chart=ready]"); // nothing moves under the pointer any more
  await sent(page, "form[action$='/links'] button[type=submit]");
}

for (const [screen, options] of Object.entries({ desk: {}, phone: PHONE_CONTEXT })) {
  for (const lang of ["ro", "en"]) {
    test(`a link is copied, printed, typed, protected and closed (${screen}, ${lang})`, async () => {
      const { context, troubles, open } = await cleanContext(browser, options);
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const doctor = await open();
      await withLink(doctor, lang);
      await see(doctor, `link-sheet-${lang}-${screen}`);
      const link = await doctor.inputValue("#link");
      await doctor.click("#copy-link");
      await doctor.waitForFunction(() => document.getElementById("copied").textContent !== "");
      assert.equal(await doctor.evaluate(() => navigator.clipboard.readText()), link);
      const code = await doctor.textContent(".slip-code");
      await doctor.emulateMedia({ media: "print" });
      await shot(doctor, `link-sheet-print-${lang}-${screen}`);
      assert.equal(await doctor.isVisible("#link"), false);
      assert.equal(await doctor.isVisible(".slip .qr"), true);
      await doctor.emulateMedia({ media: "screen" });
      await doctor.click("a[href^='/links/']");
      await doctor.waitForURL(/\/links\/[^/]+$/);
      await see(doctor, `link-page-${lang}-${screen}`);
      await doctor.fill("#passcode", "zăpadă 12");
      await sent(doctor, "form[action$='/passcode'] button");

      const other = await cleanContext(browser, options);
      const patient = await other.open();
      await patient.goto(`${platform.address}/p`);
      if (lang === "en") await switchLanguage(patient, "en");
      await see(patient, `link-code-${lang}-${screen}`);
      await patient.fill("#code", code.toLowerCase());
      await sent(patient, "form[action='/p'] button");
      await see(patient, `link-passcode-${lang}-${screen}`);
      await patient.fill("#passcode", "zăpadă 12");
      await Promise.all([patient.waitForURL(/\/p\/[^/]+$/), patient.click("form[action='/p'] button")]);
      await patient.click(".cards a");
      await patient.waitForSelector("#night[data-chart=ready]");

      await doctor.reload();
      assert.equal(await doctor.locator(".link-views li").count(), 1);
      await doctor.uncheck("#file");
      await sent(doctor, "section:has(#scope-all) button[type=submit]");
      await patient.reload();
      assert.equal(await patient.locator("#night[data-file-url]").count(), 0);
      assert.equal(await patient.isVisible(".night-picture"), true);
      await sent(doctor, "form[action$='/revoke'] button");
      await see(doctor, `link-closed-${lang}-${screen}`);
      const answer = await patient.reload();
      assert.equal(answer.status(), 404);
      assert.deepEqual([...troubles, ...other.troubles], []);
      await other.context.close();
      await context.close();
    });
  }
}

for (const [screen, options] of Object.entries({ desk: {}, phone: PHONE_CONTEXT })) {
  test(`links of several patients stand on one sheet, four slips a page (${screen})`, async () => {
    const { context, troubles, open } = await cleanContext(browser, options);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await open();
    await logIn(page, platform.address);
    for (const n of [1, 2, 3, 4, 5]) {
      await page.goto(`${platform.address}/patients`);
      await page.fill("#code", `${screen}-${n}`);
      await sent(page, "form[action='/patients'] button[type=submit]");
    }
    await page.goto(`${platform.address}/patients`);
    await see(page, `patients-${screen}`);
    for (const n of [1, 2, 3, 4, 5]) await page.check(`input[form=sheets][aria-label$=' ${screen}-${n}']`);
    await sent(page, "button[form=sheets]");
    await see(page, `link-sheets-${screen}`);
    assert.equal(await page.locator(".slip").count(), 5);
    await page.click("button[data-copies=all-links]");
    await page.waitForFunction(() => document.getElementById("copied").textContent !== "");
    assert.equal((await page.evaluate(() => navigator.clipboard.readText())).split("\n").length, 5);
    const paper = await page.pdf({ preferCSSPageSize: true });
    assert.equal(paper.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 2, "four slips a sheet");
    await page.emulateMedia({ media: "print" });
    await shot(page, `link-sheets-print-${screen}`);
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

test("a sheet can be copied and printed without a script", async () => {
  const { context, open } = await cleanContext(browser, { javaScriptEnabled: false });
  const page = await open();
  await logIn(page, platform.address);
  await page.goto(`${platform.address}/patients`);
  await page.fill("#code", "W-1");
  await sent(page, "form[action='/patients'] button[type=submit]");
  await sent(page, "form[action$='/links'] button[type=submit]");
  assert.match(await page.inputValue("#link"), /\/p\/[^#]+#.{43}$/);
  assert.equal(await page.isVisible("#copy-link"), false);
  await page.click("a[href^='/links/']");
  await sent(page, "form[action$='/show'] button");
  assert.match(await page.textContent(".slip-code"), /^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  await context.close();
});
