/** The built scripts on bare pages of the promised shape (README.md), under the platform's content policy, without the platform. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const DIST = new URL("../../../dist/", import.meta.url);
const TYPES = { js: "text/javascript", css: "text/css", wasm: "application/wasm", svg: "image/svg+xml" };
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'self'";

/** Serves `pages` (path to body markup, script entry) and `files` (path to bytes); returns the address and a stop function. */
export async function servePages(pages, files = {}) {
  const manifest = JSON.parse(await readFile(new URL("manifest.json", DIST), "utf8"));
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://local").pathname);
    response.setHeader("content-security-policy", POLICY);
    if (path in pages) return void response.setHeader("content-type", "text/html").end(markup(pages[path], manifest));
    if (path in files) return void response.end(files[path]);
    const name = /^(?:\/viewer)?\/assets\/([^/]+)$/.exec(path)?.[1];
    const asset = name && (await readFile(new URL(name, DIST)).catch(() => null));
    if (!asset) return void response.writeHead(404).end();
    return void response.setHeader("content-type", TYPES[path.split(".").at(-1)]).end(asset);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function markup({ body, script, messages = {}, lang = "en" }, manifest) {
  return `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/assets/${manifest["app.css"]}"></head><body><main class="content">${body}</main>
<script type="application/json" id="messages">${JSON.stringify(messages)}</script>
<script type="module" src="/assets/${manifest[script]}"></script></body></html>`;
}
