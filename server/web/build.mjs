/** Bundles the scripts, the wasm module and the stylesheet into dist/, with hashed names and a manifest. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SCRIPTS = ["recording", "upload", "patient-open", "link-sheet", "code-form", "passkey", "viewer"].map((name) => `entries/${name}.ts`);
const PAGES = [...SCRIPTS, "styles/app.css", ...["icon.svg", "icon-192.png", "icon-512.png"].map((name) => `icons/${name}`)];
const CORE = here("../../oxicore-wasm/pkg/web");

if (!existsSync(`${CORE}/oxicore_bg.wasm`)) {
  process.stderr.write("the browser package of the core is missing: run `cargo xtask wasm` first\n");
  process.exit(1);
}

const DIST = here("dist");
await rm(DIST, { recursive: true, force: true });

const COMMON = {
  outdir: DIST,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  publicPath: "/assets",
  entryNames: "[name].[hash]",
  chunkNames: "chunk.[hash]",
  assetNames: "[name].[hash]",
  metafile: true,
  logLevel: "warning",
};

/** Builds entries and returns the names of the files made. */
async function bundle(entries, options) {
  const { metafile } = await build({ ...COMMON, entryPoints: entries.map((entry) => here(`src/${entry}`)), ...options });
  return Object.keys(metafile.outputs).map((output) => basename(output));
}

// The pages name the worker, and the service worker names them all: so they are built in this order.
const worker = await bundle(["core/worker.ts"], { alias: { oxicore: CORE }, loader: { ".wasm": "file" } });
// Under /viewer, because the service worker looks after that part of the site only.
const workerUrl = `/viewer/assets/${worker.find((name) => name.startsWith("worker."))}`;
const pages = await bundle(PAGES, { splitting: true, loader: { ".svg": "copy", ".png": "copy" }, define: { WORKER_URL: JSON.stringify(workerUrl) } });
const ofViewer = [...worker, ...pages].filter((name) => !/^(recording|upload|patient-open|link-sheet|code-form|passkey)\./.test(name));
const version = createHash("sha256").update(ofViewer.sort().join(" ")).digest("hex").slice(0, 12);
const offline = await bundle(["entries/service-worker.ts"], {
  format: "iife",
  define: { ASSETS: JSON.stringify(ofViewer), BUILD: JSON.stringify(version) },
});

/** { "app.js": "app.<hash>.js" } for every file but the shared chunks, which only scripts name. */
const names = [...worker, ...pages, ...offline];
const plain = (name) => name.replace(/\.[A-Z0-9]{8}\./, ".");
const manifest = Object.fromEntries(
  names.filter((name) => !name.startsWith("chunk.")).map((name) => [plain(name), name]).sort(),
);
await writeFile(`${DIST}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);

/** The server hands out the smaller form to browsers that take it. */
for (const name of names) {
  const bytes = await readFile(`${DIST}/${name}`);
  await writeFile(`${DIST}/${name}.gz`, gzipSync(bytes, { level: 9 }));
  await writeFile(`${DIST}/${name}.br`, brotliCompressSync(bytes));
}
