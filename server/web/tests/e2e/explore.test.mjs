/** The viewer of the real platform: everything a reader can do with a night, and that none of it leaves the device. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertNoSidewaysScroll, cleanContext, launch, PHONE_CONTEXT, shot } from "./support/browser.mjs";
import { BINARY, CSV, fixturePath, GOLDEN } from "./support/fixtures.mjs";
import { startPlatform } from "./support/platform.mjs";
import { tapWire } from "./support/wire.mjs";

const { summary: NUMBERS, events: EVENTS } = GOLDEN[CSV];

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

/** The viewer with files open in it. */
function viewerTest(name, run, { files = [fixturePath(CSV)], context: options = {} } = {}) {
  test(name, async () => {
    const { context, troubles, open } = await cleanContext(browser, { acceptDownloads: true, ...options });
    try {
      const page = await openViewer(await open(), platform.address, files);
      await run(page, context);
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  });
}

async function openViewer(page, address, files) {
  await page.goto(`${address}/viewer`);
  await page.waitForSelector("#viewer[data-viewer=ready]");
  await page.setInputFiles("#viewer-files", files);
  await page.waitForFunction((count) => document.querySelectorAll("#viewer-nights > article").length === count, files.length);
  await page.locator("article[data-chart=ready]").first().waitFor();
  return page;
}

const shown = (page) => page.locator("article .night-window").first().textContent();

/** Opens the table of falls; its rows are made when it opens. */
async function openEvents(page) {
  await page.click(".desaturations-section summary");
  await page.locator(".desaturations tbody tr").first().waitFor();
}

viewerTest("the file's own facts stand above the chart", async (page) => {
  const facts = await page.locator("[data-field=facts] dd").allTextContents();
  assert.deepEqual(facts.slice(2), ["0:20:00", "4 s", "300", "CSV"]);
  assert.match(facts[0], /^vineri, 2 ianuarie 2026, 23:59:30$/);
});

viewerTest("what the device wrote into its own file stands among the facts", async (page) => {
  const facts = await page.locator("[data-field=facts] dd").allTextContents();
  assert.equal(facts[5], "binar Viatom / Wellue (O2Ring, Checkme O2, SleepU)");
  assert.equal(facts[6], "SpO2 mediu 94 % · SpO2 minim 86 % · scăderi >3 %: 5 · scăderi >4 %: 3 · timp sub 90 %: 11 % · scor O2 8,7");
}, { files: [fixturePath(BINARY)] });

viewerTest("a short recording is warned of before any number", async (page) => {
  assert.match(await page.locator("[data-field=warnings]").innerText(), /Mai puțin de patru ore de semnal valid/);
});

viewerTest("a number that is undefined says why", async (page) => {
  assert.equal(await page.textContent("[data-metric='aasm.odi3.per_h']"), "— prea scurt pentru un indice: sub 10 minute de semnal valid");
  assert.equal(await page.textContent("[data-figure=odi3]"), "— prea scurt pentru un indice: sub 10 minute de semnal valid");
}, { files: [fixturePath("tiny_legacy_v5_3rec")] });

viewerTest("the indices of another definition are those of the golden file, with its denominator", async (page) => {
  assert.equal(await page.textContent("[data-figure=odi4]"), "15,3");
  await page.selectOption(".profile-choice", "viatom");
  assert.equal(await page.textContent("[data-figure=odi4]"), "15,0");
  assert.match(await page.locator(".definition-figures").innerText(), /Evenimente: 5 · 0:20:04 numărate de aparat/);
  assert.match(await page.textContent(".definition-choice > .definition"), /nivel de bază fix al nopții/);
});

viewerTest("the table of definitions has every index", async (page) => {
  const rows = page.locator("tr[data-index]");
  assert.equal(await rows.count(), 11);
  assert.equal(await page.textContent("tr[data-index=viatom-3] [data-part=per_h]"), "15,0");
  assert.equal(await page.textContent("tr[data-index=aasm-3] [data-part=count]"), String(NUMBERS.aasm.odi3.count));
});

viewerTest("hours and halves have their clock times and their numbers", async (page) => {
  assert.deepEqual(await page.locator(".parts tbody th").allTextContents(), ["Prima jumătate", "A doua jumătate", "23:59–00:19"]);
  assert.equal(await page.textContent("[data-metric='halves.1.odi3_count']"), String(NUMBERS.halves[1].odi3_count));
});

viewerTest("the table of falls says what the golden file says", async (page) => {
  await openEvents(page);
  const rows = await page.locator(".desaturations tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const [first] = EVENTS;
  const depth = first.peak_pct - first.nadir_pct;
  assert.equal(rows.length, EVENTS.length);
  assert.deepEqual(rows[0], ["00:01:34", "00:48", String(first.peak_pct), String(first.nadir_pct), String(depth), "numărată"]);
});

viewerTest("a click on a fall shows it in the chart", async (page) => {
  await openEvents(page);
  await page.click(".desaturations tbody tr:nth-child(3) button");
  assert.equal(await shown(page), "Se vede: 00:07:34 – 00:12:22");
});

viewerTest("a click anywhere in a row shows its fall, and the row is marked", async (page) => {
  await openEvents(page);
  await page.click(".desaturations tbody tr:nth-child(2) td:nth-child(4)");
  assert.equal(await shown(page), "Se vede: 00:03:34 – 00:08:22");
  await page.click(".desaturations tbody tr:nth-child(3) td:last-child");
  assert.equal(await shown(page), "Se vede: 00:07:34 – 00:12:22");
  const marked = await page.locator(".desaturations tbody tr").evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-current")));
  assert.deepEqual(marked, [null, null, "true", null, null]);
});

viewerTest("a fall can be shown with the keyboard alone", async (page) => {
  await page.focus(".desaturations-section summary");
  await page.keyboard.press("Enter");
  await page.locator(".desaturations tbody button").first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "event-button");
  await page.keyboard.press("Enter");
  assert.equal(await shown(page), "Se vede: 23:59:34 – 00:04:22");
});

viewerTest("falls of 4 % and more are listed, and named so, when they are asked for", async (page) => {
  await page.selectOption(".depth-choice", "4");
  assert.match(await page.locator(".night-legend").innerText(), /Desaturare numărată \(cel puțin 4 %\)/);
  assert.match(await page.textContent(".desaturations-section summary"), /cel puțin 4 % \(5\)/);
});

/** Pixels of the SpO2 panel whose colour has a hue. */
const coloured = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector(".night-panel-spo2 canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let green = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && data[at + 1] > data[at] + 40 && data[at + 1] > data[at + 2] + 40) green += 1;
    return green;
  });

