/** Every page under axe, at WCAG 2.2 AA, on a desk and on a phone, in both languages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { cleanContext, DESKTOP, launch, PHONE } from "./support/browser.mjs";
import { BINARY, CSV, fixturePath } from "./support/fixtures.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const SCREENS = { desk: { viewport: DESKTOP }, phone: { viewport: PHONE, isMobile: true, hasTouch: true } };

let browser;
let platform;
let unclaimed;
let recording;
let link;
before(async () => {
  browser = await launch();
  platform = await startPlatform();
  unclaimed = await startPlatform({ ADMIN_EMAIL: "", ADMIN_PASSWORD: "" });
  const { context, open } = await cleanContext(browser);
  const page = await open();
  await logIn(page, platform.address);
  await page.goto(`${platform.address}/recordings`);
  await page.waitForSelector("#upload.is-enhanced");
  await Promise.all([page.waitForURL(/\/recordings\/[^/?]+(\?duplicate=1)?$/), page.setInputFiles("#upload input[type=file]", fixturePath(CSV))]);
  recording = new URL(page.url()).pathname;
  await Promise.all([page.waitForEvent("load"), page.click("form[action$='/links'] button[type=submit]")]);
  link = await page.inputValue("input#link");
  await context.close();
});
after(async () => {
  await browser.close();
  await platform.stop();
  await unclaimed.stop();
});

/** What axe complains about, one line each. */
async function complaints(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`));
}

for (const [screen, options] of Object.entries(SCREENS)) {
  for (const lang of ["ro", "en"]) {
    const axeTest = (name, run) =>
      test(`${name} (${screen}, ${lang})`, async () => {
        const { context, open } = await cleanContext(browser, options);
        const page = await open();
        await page.goto(`${platform.address}/`);
        await switchLanguage(page, lang);
        await run(page);
        await context.close();
      });

    axeTest("pages for everybody keep to WCAG 2.2 AA", async (page) => {
      for (const path of ["/", "/login", "/set-password", "/pacient", "/viewer", "/nowhere"]) {
        await page.goto(`${platform.address}${path}`);
        assert.deepEqual(await complaints(page), [], path);
      }
    });

    axeTest("the first page of a platform without accounts keeps to WCAG 2.2 AA", async (page) => {
      await page.goto(`${unclaimed.address}/setup`);
      await switchLanguage(page, lang);
      await page.locator("input[name=password]").waitFor();
      assert.deepEqual(await complaints(page), []);
    });

    axeTest("pages of a doctor keep to WCAG 2.2 AA", async (page) => {
      await logIn(page, platform.address);
      for (const path of ["/recordings", recording, `${recording}/delete`, "/account", "/account/second-factor", "/admin/users", "/admin/mail"]) {
        await page.goto(`${platform.address}${path}`);
        if (path === recording) {
          await page.waitForSelector("#night[data-chart=ready]");
          await page.click(".desaturations-section summary");
        }
        assert.deepEqual(await complaints(page), [], path);
      }
    });

    axeTest("pages of a patient keep to WCAG 2.2 AA", async (page) => {
      await page.goto(link);
      await page.locator("main a[href*='/recordings/']").first().waitFor();
      assert.deepEqual(await complaints(page), []);
      await page.locator("main a[href*='/recordings/']").first().click();
      await page.waitForSelector("#night[data-chart=ready]");
      assert.deepEqual(await complaints(page), []);
    });

    axeTest("the viewer with nights, tables open, keeps to WCAG 2.2 AA", async (page) => {
      await page.goto(`${platform.address}/viewer`);
      await page.waitForSelector("#viewer[data-viewer=ready]");
      await page.setInputFiles("#viewer-files", [fixturePath(CSV), fixturePath(BINARY)]);
      await page.locator("article[data-chart=ready]").first().waitFor();
      await page.locator("#viewer-comparison canvas").first().waitFor();
      await page.click("article .desaturations-section summary");
      assert.deepEqual(await complaints(page), []);
    });
  }
}

test("a fault put on a page is found", async () => {
  const { context, open } = await cleanContext(browser);
  const page = await open();
  await page.goto(`${platform.address}/viewer`);
  await page.evaluate(() => document.querySelector("main").append(document.createElement("button")));
  assert.match((await complaints(page)).join("\n"), /^button-name/);
  await context.close();
});
