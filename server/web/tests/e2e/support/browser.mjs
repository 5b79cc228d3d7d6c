/** Headless Chromium, and what every page of every test must not do. */
import { mkdirSync } from "node:fs";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** A zone with daylight saving, far from the device's clock: times on the page must not care. */
const ZONE = "Europe/Bucharest";

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 780 };
export const PHONE_CONTEXT = { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** `more` switches of the command line go behind the usual ones. */
export async function launch(more = []) {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: [...SWITCHES, ...more] });
}

/** A fresh browser profile whose pages note every error, content policy violation and refused request. */
export async function cleanContext(browser, options = {}) {
  const context = await browser.newContext({ locale: "ro-RO", timezoneId: ZONE, viewport: DESKTOP, ...options });
  const troubles = [];
  context.on("page", (page) => watch(page, troubles));
  return { context, troubles, open: () => context.newPage().then(slowed) };
}

/** OXI_SLOW_BROWSER=8 makes pages eight times slower: a test that does not wait for what it reads then fails. */
async function slowed(page) {
  const rate = Number(process.env.OXI_SLOW_BROWSER ?? 1);
  if (rate > 1) await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
  return page;
}

function watch(page, troubles) {
  page.on("pageerror", (error) => troubles.push(`error on ${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // A refused upload is an answer of 4xx; the browser logs it though the page handles it.
    if (message.type() !== "error" || /Failed to load resource.*\b(401|404|410|413|422)\b/.test(message.text())) return;
    troubles.push(`console on ${page.url()}: ${message.text()}`);
  });
}

/** Nothing on the page may be wider than the window. */
export async function assertNoSidewaysScroll(page) {
  const { wide, width } = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const hiding = (element) => {
      for (let up = element.parentElement; up !== null; up = up.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
      }
      return false;
    };
    const wide = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > limit + 0.5 && !hiding(element))
      .map((element) => `${element.tagName}.${element.className}`);
    return { wide, width: document.documentElement.scrollWidth - limit };
  });
  assert.deepEqual({ wide, width: Math.max(0, width) }, { wide: [], width: 0 }, `${page.url()} scrolls sideways`);
}

/** Drops a file on the element that `selector` names, as a browser does. */
export async function drop(page, selector, { name, buffer }, kinds = ["dragover", "drop"]) {
  await page.evaluate(([selector, name, bytes, kinds]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name));
    const place = document.querySelector(selector);
    for (const kind of kinds) place.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [selector, name, [...buffer], kinds]);
}

/** Saves a picture where OXI_SCREENSHOTS says; without it there are none. */
export async function shot(page, name) {
  const folder = process.env.OXI_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
