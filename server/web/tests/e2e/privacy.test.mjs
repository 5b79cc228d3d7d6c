/** A patient asks to be forgotten: what is kept is said, exported and erased, and the certificate is kept. */
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
  platform = await startPlatform({ OPERATOR_NAME: "Exemplu SRL, Cluj-Napoca", OPERATOR_CONTACT: "date@exemplu.ro", BACKUP_DAYS: "35" });
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

/** By the keyboard: smooth scrolling on a phone moves what a pointer aims at. */
const sent = (page, what) => Promise.all([page.waitForEvent("load", { timeout: 90_000 }), page.press(what, "Enter")]);

for (const [screen, options] of Object.entries({ desk: {}, phone: PHONE_CONTEXT })) {
  for (const lang of ["ro", "en"]) {
    test(`a patient is exported, then erased (${screen}, ${lang})`, async () => {
      const { open } = await cleanContext(browser, options);
      const doctor = await open();
      await logIn(doctor, platform.address);
      if (lang === "en") await switchLanguage(doctor, "en");
      await doctor.goto(`${platform.address}/recordings`);
      await doctor.waitForSelector("#upload.is-enhanced");
      await Promise.all([doctor.waitForURL(/\/recordings\/[^/?]+(\?duplicate=1)?$/), doctor.setInputFiles("#upload input[type=file]", fixturePath(CSV))]);
      const night = doctor.url();
      await sent(doctor, "form[action$='/links'] button[type=submit]");
      await doctor.goto(`${platform.address}/patients`);
      await sent(doctor, "a[href^='/patients/']");
      await sent(doctor, "a[href$='/erase']");
      await see(doctor, `patient-data-${lang}-${screen}`);
      const [archive] = await Promise.all([doctor.waitForEvent("download"), doctor.press("form[action$='/export'] button", "Enter")]);
      assert.match(archive.suggestedFilename(), /^export-P-\d+\.zip$/);
      assert.equal(readFileSync(await archive.path()).subarray(0, 2).toString(), "PK");
      await doctor.fill("#code", "P-9999");
      await sent(doctor, "form[action$='/erase'] button");
      assert.equal(await doctor.isVisible(".message-error"), true);
      const code = (await doctor.textContent("label[for=code]")).match(/P-\d+/)[0];
      await doctor.fill("#code", code);
      await sent(doctor, "form[action$='/erase'] button");
      await doctor.waitForSelector(".message-success", { timeout: 30_000 });
      await see(doctor, `erasure-${lang}-${screen}`);
      const [certificate] = await Promise.all([doctor.waitForEvent("download"), doctor.press("a[download]", "Enter")]);
      assert.match(readFileSync(await certificate.path(), "utf8"), /oxi-erasure 1\nid /);
      assert.equal((await doctor.goto(night)).status(), 404);
      await doctor.goto(`${platform.address}/`);
      await sent(doctor, ".site-footer a");
      await see(doctor, `privacy-${lang}-${screen}`);
    });
  }
}
