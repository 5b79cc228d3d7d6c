/** Leaving the viewer: open nights are not lost without a word, and the language can be changed without a connection. */
import assert from "node:assert/strict";
import { CSV, fixturePath } from "./support/fixtures.mjs";
import { switchLanguage } from "./support/platform.mjs";
import { openFiles, openViewer, viewerRoom } from "./support/viewer.mjs";
import { tapWire } from "./support/wire.mjs";

const room = viewerRoom();
const { test } = room;
const FILES = { files: [fixturePath(CSV)] };
const language = (page) => page.getAttribute("html", "lang");

/** Notes every question of the browser and answers it. */
function answerQuestions(page, stay) {
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return stay ? dialog.dismiss() : dialog.accept();
  });
  return asked;
}

for (const [way, leave] of [
  ["the language switch", (page) => page.click(".language-switch button[value=en]")],
  ["a link of the header", (page) => page.click(".site-nav a[href='/pacient']")],
  ["the way back", (page) => page.evaluate(() => history.back())],
]) {
  test(`open nights are not lost by ${way} without a question`, async (page) => {
    await page.locator("article h2").click(); // browsers ask only on pages that were touched
    const asked = answerQuestions(page, true);
    const [question] = await Promise.all([page.waitForEvent("dialog", { timeout: 5000 }), leave(page)]);
    assert.equal(question.type(), "beforeunload");
    await page.locator("article h2").waitFor();
    assert.deepEqual(asked, ["beforeunload"]);
  }, FILES);
}

test("without open nights nothing is asked", async (page) => {
  await page.locator(".viewer-close").click();
  const asked = answerQuestions(page, false);
  await switchLanguage(page, "en");
  assert.equal(await language(page), "en");
  assert.deepEqual(asked, []);
}, FILES);

/** A test over a wire that can be cut: what the browser calls offline does not reach service workers. */
function cutTest(name, run) {
  test(name, async () => {
    const wire = await tapWire(room.platform.address);
    const page = await openViewer(await (await room.browser.newContext({ locale: "ro-RO" })).newPage(), wire.address, []);
    await page.waitForSelector("#viewer[data-offline-ready=yes]");
    await run(page, wire);
    await page.context().close();
    await wire.stop();
  });
}

cutTest("the language changes without a connection, though the page was seen in one only", async (page, wire) => {
  wire.cut(true);
  for (const lang of ["en", "ro", "en"]) {
    await switchLanguage(page, lang);
    assert.equal(await language(page), lang);
    await page.waitForSelector("#viewer[data-viewer=ready]");
  }
  await page.reload();
  assert.equal(await language(page), "en");
  await openFiles(page, [fixturePath(CSV)]);
  await page.locator(".viewer-close").click();
  wire.cut(false);
  await switchLanguage(page, "ro"); // a kept page's form has no token that the server knows
  assert.equal(await language(page), "ro");
  assert.equal(new URL(page.url()).search, "");
});

cutTest("without a connection and without a kept page the reader is told, and the nights stay", async (page, wire) => {
  await openFiles(page, [fixturePath(CSV)]);
  await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
  wire.cut(true);
  await page.click(".language-switch button[value=en]");
  await page.getByText("Limba se poate schimba când există conexiune.").waitFor();
  assert.equal(await language(page), "ro");
  assert.equal(await page.locator("article").count(), 1);
});
