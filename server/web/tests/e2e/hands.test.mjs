/** What hands find in the viewer's charts: the strip under the plots, one cursor in all panels, the wheel, lines that move. */
import assert from "node:assert/strict";
import { PHONE_CONTEXT } from "./support/browser.mjs";
import { madeUpNight, viewerRoom } from "./support/viewer.mjs";

const { test } = viewerRoom();

const FILES = [madeUpNight("noapte.csv", { records: 9000 })];
const ends = (page) =>
  page.evaluate(() =>
    [".night-overview", ".night-panel-spo2 .u-over"].map((selector) => {
      const { left, right } = document.querySelector(selector).getBoundingClientRect();
      return [Math.round(left), Math.round(right)];
    }),
  );
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
const shown = (page) => page.textContent("article .night-window");

for (const [widths, options] of [[[900, 1280], {}], [[780, 360], { context: PHONE_CONTEXT }]]) {
  test(`the strip keeps the edges of the plot when the window turns ${widths.join(" and ")} pixels wide`, async (page) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 780 });
      await settled(page);
      const [strip, plot] = await ends(page);
      assert.deepEqual(strip, plot, `${width} pixels`);
    }
  }, { files: FILES, ...options });
}

/** Where the cursor of each panel stands, from the left edge of its plot. */
const cursors = (page) =>
  page.evaluate(() => [...document.querySelectorAll(".night-panel .u-cursor-x")].map((cursor) => Math.round(new DOMMatrix(getComputedStyle(cursor).transform).e)));

async function assertOneCursor(page, least) {
  const places = await cursors(page);
  assert.ok(places.length >= 2 && places[0] > least && new Set(places).size === 1, `cursors at ${places}`);
  return places[0];
}

test("keys move the cursor of all panels", async (page) => {
  await page.focus("article .night-stack");
  await page.keyboard.press(".");
  await settled(page);
  const before = await assertOneCursor(page, 10);
  for (let press = 0; press < 9; press += 1) await page.keyboard.press(">");
  await settled(page);
  assert.ok((await assertOneCursor(page, 10)) > before);
}, { files: FILES });

test("a drag with the mouse takes the cursor of all panels along", async (page) => {
  await page.locator("article .night-stack").scrollIntoViewIfNeeded();
  const box = await page.locator(".night-panel-spo2 .u-over").boundingBox();
  await page.mouse.move(box.x + 50, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 60, { steps: 5 });
  await settled(page);
  await assertOneCursor(page, 390);
  await page.mouse.up();
}, { files: FILES });

test("a finger takes the cursor of all panels along", async (page) => {
  await page.locator("article .night-stack").scrollIntoViewIfNeeded();
  const box = await page.locator(".night-panel-spo2 .u-over").boundingBox();
  const client = await page.context().newCDPSession(page);
  const touch = (type, ...points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", { x: box.x + 60, y: box.y + 80 });
  await touch("touchMove", { x: box.x + 140, y: box.y + 80 });
  await settled(page);
  await assertOneCursor(page, 130);
  await touch("touchEnd");
}, { files: FILES, context: PHONE_CONTEXT });

/** Moves the window ten times between two pictures of the screen, and counts how often each canvas is drawn meanwhile. */
const drawingsOfTenMoves = (page, selector) =>
  page.evaluate(async (stackSelector) => {
    const stack = document.querySelector(stackSelector);
    const drawings = new Map([...stack.querySelectorAll("canvas")].map((canvas) => [canvas, 0]));
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
      if (drawings.has(this.canvas)) drawings.set(this.canvas, drawings.get(this.canvas) + 1);
      clearRect.apply(this, area);
    };
    await new Promise(requestAnimationFrame);
    for (let turn = 0; turn < 10; turn += 1) {
      stack.dispatchEvent(new KeyboardEvent("keydown", { key: turn === 0 ? "+" : "ArrowLeft", cancelable: true }));
      await Promise.resolve().then(() => {});
    }
    await new Promise(requestAnimationFrame);
    await Promise.resolve();
    return [...drawings.values()];
  }, selector);

