/** What the viewer says about files, where it says it, and where it leads the reader. */
import assert from "node:assert/strict";
import { BAD_FILES, BINARY, CSV, fixturePath } from "./support/fixtures.mjs";
import { madeUpNight, viewerRoom } from "./support/viewer.mjs";
import { drop, PHONE_CONTEXT, shot } from "./support/browser.mjs";

const { test } = viewerRoom();

const inSight = (locator) =>
  locator.evaluate((it) => {
    const { top, bottom } = it.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
const choose = (page, files) => page.setInputFiles("#viewer-files", files);
const articles = (page) => page.locator("#viewer-nights > article");
const titles = (page) => page.locator("article h2").allTextContents();
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id);

test("a refusal is seen where the file was dropped, and can be closed", async (page) => {
  await page.evaluate(() => scrollTo(0, 0));
  await drop(page, ".drop-area", BAD_FILES.row);
  const note = page.locator(".viewer-refused");
  await note.waitFor();
  assert.equal(await inSight(note), true);
  await shot(page, "viewer-refused-note");
  await page.getByRole("button", { name: "Închide mesajul despre rand.csv" }).press("Enter");
  assert.equal(await note.count(), 0);
  assert.equal(await focused(page), "viewer-files", "the focus has a place after the note is gone");
}, { files: [fixturePath(CSV)] });

test("whoever drops a bad file far down the page is shown why it is refused", async (page) => {
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await drop(page, "article .numbers", BAD_FILES.row);
  await page.locator(".viewer-refused").waitFor();
  assert.equal(await inSight(page.locator(".viewer-refused")), true);
}, { files: [fixturePath(CSV)] });

test("the same bad file again is said once", async (page) => {
  for (let time = 0; time < 2; time += 1) {
    await choose(page, [BAD_FILES.row]);
    await page.locator(".viewer-refused").waitFor();
  }
  assert.equal(await page.locator(".viewer-refused").count(), 1);
});

test("the reader is led to the first new night", async (page) => {
  await choose(page, [madeUpNight("a.csv", { day: 8 }), madeUpNight("b.csv", { day: 9 })]);
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "a.csv");
  assert.equal(await inSight(page.locator("article h2", { hasText: "a.csv" })), true);
}, { files: [fixturePath(CSV)] });

test("whoever is busy elsewhere stays there, and is told of the new night", async (page) => {
  await page.locator("article .night-stack").focus();
  await choose(page, [madeUpNight("a.csv", { day: 8 })]);
  await page.locator(".viewer-opened").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.className), "night-stack");
  await page.getByRole("button", { name: "Arată prima noapte nouă" }).click();
  assert.equal(await focused(page), "a.csv");
}, { files: [fixturePath(CSV)] });

test("with a refusal beside it, a new night is led to by a button", async (page) => {
  await choose(page, [BAD_FILES.empty, madeUpNight("a.csv", { day: 8 })]);
  await page.locator(".viewer-opened").waitFor();
  assert.equal(await inSight(page.locator(".viewer-refused")), true);
  assert.equal((await page.locator(".viewer-refused").textContent()).includes("octet"), false, "the first byte is no place");
  await page.getByRole("button", { name: "Arată prima noapte nouă" }).click();
  assert.equal(await focused(page), "a.csv");
}, { context: PHONE_CONTEXT });

test("a night removed with the keyboard leaves the focus on its neighbour", async (page) => {
  const remove = (name) => page.getByRole("button", { name: `Scoate ${name} din pagină` }).press("Enter");
  await remove("b.csv");
  assert.equal(await focused(page), "c.csv");
  await remove("c.csv");
  assert.equal(await focused(page), "a.csv");
  await remove("a.csv");
  assert.equal(await focused(page), "viewer-files");
}, { files: [5, 6, 7].map((day, at) => madeUpNight(`${"abc"[at]}.csv`, { day })) });

test("a file dropped beside the area is read, and the page shows that it may be dropped", async (page) => {
  const file = madeUpNight("a.csv");
  await drop(page, "h1", file, ["dragover"]);
  assert.equal(await page.locator(".drop-veil").isVisible(), true);
  await shot(page, "viewer-drop-veil");
  await drop(page, "h1", file, ["drop"]);
  await articles(page).waitFor();
  assert.equal(await page.locator(".drop-veil").isVisible(), false);
});

test("the same content is recognised by any name, and neither drawn twice nor asked about", async (page) => {
  const { buffer, ...rest } = madeUpNight("a.csv");
  await choose(page, [{ buffer, ...rest }]);
  await page.getByText("a.csv este deja deschis în pagină.").waitFor();
  await choose(page, [{ buffer, ...rest, name: "copie.csv" }]);
  const said = page.getByText("copie.csv este deja deschis în pagină, ca a.csv: conținutul este același.");
  await said.waitFor();
  assert.equal(await inSight(said), true);
  assert.deepEqual(await titles(page), ["a.csv"]);
  assert.equal(await page.locator(".viewer-join").count(), 0);
  await page.getByRole("button", { name: "Arată noaptea" }).click();
  assert.equal(await focused(page), "a.csv");
}, { files: [madeUpNight("a.csv")] });

test("the same content twice in one choice is one night", async (page) => {
  await choose(page, [madeUpNight("a.csv"), madeUpNight("copie.csv")]);
  await page.locator(".viewer-already").waitFor();
  assert.deepEqual(await titles(page), ["a.csv"]);
});

test("a part of a joined night is open already", async (page) => {
  await page.locator(".viewer-join button").click();
  await page.locator("article h2", { hasText: "+" }).waitFor();
  await choose(page, [madeUpNight("b.csv", { minute: 1341 })]);
  await page.getByText("b.csv este deja deschis în pagină, ca a.csv + b.csv").waitFor();
}, { files: [madeUpNight("a.csv"), madeUpNight("b.csv", { minute: 1341 })] });

test("a closed night may be opened again", async (page) => {
  await page.locator(".viewer-close").click();
  await choose(page, [fixturePath(BINARY)]);
  await articles(page).waitFor();
}, { files: [fixturePath(BINARY)] });
