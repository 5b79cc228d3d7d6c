/** Bundles the scripts, the wasm module and the stylesheet into dist/, with hashed names and a manifest. */
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ENTRIES = ["recording.ts", "upload.ts", "patient-open.ts", "code-form.ts", "viewer.ts", "app.css"];
const CORE = here("../../oxicore-wasm/pkg/web");

if (!existsSync(`${CORE}/oxicore_bg.wasm`)) {
  process.stderr.write("the browser package of the core is missing: run `cargo xtask wasm` first\n");
  process.exit(1);
}

const DIST = here("dist");
await rm(DIST, { recursive: true, force: true });
const result = await build({
  entryPoints: ENTRIES.map((entry) => here(`src/${entry}`)),
  outdir: DIST,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  alias: { oxicore: CORE },
  loader: { ".wasm": "file" },
  publicPath: "/assets",
  entryNames: "[name].[hash]",
  chunkNames: "chunk.[hash]",
  assetNames: "[name].[hash]",
  metafile: true,
  logLevel: "warning",
});

/** { "app.js": "app.<hash>.js" } for every file but the shared chunks, which only scripts name. */
const names = Object.keys(result.metafile.outputs).map((output) => basename(output));
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
