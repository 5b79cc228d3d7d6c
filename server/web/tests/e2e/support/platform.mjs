/** The real server in a folder of its own, and the steps every story begins with. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DOCTOR = { email: "doctor@example.test", password: "noptile-sunt-lungi-7", name: "Dr. Ioana Știrbei" };
const START_TIMEOUT_MS = 30_000;

/** Starts the server named by OXI_SERVER_BIN on a free port and an empty database; returns its address and a stop function. `settings` go before the usual ones; `host` is the name in its address. */
export async function startPlatform(settings = {}, host = "127.0.0.1") {
  const program = process.env.OXI_SERVER_BIN;
  if (!program) throw new Error("OXI_SERVER_BIN must name the server's program: cargo build -p oxi-server, then target/debug/oxi");
  const folder = mkdtempSync(join(tmpdir(), "oxi-e2e-"));
  const port = await freePort();
  const child = spawn(program, ["serve"], { cwd: folder, env: { ...environment(folder, `http://${host}:${port}`, port), ...settings }, stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
  const address = `http://${host}:${port}`;
  await healthy(address, child, said);
  return { address, stop: () => stop(child, folder) };
}

/** Only what the server needs: a developer's own settings must not reach a test. */
function environment(folder, address, port) {
  return {
    PATH: process.env.PATH,
    PORT: String(port),
    HOST: "127.0.0.1",
    APP_URL: address, // links must lead to the host whose cookies the test has
    DATA_DIR: join(folder, "data"),
    ADMIN_EMAIL: DOCTOR.email,
    ADMIN_PASSWORD: DOCTOR.password,
    ADMIN_NAME: DOCTOR.name,
  };
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function healthy(address, child, said) {
  const end = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`${address}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`the server did not become healthy; it said:\n${said.join("")}`);
}

async function stop(child, folder) {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
  rmSync(folder, { recursive: true, force: true });
}

export async function logIn(page, address) {
  await page.goto(`${address}/login`);
  await page.fill("input[name=email]", DOCTOR.email);
  await page.fill("input[name=password]", DOCTOR.password);
  await Promise.all([page.waitForURL((url) => url.pathname !== "/login"), page.press("input[name=password]", "Enter")]);
}

export async function switchLanguage(page, lang) {
  await Promise.all([page.waitForEvent("load"), page.click(`.language-switch button[value=${lang}]`)]);
}
