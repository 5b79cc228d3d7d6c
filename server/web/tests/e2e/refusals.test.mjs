/** What cannot be read in the viewer is refused by name and with the reason, and the files beside it are read. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { CSV, fixturePath } from "./support/fixtures.mjs";
import { viewerRoom } from "./support/viewer.mjs";

const { test } = viewerRoom();

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "oxi-refused-"));
});
after(() => rmSync(folder, { recursive: true }));

const refused = (page) => page.locator(".viewer-refused").allTextContents();

test("a file larger than any night is refused for its size", async (page) => {
  const path = join(folder, "film.csv");
  writeFileSync(path, "");
  truncateSync(path, 65_000_000);
  await page.setInputFiles("#viewer-files", [path, fixturePath(CSV)]);
  await page.locator("article[data-chart=ready]").waitFor();
  assert.deepEqual(await refused(page), ["film.csv nu a putut fi citit: Fișierul este mai mare de 64 MB, deci nu este înregistrarea unei nopți."]);
});

test("a file that is gone when it is read is refused, and those after it are read", async (page) => {
  const path = join(folder, "mutat.csv");
  writeFileSync(path, "Time,Oxygen Level,Pulse Rate,Motion\n");
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", `<input type="file" id="probe" multiple>`));
  await page.setInputFiles("#probe", [path, fixturePath(CSV)]);
  rmSync(path);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    for (const file of document.querySelector("#probe").files) transfer.items.add(file);
    document.querySelector(".drop-area").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await page.locator("article[data-chart=ready]").waitFor();
  assert.deepEqual(await refused(page), [
    "mutat.csv nu a putut fi citit: Dispozitivul nu l-a dat spre citire: este un dosar, a fost mutat sau s-a schimbat între timp.",
  ]);
  assert.equal(await page.locator(".viewer-status").count(), 0, "nothing is still being read");
});
