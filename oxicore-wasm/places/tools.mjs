/** Running programs, serving folders, opening pages. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as listen } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";

const SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];
const TYPES = { html: "text/html", js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };
/** What the README says a page's content policy must allow. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const LONGEST_MS = 900_000;

function start(folder, [program, ...args], env = {}) {
  const path = `${join(folder, "node_modules/.bin")}:${process.env.PATH}`;
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, CI: "1", NEXT_TELEMETRY_DISABLED: "1", PATH: path, ...env }, detached: true });
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said.text += data));
  return { child, said };
}

/** What a program printed; it must succeed. */
export async function run(folder, command) {
  const { child, said } = start(folder, command);
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), LONGEST_MS);
  const code = await new Promise((resolve) => child.on("close", resolve).on("error", () => resolve(-1)));
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${command.join(" ")}: ${said.text.trim().split("\n").slice(-12).join("\n")}`);
  return said.text;
}

/** Runs a server on a free port as long as `use` needs it. */
export async function during(folder, command, use) {
  const port = await freePort();
  const { child, said } = start(folder, command.map((word) => word.replace("PORT", port)));
  try {
    const origin = `http://localhost:${port}`;
    await answers(origin, said);
    return await use(origin);
  } finally {
    process.kill(-child.pid, "SIGTERM");
  }
}

async function answers(origin, said) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (await fetch(origin).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing answers at ${origin}: ${said.text}`);
}

const freePort = () =>
  new Promise((resolve) => {
    const server = listen().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Serves a folder as it lies, under the policy of the README, as long as `use` needs it. */
export async function serving(folder, use) {
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, "http://local").pathname;
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const bytes = await readFile(file).catch(() => null);
    response.writeHead(bytes === null ? 404 : 200, { "content-type": TYPES[file.split(".").at(-1)] ?? "application/octet-stream", "content-security-policy": POLICY });
    response.end(bytes ?? "");
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  try {
    return await use(`http://localhost:${server.address().port}`);
  } finally {
    server.close();
  }
}

let browser;

/** The title that a page gives itself, which is what the check answered. */
export async function titleOf(address) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: SWITCHES });
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  try {
    await page.goto(address);
    await page.waitForFunction(() => document.title.startsWith("said: "), null, { timeout: 40_000 });
    return (await page.title()).slice("said: ".length);
  } catch (error) {
    throw new Error(`${error.message.split("\n")[0]}; the page said: ${said.join(" | ")}`);
  } finally {
    await page.close();
  }
}

export const closeBrowser = () => browser?.close();
