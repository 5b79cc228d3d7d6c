/** The viewer of the real platform with files open in it: what every test of it begins with. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cleanContext, launch } from "./browser.mjs";
import { startPlatform, switchLanguage } from "./platform.mjs";

/** Starts browser and platform for the tests of a file; gives them, and what declares a test. */
export function viewerRoom() {
  const room = {};
  before(async () => {
    room.browser = await launch();
    room.platform = await startPlatform();
  });
  after(async () => {
    await room.browser.close();
    await room.platform.stop();
  });
  /** A test in a browser of its own; at its end no error and no breach of the content policy may be left. */
  room.test = (name, run, { files = [], context: options = {}, lang = "ro" } = {}) =>
    test(name, async () => {
      const { context, troubles, open } = await cleanContext(room.browser, { acceptDownloads: true, ...options });
      try {
        const page = await openViewer(await open(), room.platform.address, files, lang);
        await run(page, context);
        assert.deepEqual(troubles, []);
      } finally {
        await context.close();
      }
    });
  return room;
}

export async function openViewer(page, address, files, lang = "ro") {
  await page.goto(`${address}/viewer`);
  if (lang !== "ro") await switchLanguage(page, lang);
  await page.waitForSelector("#viewer[data-viewer=ready]");
  await openFiles(page, files);
  return page;
}

/** Opens more files and waits until each is a night on the page. */
export async function openFiles(page, files) {
  if (files.length === 0) return;
  const before = await page.locator("#viewer-nights > article").count();
  await page.setInputFiles("#viewer-files", files);
  await page.waitForFunction((count) => document.querySelectorAll("#viewer-nights > article").length === count, before + files.length);
  await page.locator("article[data-chart=ready]").first().waitFor();
}

/** A made-up text of readings every four seconds from a minute of an evening on, for `setInputFiles`. */
export function madeUpNight(name, { day = 2, minute = 1320, records = 300, level = 96 } = {}) {
  const start = Date.UTC(2026, 0, day, 0, minute);
  const two = (value) => String(value).padStart(2, "0");
  const row = (index) => {
    const at = new Date(start + index * 4000);
    const date = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
    return `${at.toISOString().slice(11, 19)} ${date},${level - (index % 40 < 8 ? 5 : 0)},60,0`;
  };
  const rows = Array.from({ length: records }, (_, index) => row(index));
  return { name, mimeType: "text/csv", buffer: Buffer.from(["Time,Oxygen Level,Pulse Rate,Motion", ...rows, ""].join("\n")) };
}
