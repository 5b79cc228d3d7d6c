/** What a doctor is told about files that are there already or not whole, and pages that are reloaded, in a real browser. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { BAD_FILES, CSV, CUT, fixturePath } from "./support/fixtures.mjs";
import { logIn, startPlatform } from "./support/platform.mjs";

const WITHOUT_SCRIPTS = { javaScriptEnabled: false };
const FILES = "#upload input[type=file]";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A story in a browser and on a platform of its own: what is stored already decides what is told. */
function story(name, run, options = {}) {
  test(name, async () => {
    const platform = await startPlatform();
    const { context, troubles, open } = await cleanContext(browser, options);
    const page = await open();
    try {
      await logIn(page, platform.address);
      await page.goto(`${platform.address}/recordings`);
      if (options.javaScriptEnabled !== false) await page.waitForSelector("#upload.is-enhanced");
      await run(page, platform.address);
      await assertNoSidewaysScroll(page);
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
      await platform.stop();
    }
  });
}

const loaded = (page, act) => Promise.all([page.waitForEvent("load"), act()]);
const whole = { name: "noapte.csv", mimeType: "text/csv", buffer: readFileSync(fixturePath(CSV)) };

for (const [words, options] of [["with scripts", {}], ["without scripts", WITHOUT_SCRIPTS], ["on a phone", PHONE_CONTEXT]]) {
  const send = async (page, files) => {
    await page.setInputFiles(FILES, files);
    if (options.javaScriptEnabled === false) await loaded(page, () => page.click("#upload button"));
  };

  story(`a file that is there already is told as a duplicate, alone and among others, ${words}`, async (page, address) => {
    await send(page, whole);
    await page.waitForURL(/\/recordings\/[^/?]+$/);
    await page.goto(`${address}/recordings`);
    await send(page, whole);
    await page.waitForURL(/\?duplicate=1$/);
    assert.match(await page.textContent("main [role=status]"), /Fișierul exista deja; nu s-a păstrat a doua oară/);
    await page.goto(`${address}/recordings`);
    await send(page, [whole, BAD_FILES.empty]);
    await page.locator(".upload-line.is-duplicate", { hasText: "noapte.csv: exista deja" }).waitFor();
    assert.equal(await page.locator(".upload-line.is-stored").count(), 0);
    if (options.javaScriptEnabled !== false) assert.equal(await page.textContent(".upload-sum"), "Gata: păstrate 0, existente deja 1, refuzate 1.");
    await shot(page, `upload-duplicate-${words.replaceAll(" ", "-")}`);
  }, options);

  story(`half a night is stored only when the doctor decides so, and says that it is half, ${words}`, async (page, address) => {
    await send(page, fixturePath(CUT));
    const line = page.locator(".upload-line.is-question");
    await line.waitFor();
    assert.match(await line.textContent(), /lipsesc 897 de octeți/);
    await shot(page, `upload-question-${words.replaceAll(" ", "-")}`);
    if (options.javaScriptEnabled === false) await line.locator("input[type=file]").setInputFiles(fixturePath(CUT));
    await line.locator("button").click();
    await page.waitForURL(/\/recordings\/[^/?]+$/);
    assert.match(await page.locator(".message-warning").first().textContent(), /Fișierul este incomplet.*cele 120 de măsurători întregi/s);
    if (options.javaScriptEnabled !== false) await page.waitForSelector("#night[data-numbers=equal]");
    await shot(page, `recording-incomplete-${words.replaceAll(" ", "-")}`);
    await page.goto(`${address}/recordings`);
    assert.equal(await page.textContent("table.recordings .mark-warning"), "fișier incomplet");
    await shot(page, `list-incomplete-${words.replaceAll(" ", "-")}`);
  }, options);
}

story("among several files the question stands on its file's line, and the sum follows the decision", async (page) => {
  await page.setInputFiles(FILES, [{ name: "taiat.csv", mimeType: "text/csv", buffer: whole.buffer.subarray(0, -5) }, whole]);
  await page.locator(".upload-sum", { hasText: "Gata: păstrate 1, existente deja 0, refuzate 1." }).waitFor();
  await page.locator(".upload-line.is-question", { hasText: "taiat.csv" }).locator("button").click();
  await page.locator(".upload-sum", { hasText: "Gata: păstrate 2, existente deja 0, refuzate 0." }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Deschide înregistrarea");
});

story("reloading the page of a new link makes no second link and shows its secret no more", async (page) => {
  await page.setInputFiles(FILES, whole);
  await page.waitForURL(/\/recordings\/[^/?]+$/);
  const recording = page.url();
  await loaded(page, () => page.click("form[action$='/links'] button[type=submit]"));
  assert.match(await page.inputValue("input#link"), /#.+/);
  await page.reload();
  assert.equal(await page.locator("input#link").count(), 0);
  assert.match(await page.textContent("main"), /Nu s-a creat un al doilea link/);
  await shot(page, "link-made-before");
  await page.goto(recording);
  assert.equal(await page.locator("table.links tbody tr").count(), 1);
});
