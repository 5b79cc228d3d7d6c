/** The package, the fixtures and a page with a worker, served to a headless Chromium under a strict content policy. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const ROOM = new URL("../../", import.meta.url);
const CORE_TESTS = new URL("../../../oxicore/tests/", import.meta.url);
const TYPES = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm", html: "text/html" };
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:";
const SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];

/** Where an application has the package. */
const INSTALLED = "/node_modules/oxicore/";

function place(path) {
  if (path.startsWith("/pkg/")) return new URL(path.slice(1), ROOM);
  if (path.startsWith(INSTALLED)) return new URL(`pkg/${path.slice(INSTALLED.length)}`, ROOM);
  if (path.startsWith("/fixtures/")) return new URL(path.slice(1), CORE_TESTS);
  if (path === "/errors.mjs") return new URL("tests/errors.mjs", ROOM);
  return new URL(`tests/browser${path}`, ROOM);
}

/** The worker of the package's README, as it stands there. */
async function readmeWorker() {
  const readme = await readFile(new URL("README.md", ROOM), "utf8");
  return /```js worker\.js\n([^]*?)```/.exec(readme)[1];
}

async function serve(request, response) {
  const path = decodeURI(new URL(request.url, "http://local").pathname);
  const bytes = path === "/readme/worker.js" ? await readmeWorker() : await readFile(place(path)).catch(() => null);
  if (bytes === null) return void response.writeHead(404).end();
  const type = TYPES[path.split(".").at(-1)] ?? "application/octet-stream";
  return void response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(bytes);
}

/** Opens the page; `stop` ends browser and server. */
export async function openPage() {
  const server = createServer(serve);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: SWITCHES });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
  await page.waitForSelector("html[data-ready=yes]");
  const stop = async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return { page, stop };
}