viewerTest("the colours of the line are the reader's choice", async (page) => {
  assert.ok((await coloured(page)) > 100, "a high saturation is green");
  await page.selectOption(".chart-colours", "grayscale");
  assert.equal(await coloured(page), 0);
  assert.match(await page.locator(".night-legend").innerText(), /negru/);
});

/** Height in pixels of the line near the left edge of the SpO2 panel, where the made-up night is level. */
const lineHeight = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector(".night-panel-spo2 canvas");
    const { offsetLeft } = document.querySelector(".night-panel-spo2 .u-over");
    const { data } = canvas.getContext("2d").getImageData((offsetLeft + 6) * devicePixelRatio, 0, 1, canvas.height);
    let height = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 1] > data[at] + 30) height += data[at + 3] / 255;
    return height;
  });

viewerTest("the line grows thicker as the window narrows", async (page) => {
  const whole = await lineHeight(page);
  await openEvents(page);
  await page.click(".desaturations tbody tr:nth-child(1) button");
  await page.waitForTimeout(50);
  assert.ok((await lineHeight(page)) > whole, `${await lineHeight(page)} px after ${whole} px`);
});

viewerTest("the thresholds are drawn and named", async (page) => {
  const dashes = await page.evaluate(() => {
    const canvas = document.querySelector(".night-panel-spo2 canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const count = (r, g, b) => {
      let found = 0;
      for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b) < 60 && data[at + 3] > 100) found += 1;
      return found;
    };
    return [count(138, 75, 0), count(163, 15, 31)];
  });
  assert.ok(dashes.every((pixels) => pixels > 100), String(dashes));
  assert.match(await page.locator(".night-legend").innerText(), /Praguri 90 % și 88 %/);
});

viewerTest("the strip under the chart moves the window by its grips and by keys", async (page) => {
  await page.locator(".night-overview").scrollIntoViewIfNeeded();
  const strip = await page.locator(".night-overview").boundingBox();
  const y = strip.y + strip.height / 2;
  await page.mouse.move(strip.x + strip.width, y);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.75, y, { steps: 3 });
  await page.mouse.move(strip.x + strip.width * 0.5, y, { steps: 3 });
  await page.mouse.up();
  assert.equal(await shown(page), "Se vede: 23:59:30 – 00:09:28");
  await page.focus(".overview-edge-from");
  for (let press = 0; press < 2; press += 1) await page.keyboard.press("PageUp");
  assert.equal(await shown(page), "Se vede: 00:03:29 – 00:09:28");
  assert.equal(await page.getAttribute(".overview-edge-from", "aria-valuetext"), "00:03:29");
});

