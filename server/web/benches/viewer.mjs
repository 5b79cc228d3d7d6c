/**
 * The viewer in headless Chromium: what a night costs the page's main thread, how it zooms and moves, what thirty nights do to it.
 *
 *     OXI_SERVER_BIN=target/debug/oxi npm run bench -- [--json FILE]
 *
 * Main-thread time is processor time of the thread, not time on the clock: other work on the machine does not enter it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cleanContext, launch } from "../tests/e2e/support/browser.mjs";
import { startPlatform } from "../tests/e2e/support/platform.mjs";
import { csvNight } from "./night.mjs";

const ROUNDS = 7;
const FRAMES = 120;

const folder = mkdtempSync(join(tmpdir(), "oxi-nights-"));

/** Writes a night to disk and gives its path: the browser opens it as it would a reader's file. */
function file(options) {
  const path = join(folder, `O2Ring ${options.intervalS}001_202601${String(options.day).padStart(2, "0")}220000.csv`);
  writeFileSync(path, csvNight(options));
  return path;
}

const NIGHT = file({ hours: 10, intervalS: 4, day: 1 });
const DENSE = file({ hours: 10, intervalS: 1, day: 2 });
const MONTH = Array.from({ length: 30 }, (_, index) => file({ hours: 10, intervalS: 4, day: index + 1 }));

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A viewer and the processor time of its main thread so far, in ms. */
async function openViewer(browser, address) {
  const { context, open } = await cleanContext(browser);
  const page = await open();
  await page.goto(`${address}/viewer`);
  await page.waitForSelector("#viewer[data-viewer=ready]");
  await page.waitForTimeout(500); // the worker has loaded the core, the service worker its files
  const client = await context.newCDPSession(page);
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  const threadMs = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  };
  return { page, threadMs, close: () => context.close() };
}

const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function dropToChart(browser, address, night) {
  const { page, threadMs, close } = await openViewer(browser, address);
  const before = await threadMs();
  await page.setInputFiles("#viewer-files", night);
  await page.locator("article[data-chart=ready]").waitFor();
  await settled(page);
  const spent = (await threadMs()) - before;
  await close();
  return spent;
}

/** Frames a second while the window changes in every frame, and the main thread's time for a frame; of several nights, over each other. */
async function frames(browser, address, gesture, nights = [NIGHT]) {
  const { page, threadMs, close } = await openViewer(browser, address);
  await page.setInputFiles("#viewer-files", nights);
  await page.waitForFunction((count) => document.querySelectorAll("#viewer-nights > article").length === count, nights.length);
  const chart = nights.length === 1 ? "article[data-chart=ready] .night-stack" : ".overlay-chart .night-stack";
  await page.locator(chart).first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  const before = await threadMs();
  const seconds = await page.evaluate(runGesture, [gesture, FRAMES, chart]);
  const perFrame = ((await threadMs()) - before) / FRAMES;
  await close();
  return { fps: FRAMES / seconds, perFrame };
}

/** In the page: turns the wheel or moves the window once a frame, and gives the seconds it took. */
function runGesture([gesture, count, chart]) {
  const stack = document.querySelector(chart);
  stack.focus({ preventScroll: true }); // the wheel is the page's until the chart holds the focus
  const over = stack.querySelector(".u-over").getBoundingClientRect();
  const wheel = (deltaX, deltaY) =>
    stack.dispatchEvent(new WheelEvent("wheel", { deltaX, deltaY, clientX: over.left + over.width * 0.4, bubbles: true, cancelable: true }));
  if (gesture === "move") for (let turn = 0; turn < 5; turn += 1) wheel(0, -100);
  return new Promise((done) => {
    let frame = 0;
    let start;
    const step = (now) => {
      start ??= now;
      if (frame === count) return done((now - start) / 1000);
      const back = Math.floor(frame / 15) % 2 === 1;
      if (gesture === "zoom") wheel(0, back ? 100 : -100);
      else wheel(back ? -60 : 60, 0);
      frame += 1;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** The longest the page did not answer while thirty nights came in, and the main thread's time for all of them. */
async function thirtyNights(browser, address) {
  const { page, threadMs, close } = await openViewer(browser, address);
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  const before = await threadMs();
  await page.setInputFiles("#viewer-files", MONTH);
  await page.waitForFunction(() => document.querySelectorAll("#viewer-nights > article").length === 30);
  await settled(page);
  const spent = (await threadMs()) - before;
  const longest = await page.evaluate(() => window.longest);
  await close();
  return { spent, longest };
}

/** A figure that must stay below its goal, or with `above` over it. */
function figure(name, value, unit, goal, above = false) {
  const bound = above ? "at-least" : "at-most";
  return { group: "viewer", name, ours: value, peer: null, unit, ratio: null, goal, bound, pass: above ? value > goal : value < goal };
}

async function measure(browser, address) {
  const rounds = async (run) => {
    const all = [];
    for (let round = 0; round < ROUNDS; round += 1) all.push(await run());
    return all;
  };
  const night = await rounds(() => dropToChart(browser, address, NIGHT));
  const dense = await rounds(() => dropToChart(browser, address, DENSE));
  const zoom = await rounds(() => frames(browser, address, "zoom"));
  const move = await rounds(() => frames(browser, address, "move"));
  const over = await rounds(() => frames(browser, address, "move", MONTH.slice(0, 8)));
  const month = await rounds(() => thirtyNights(browser, address));
  return [
    figure("10 hours every 4 s: dropped file to drawn chart, main thread", median(night), "ms", 150),
    figure("10 hours every 1 s: dropped file to drawn chart, main thread", median(dense), "ms", 150),
    figure("zoom, frames a second", median(zoom.map(({ fps }) => fps)), "fps", 50, true),
    figure("zoom, main thread for a frame", median(zoom.map(({ perFrame }) => perFrame)), "ms", 20),
    figure("move, frames a second", median(move.map(({ fps }) => fps)), "fps", 50, true),
    figure("move, main thread for a frame", median(move.map(({ perFrame }) => perFrame)), "ms", 20),
    figure("8 nights over each other: move, frames a second", median(over.map(({ fps }) => fps)), "fps", 50, true),
    figure("8 nights over each other: move, main thread for a frame", median(over.map(({ perFrame }) => perFrame)), "ms", 20),
    figure("30 nights: longest task of the page", median(month.map(({ longest }) => longest)), "ms", 150),
    figure("30 nights: main thread for each", median(month.map(({ spent }) => spent)) / 30, "ms", 150),
  ];
}

const { values } = parseArgs({ options: { json: { type: "string" } } });
const browser = await launch();
const platform = await startPlatform();
try {
  const ratios = await measure(browser, platform.address);
  for (const { name, ours, unit, goal, pass } of ratios) {
    process.stdout.write(`${pass ? "PASS" : "    "}  ${name}: ${ours.toFixed(1)} ${unit} (goal ${unit === "fps" ? ">" : "<"} ${goal})\n`);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ browser: browser.version(), ratios }, null, 2)}\n`);
} finally {
  await browser.close();
  await platform.stop();
  rmSync(folder, { recursive: true });
}
