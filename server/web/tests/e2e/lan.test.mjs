/** The platform under a name of the local network, over plain http: what no browser counts as secure, and many a clinic begins with. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cleanContext, launch } from "./support/browser.mjs";
import { CSV, fixturePath } from "./support/fixtures.mjs";
import { logIn, startPlatform, switchLanguage } from "./support/platform.mjs";

const NAME = "oxi.lan";

let browser;
let platform;
let address;
before(async () => {
  browser = await launch([`--host-resolver-rules=MAP ${NAME} 127.0.0.1`]);
  platform = await startPlatform();
  address = platform.address.replace("127.0.0.1", NAME);
});
after(async () => {
  await browser.close();
  await platform.stop();
});

/** A story in a browser of its own, on a page that is no secure context; nothing may be left in the console. */
function story(name, run, options = {}) {
  test(name, async () => {
    const { context, troubles, open } = await cleanContext(browser, options);
    const page = await open();
    try {
      await run(page, context);
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  });
}

async function submit(page, button) {
  await Promise.all([page.waitForEvent("load"), page.click(button)]);
}

for (const [words, options] of [["with scripts", {}], ["without scripts", { javaScriptEnabled: false }]]) {
  story(`every kind of form works on a name of the local network, ${words}`, async (page) => {
    await logIn(page, address);
    if (options.javaScriptEnabled !== false) assert.equal(await page.evaluate(() => isSecureContext), false, "the test must not be on a trusted address");
    await switchLanguage(page, "en");
    await page.goto(`${address}/recordings`);
    await page.setInputFiles("#upload input[type=file]", fixturePath(CSV));
    if (options.javaScriptEnabled === false) await submit(page, "#upload button");
    await page.waitForURL(/\/recordings\/[^/?]+(\?duplicate=1)?$/);
    await submit(page, "form[action$='/links'] button[type=submit]");
    assert.match(await page.inputValue("input#link"), /\/p\/[^#]+#.+/);
    await page.goto(`${address}/account`);
    await submit(page, "form[action='/logout'] button");
    assert.equal(await page.locator("form[action='/logout']").count(), 0);
  }, options);
}

story("a patient opens a link there, and leaves no trace of its secret in the address", async (page, context) => {
  await logIn(page, address);
  await page.goto(`${address}/recordings`);
  await page.setInputFiles("#upload input[type=file]", fixturePath(CSV));
  await page.waitForURL(/\/recordings\/[^/?]+(\?duplicate=1)?$/);
  await submit(page, "form[action$='/links'] button[type=submit]");
  const link = (await page.inputValue("input#link")).replace(platform.address, address);
  await context.clearCookies();
  await page.goto(link);
  await page.waitForSelector("a[href*='/recordings/']");
  assert.equal(new URL(page.url()).hash, "");
  await page.click("a[href*='/recordings/']");
  await page.waitForSelector("#night[data-chart=ready]");
});

story("the viewer reads files there; it offers no work without a connection, which such an address cannot give", async (page) => {
  await page.goto(`${address}/viewer`);
  await page.waitForSelector("#viewer[data-viewer=ready]");
  await page.setInputFiles("#viewer-files", fixturePath(CSV));
  await page.waitForSelector("#viewer-nights article");
  assert.equal(await page.locator(".viewer-offline").count(), 0);
});