test("hands that move often between two frames draw each panel once", async (page) => {
  const drawings = await drawingsOfTenMoves(page, "article .night-stack");
  assert.ok(drawings.length >= 2 && drawings.every((count) => count === 1), `drawn ${drawings} times`);
}, { files: FILES });

test("nights over each other are drawn once a frame too", async (page) => {
  await page.waitForSelector(".overlay-chart canvas");
  assert.deepEqual(await drawingsOfTenMoves(page, ".overlay-chart .night-stack"), [1]);
}, { files: [...FILES, madeUpNight("alta.csv", { day: 3 })] });

/** Turns the wheel over the chart and tells how far the page went. */
async function turn(page, ...notches) {
  const before = await page.evaluate(() => scrollY);
  for (const notch of notches) await page.mouse.wheel(0, notch);
  await page.waitForTimeout(300);
  return (await page.evaluate(() => scrollY)) - before;
}

async function pointAtChart(page) {
  await page.evaluate(() => document.querySelector("article .night-stack").scrollIntoView({ block: "center" }));
  const box = await page.locator(".night-panel-spo2 .u-over").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
}

test("the wheel over a chart scrolls the page, until the chart holds the focus", async (page) => {
  await pointAtChart(page);
  const whole = await shown(page);
  assert.ok((await turn(page, -120)) < 0);
  assert.equal(await shown(page), whole);
  await page.evaluate(() => document.querySelector("article .night-stack").focus({ preventScroll: true }));
  await pointAtChart(page);
  assert.equal(await turn(page, -120), 0);
  assert.notEqual(await shown(page), whole);
}, { files: FILES });

test("with Ctrl, as two fingers on a track pad send it, the wheel zooms without the focus", async (page) => {
  await pointAtChart(page);
  const whole = await shown(page);
  await page.keyboard.down("Control");
  assert.equal(await turn(page, -120), 0);
  await page.keyboard.up("Control");
  assert.notEqual(await shown(page), whole);
}, { files: FILES });

test("where the wheel can zoom no further, it scrolls the page", async (page) => {
  await page.evaluate(() => document.querySelector("article .night-stack").focus({ preventScroll: true }));
  await pointAtChart(page);
  assert.ok((await turn(page, 120)) > 0, "the whole night cannot become wider");
  for (let press = 0; press < 25; press += 1) await page.keyboard.press("+");
  await pointAtChart(page);
  assert.ok((await turn(page, -120)) < 0, "the narrowest stretch cannot become narrower");
}, { files: FILES });

const NARROW = [["from the middle", null], ["from the start", "ArrowLeft"], ["from the end", "ArrowRight"]];
for (const [where, key] of NARROW) {
  test(`the narrow window in the strip is dragged ${where}`, async (page) => {
    await page.focus("article .night-stack");
    for (let press = 0; press < 9; press += 1) await page.keyboard.press("+");
    for (let press = 0; key !== null && press < 600 && !(await atEnd(page, key)); press += 1) await page.keyboard.press(key);
    await settled(page);
    await page.locator("article .night-overview").scrollIntoViewIfNeeded();
    const brush = await page.locator(".overview-brush").boundingBox();
    assert.ok(brush.width < 16, `${brush.width} pixels wide`);
    const edges = await page.locator(".overview-edge").evaluateAll((all) => all.map((edge) => edge.getBoundingClientRect().width));
    assert.deepEqual(edges, [24, 24]);
    const [x, y, way] = [brush.x + brush.width / 2, brush.y + 22, key === "ArrowRight" ? -1 : 1];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + way * 100, y, { steps: 5 });
    await page.mouse.up();
    const moved = await page.locator(".overview-brush").boundingBox();
    assert.ok(Math.abs(moved.x - brush.x - way * 100) < 2 && Math.abs(moved.width - brush.width) < 0.5, JSON.stringify([brush, moved]));
  }, { files: FILES });
}

const atEnd = (page, key) =>
  page.evaluate((side) => {
    const [brush, strip] = [".overview-brush", ".night-overview"].map((selector) => document.querySelector(selector).getBoundingClientRect());
    return side === "ArrowLeft" ? brush.left - strip.left < 0.5 : strip.right - brush.right < 0.5;
  }, key);
