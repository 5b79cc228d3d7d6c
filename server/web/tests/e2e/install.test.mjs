/** The viewer as a program of the device: Chromium itself is asked whether it can be installed. */
import assert from "node:assert/strict";
import { viewerRoom } from "./support/viewer.mjs";

const room = viewerRoom();

for (const lang of ["ro", "en"]) {
  room.test(`the viewer can be installed, in the reader's language (${lang})`, async (page, context) => {
    await page.waitForSelector("#viewer[data-offline-ready=yes]");
    const client = await context.newCDPSession(page);
    const { errors, data } = await client.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const manifest = JSON.parse(data);
    assert.deepEqual([manifest.lang, manifest.start_url, manifest.display], [lang, "/viewer", "standalone"]);
    const icons = await Promise.all(manifest.icons.map(({ src }) => page.request.get(new URL(src, page.url()).href)));
    assert.deepEqual(icons.map((icon) => icon.status()), manifest.icons.map(() => 200));
    const pictures = manifest.icons.map(({ type }, index) => [type, icons[index]]).filter(([type]) => type === "image/png");
    const sizes = await Promise.all(pictures.map(async ([, icon]) => (await icon.body()).readUInt32BE(16)));
    assert.deepEqual(sizes, [192, 512], "devices that take no drawing");
    const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  }, { lang });
}
