/** The interactive chart in a real browser, on a bare page of the promised shape: what hands do to it and what it says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { cleanContext, launch, PHONE } from "./support/browser.mjs";
import { servePages } from "./support/pages.mjs";

/** A night of summer time's beginning in Romania: 03:00 to 04:00 does not exist in the browser's zone, and did on the device. */
const SAMPLES = 3600;
const MISSING_FROM = 1000;
const GAP_AFTER = 2000;
const START = Date.UTC(2025, 2, 30, 1, 0, 0);

function csv() {
  const months = ["Jan", "Feb", "Mar"];
  const lines = ["Time,Oxygen Level,Pulse Rate,Motion"];
  for (let index = 0; index < SAMPLES; index += 1) {
    const at = new Date(START + (index * 4 + (index > GAP_AFTER ? 600 : 0)) * 1000);
    const time = at.toISOString().slice(11, 19);
    const date = `${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2, "0")} ${at.getUTCFullYear()}`;
    const dip = index % 200 < 12 ? 8 : 0;
    const isMissing = index >= MISSING_FROM && index < MISSING_FROM + 20;
    const isBeside = index === MISSING_FROM - 1 || index === MISSING_FROM + 20;
    const spo2 = isMissing ? "--" : isBeside ? 66 : index === 1500 ? 63 : 95 - dip;
    lines.push(`${time} ${date},${spo2},${60 + (index % 7)},${index % 50}`);
  }
  return `${lines.join("\n")}\n`;
}

const MESSAGES = {
  "chart-no-reading": "no reading",
  "chart-value-time": "Time",
  "chart-value-spo2": "SpO2",
  "chart-value-pulse": "Pulse",
  "chart-value-motion": "Motion",
  "chart-unit-bpm": "bpm",
  "chart-window": "%from% - %to%",
  "chart-threshold": "%value% %",
  "chart-zoom-in": "Zoom in",
  "chart-whole-night": "Whole night",
};
const PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";
const body = (file, numbers = "") =>
  `<section id="night" data-file-url="${file}" data-file-name="night.csv"><img class="night-picture" alt="" src="${PICTURE}"></section><dl id="numbers">${numbers}</dl>`;
const PAGES = {
  "/night": { body: body("/night.csv"), script: "recording.js", messages: MESSAGES },
  "/lie": { body: body("/night.csv", `<dd data-metric="spo2.min_pct" data-value="70">70</dd>`), script: "recording.js", messages: MESSAGES },
  "/lost": { body: body("/gone.csv"), script: "recording.js", messages: MESSAGES },
};

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await servePages(PAGES, { "/night.csv": csv() });
});
after(async () => {
  await browser.close();
  await site.stop();
});

/** Opens a page, runs the body, and finds nothing to complain about afterwards. */
function chartTest(name, run, options = {}) {
  test(name, async () => {
    const { context, troubles, open } = await cleanContext(browser, options.context);
    const page = await open();
    if (options.before !== undefined) await page.addInitScript(options.before);
    await page.goto(`${site.address}${options.path ?? "/night"}`);
    await page.waitForSelector("#night[data-chart]");
    await run(new Chart(page));
    assert.deepEqual(troubles.filter((trouble) => !options.expected?.test(trouble)), []);
    await context.close();
  });
}

class Chart {
  constructor(page) {
    this.page = page;
  }
  shown = () => this.page.textContent(".night-window");
  reading = (name) => this.page.textContent(`[data-reading=${name}]`);
  box = () => this.page.locator(".night-panel-spo2 .u-over").boundingBox();
  async pointAt(share) {
    const box = await this.box();
    await this.page.mouse.move(box.x + box.width * share, box.y + 60);
  }
  async drag(from, to) {
    await this.pointAt(from);
    await this.page.mouse.down();
    await this.pointAt((from + to) / 2);
    await this.pointAt(to);
    await this.page.mouse.up();
  }
  /** Shares of the plot's width where a line is drawn in the panel's canvas row by row: true where any pixel is coloured. */
  inked = (panel, test) =>
    this.page.evaluate(
      ([name, source]) => {
        const canvas = document.querySelector(`.night-panel-${name} canvas`);
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const matches = new Function("r", "g", "b", `return ${source}`);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && matches(data[at], data[at + 1], data[at + 2])) count += 1;
        return count;
      },
      [panel, test],
    );
}

chartTest("the whole night is shown first, on the device's clock", async (chart) => {
  assert.equal(await chart.shown(), "01:00 - 05:09");
});

chartTest("three panels are drawn and the picture steps back", async ({ page }) => {
  assert.equal(await page.locator(".night-panel canvas").count(), 3);
  assert.equal(await page.locator(".night-picture").isVisible(), false);
});

chartTest("dragging shows the stretch, a double click the whole night again", async (chart) => {
  await chart.drag(0.25, 0.5);
  assert.match(await chart.shown(), /^02:0[12] - 03:0[45]$/);
  await chart.page.mouse.dblclick((await chart.box()).x + 100, (await chart.box()).y + 50);
  assert.equal(await chart.shown(), "01:00 - 05:09");
});

chartTest("Shift and drag moves what is shown", async (chart) => {
  await chart.drag(0.25, 0.5);
  await chart.page.keyboard.down("Shift");
  await chart.drag(0.2, 0.7);
  await chart.page.keyboard.up("Shift");
  assert.match(await chart.shown(), /^01:3[01] - 02:3[234]$/);
});

chartTest("the wheel narrows the window around the pointer", async (chart) => {
  await chart.page.focus(".night-stack");
  await chart.pointAt(0);
  for (let turn = 0; turn < 5; turn += 1) await chart.page.mouse.wheel(0, -100);
  await chart.page.waitForFunction(() => document.querySelector(".night-window").textContent !== "01:00 - 05:09");
  assert.match(await chart.shown(), /^01:00 - 0[1-4]/);
});