viewerTest("the strip's window is dragged as a whole", async (page) => {
  await page.focus(".overview-edge-to");
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("PageDown");
  const strip = await page.locator(".night-overview").boundingBox();
  const y = strip.y + strip.height / 2;
  await page.mouse.move(strip.x + strip.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.75, y, { steps: 5 });
  await page.mouse.up();
  assert.match(await shown(page), /Se vede: 00:09:27 – 00:19:26/);
});

viewerTest("the chart is read step by step with the keyboard", async (page) => {
  await page.focus(".night-stack");
  await page.keyboard.press(".");
  const first = await page.textContent("[data-reading=time]");
  await page.keyboard.press(".");
  const second = await page.textContent("[data-reading=time]");
  assert.equal(Date.parse(`2026-01-03T${second}Z`) - Date.parse(`2026-01-03T${first}Z`), 4000);
  assert.equal(await page.getAttribute(".night-readout", "aria-live"), "polite");
});

/** The bytes and name a button of the export bar gives. */
async function exported(page, ending) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-export=${ending}]`)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

viewerTest("the chart is saved as PNG in twice 1280 by 720 pixels", async (page) => {
  const { name, bytes } = await exported(page, "png");
  assert.equal(name, "D1_vihealth_6col_20260102235930 (oxi).png");
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [2560, 1440]);
});

viewerTest("the chart is saved as JPG", async (page) => {
  const { bytes } = await exported(page, "jpg");
  assert.equal(bytes.subarray(0, 3).toString("hex"), "ffd8ff");
});

viewerTest("the chart is saved as SVG with its title, its clock and its numbers as text", async (page) => {
  const text = (await exported(page, "svg")).bytes.toString();
  const problem = await page.evaluate((markup) => {
    const parsed = new DOMParser().parseFromString(markup, "image/svg+xml");
    return parsed.querySelector("parsererror")?.textContent ?? parsed.querySelector("script, foreignObject")?.tagName ?? null;
  }, text);
  assert.equal(problem, null);
  assert.match(text, /<title>vineri, 2 ianuarie 2026, 23:59:30 – 00:19:30<\/title>/);
  assert.match(text, />Noaptea întreagă, 23:59:30 – 00:19:30: ODI3 15,3 \/h · ODI4 15,3 \/h \(aasm, pe oră de semnal valid\) · T90 11,86 % · SpO2 minim 86 % · umbrite: scăderi de cel puțin 3 %</);
});

viewerTest("the picture shows the window that the chart shows", async (page) => {
  const whole = (await exported(page, "svg")).bytes.length;
  await openEvents(page);
  await page.click(".desaturations tbody tr:nth-child(3) button");
  const part = (await exported(page, "svg")).bytes;
  assert.ok(part.length < whole * 0.7);
  assert.match(part.toString(), /<title>sâmbătă, 3 ianuarie 2026, 00:07:34 – 00:12:22<\/title>/);
});

viewerTest("the recording is saved as CSV that gives the same numbers", async (page) => {
  const { name, bytes } = await exported(page, "csv");
  const numbers = () => page.locator("article :is([data-metric^=aasm], [data-metric^=spo2])").evaluateAll((all) => all.map((one) => one.dataset.value));
  const before = await numbers();
  await page.click(".viewer-close"); // for it holds the same bytes
  await page.setInputFiles("#viewer-files", { name, mimeType: "text/csv", buffer: bytes });
  await page.locator("article h2", { hasText: name }).waitFor();
  assert.deepEqual(await numbers(), before);
});

viewerTest("the recording is saved as EDF+", async (page) => {
  const { name, bytes } = await exported(page, "edf");
  assert.match(name, /\.edf$/);
  assert.match(bytes.subarray(0, 256).toString("latin1"), /^0 {7}.*EDF\+/s);
});

viewerTest("the numbers are saved as the stable JSON", async (page) => {
  const saved = JSON.parse((await exported(page, "json")).bytes.toString());
  assert.deepEqual([saved.file, saved.events, saved.indices.length], [CSV, EVENTS, 11]);
  assert.deepEqual(saved.summary.aasm, NUMBERS.aasm);
  assert.equal(saved.summary.spo2.below_90_s, NUMBERS.spo2.below_90_s);
});

viewerTest("paper gets the picture and the numbers, not the controls", async (page) => {
  await page.emulateMedia({ media: "print" });
  await page.locator("article .print-picture svg").waitFor();
  assert.equal(await page.locator("article .night-chart").isVisible(), false);
  assert.equal(await page.locator("article .night-exports").isVisible(), false);
  assert.equal(await page.locator("[data-metric='aasm.odi3.count']").isVisible(), true);
  assert.equal(await page.locator(".drop-area").isVisible(), false);
  await shot(page, "viewer-print-ro");
});

viewerTest("one night needs no comparison", async (page) => {
  assert.equal(await page.locator("#viewer-comparison").isVisible(), false);
});

/** Pixels of the comparison's chart that are not white, grey or a threshold. */
const inked = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector("#viewer-comparison canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 120 && data[at] === 11 && data[at + 1] === 90) count += 1;
    return count;
  });

viewerTest("several nights lie over each other by clock time, with their numbers beside", async (page) => {
  await page.locator("#viewer-comparison canvas").first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll("#viewer-comparison tbody tr").length === 2);
  assert.equal(await page.textContent("#viewer-comparison .night-window"), "Se vede: 23:59 – 00:19");
  assert.match(await page.locator("#viewer-comparison tbody tr").first().innerText(), /2 ian\. 2026, 23:59\s+0:20:00\s+15,3\s+15,3\s+11,86 %\s+86 %/);
  assert.ok((await inked(page)) > 50);
}, { files: [fixturePath(CSV), fixturePath(BINARY)] });

viewerTest("a night that is not ticked is not drawn", async (page) => {
  await page.waitForFunction(() => document.querySelectorAll("#viewer-comparison tbody tr").length === 2);
  await page.getByRole("checkbox", { name: `Desenează ${CSV}` }).uncheck();
  await page.waitForFunction(() => document.querySelectorAll(".overlay-readout .readout-item").length === 2); // boxes ticked in a row draw once
  assert.equal(await inked(page), 0);
}, { files: [fixturePath(CSV), fixturePath(BINARY)] });

viewerTest("the viewer with a night fits a screen of 360 px", async (page) => {
  await openEvents(page);
  await assertNoSidewaysScroll(page);
  await shot(page, "viewer-night-phone-ro");
}, { context: PHONE_CONTEXT, files: [fixturePath(CSV), fixturePath(BINARY)] });

test("without a connection the viewer opens again and reads a file", async () => {
  const { context, open } = await cleanContext(browser);
  const page = await open();
  await page.goto(`${platform.address}/viewer`);
  await page.waitForSelector("#viewer[data-offline-ready=yes]");
  assert.match(await page.locator(".viewer-offline").innerText(), /și fără conexiune/);
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector("#viewer[data-viewer=ready]");
  await page.setInputFiles("#viewer-files", fixturePath(CSV));
  await page.locator("article[data-chart=ready]").waitFor();
  assert.equal(await page.textContent("[data-metric='aasm.odi3.count']"), String(NUMBERS.aasm.odi3.count));
  await context.close();
});

test("what is kept for working offline holds no file and no account", async () => {
  const { context, open } = await cleanContext(browser);
  const page = await openViewer(await open(), platform.address, [fixturePath(CSV)]);
  await page.waitForSelector("#viewer[data-offline-ready=yes]");
  const kept = await page.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
    return requests.map((request) => new URL(request.url).pathname);
  });
  assert.ok(kept.includes("/viewer") && kept.some((path) => path.endsWith(".wasm")));
  assert.deepEqual(kept.filter((path) => !/^\/viewer$|^\/viewer\.webmanifest$|^\/assets\//.test(path)), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await context.close();
});

test("no byte of a file crosses the wire, whatever is done with the night", async () => {
  const wire = await tapWire(platform.address);
  const { context, troubles, open } = await cleanContext(browser, { acceptDownloads: true });
  const page = await open();
  await page.goto(`${wire.address}/viewer`);
  await page.waitForSelector("#viewer[data-offline-ready=yes]");
  const before = wire.sent.length;
  await page.setInputFiles("#viewer-files", [fixturePath(CSV), fixturePath(BINARY)]);
  await page.locator("article[data-chart=ready]").first().waitFor();
  await openEvents(page);
  await page.click(".desaturations tbody button");
  for (const ending of ["png", "svg", "csv", "edf", "json"]) await exported(page, ending);
  assert.ok(before > 0, "the wire was tapped");
  for (const { method, url, head, body } of wire.sent) {
    assert.deepEqual([method, body.length], ["GET", 0], url);
    assert.doesNotMatch(`${url}${head}`, /20260102235930|vihealth|23:59:30/, url);
  }
  assert.deepEqual(troubles, []);
  await context.close();
  await wire.stop();
});