chartTest("keys zoom, move and show the whole night", async (chart) => {
  await chart.page.focus(".night-stack");
  await chart.page.keyboard.press("+");
  const zoomed = await chart.shown();
  assert.match(zoomed, /^01:4\d - 04:1\d$/);
  await chart.page.keyboard.press("ArrowRight");
  assert.notEqual(await chart.shown(), zoomed);
  await chart.page.keyboard.press("ArrowLeft");
  assert.equal(await chart.shown(), zoomed);
  await chart.page.keyboard.press("0");
  assert.equal(await chart.shown(), "01:00 - 05:09");
});

chartTest("buttons do what the keys do", async (chart) => {
  await chart.page.getByRole("button", { name: "Zoom in" }).click();
  assert.match(await chart.shown(), /^01:4\d - 04:1\d$/);
  await chart.page.getByRole("button", { name: "Whole night" }).click();
  assert.equal(await chart.shown(), "01:00 - 05:09");
});

chartTest("the read-out tells the device's time, though the browser's clock skips that hour", async (chart) => {
  await chart.pointAt(0.5);
  assert.match(await chart.reading("time"), /^03:0\d:\d\d$/);
  assert.match(await chart.reading("spo2"), /^\d\d %$/);
  assert.match(await chart.reading("pulse"), /^6\d bpm$/);
});

chartTest("a missing SpO2 is read out as missing, beside its pulse", async (chart) => {
  const seconds = (MISSING_FROM + 10) * 4;
  await chart.pointAt(seconds / (SAMPLES * 4 + 600 - 4));
  assert.equal(await chart.reading("spo2"), "no reading");
  assert.match(await chart.reading("pulse"), /bpm$/);
});

chartTest("a dip below 70 is inside the picture and its colour is the lowest", async (chart) => {
  assert.ok((await chart.inked("spo2", "Math.abs(r - 67) < 12 && Math.abs(g - 17) < 12 && Math.abs(b - 95) < 12")) > 10);
});

chartTest("the foot of SpO2 below the range is drawn in its panel alone", async (chart) => {
  const foot = "r === 107 && g === 31 && b === 156";
  assert.ok((await chart.inked("spo2", foot)) > 0);
  assert.equal(await chart.inked("pulse", foot), 0);
});

chartTest("numbers of the page that differ are said aloud", async ({ page }) => {
  assert.equal(await page.getAttribute("#night", "data-numbers"), "different");
  assert.equal(await page.textContent(".message-error"), "numbers-different");
}, { path: "/lie" });

chartTest("without the file the picture stays and the page says so", async ({ page }) => {
  assert.equal(await page.getAttribute("#night", "data-chart"), "failed");
  assert.equal(await page.locator(".night-picture").isVisible(), true);
  assert.equal(await page.textContent(".chart-note"), "chart-failed");
}, { path: "/lost", expected: /answered 404/ });

chartTest("two fingers zoom on a phone", async (chart) => {
  const box = await chart.box();
  const client = await chart.page.context().newCDPSession(chart.page);
  const touch = (type, ...xs) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: xs.map((x, id) => ({ x: box.x + box.width * x, y: box.y + 80, id })) });
  await touch("touchStart", 0.45, 0.55);
  for (let step = 1; step <= 5; step += 1) await touch("touchMove", 0.45 - step * 0.05, 0.55 + step * 0.05);
  await touch("touchEnd");
  assert.match(await chart.shown(), /^02:4\d - 03:2\d$|^02:[34]\d - 03:3\d$/);
}, { context: { viewport: PHONE, isMobile: true, hasTouch: true } });

chartTest("one finger reads values on a phone", async (chart) => {
  const box = await chart.box();
  await chart.page.touchscreen.tap(box.x + box.width / 2, box.y + 80);
  assert.match(await chart.reading("time"), /^03:0\d:\d\d$/);
}, { context: { viewport: PHONE, isMobile: true, hasTouch: true } });

/** Notes, panel by panel, which texts and which curves are painted, in their order. */
function noteStrokes() {
  window.painted = {};
  const note = (canvas, what) => {
    const panel = canvas.closest(".night-panel")?.className ?? "elsewhere";
    (window.painted[panel] ??= []).push(what);
  };
  const { fillText, stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    note(this.canvas, text);
    fillText.call(this, text, ...place);
  };
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    note(this.canvas, path[0] instanceof Path2D ? "curve" : "line");
    stroke.apply(this, path);
  };
}
const painted = (chart, panel) =>
  chart.page.evaluate((name) => Object.entries(window.painted).find(([classes]) => classes.includes(name))?.[1] ?? [], panel);

chartTest("the clock stands under the last panel from the first drawing on", async (chart) => {
  const clock = (await painted(chart, "night-panel-motion")).filter((text) => /^\d\d:\d\d$/.test(text));
  assert.ok(clock.length >= 4, `labels: ${clock}`);
}, { before: noteStrokes });

/** Notes how far right each text is painted, pixels of the canvas. */
function noteTexts() {
  window.places = {};
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    window.places[text] = x;
    fillText.call(this, text, x, y);
  };
}

chartTest("the labels of the thresholds stand beside the plot: they hide no dip, and no curve runs over them", async ({ page }) => {
  const { places, right, edge } = await page.evaluate(() => {
    const over = document.querySelector(".night-panel-spo2 .u-over");
    return { places: window.places, right: over.offsetLeft + over.clientWidth, edge: over.closest(".uplot").clientWidth };
  });
  for (const label of ["90 %", "88 %"]) assert.ok(places[label] > right && places[label] + 26 < edge, `${label} at ${places[label]} of ${right} to ${edge}`);
}, { before: noteTexts });
