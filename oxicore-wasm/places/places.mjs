/** Where people are: what each place installs, its files by the README, and how it is asked. */
import { check } from "./check.mjs";
import { during, run, serving, titleOf } from "./tools.mjs";

const SHOWN = `check().then((said) => (document.title = "said: " + said), (error) => (document.title = "said: " + error));`;
const HTML = (script) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>wait</title><script type="module" src="${script}"></script>`;
const PRINTED = "check().then((said) => console.log(said));";
const page = (entry, options) => ({ "src/main.js": check(entry, options) + SHOWN });

/** A program for a terminal. */
const program = (entry) => ({ "check.mjs": check(entry) + PRINTED });
const last = (printed) => printed.trim().split("\n").at(-1);
const shown = (folder, command) => run(folder, command).then(last);

/** The same for `require`. */
const required = (entry) => {
  const [, names, from] = /import init, (\{.*?\}) from (".*?");/.exec(check(entry));
  const body = check(entry).replace(/import .*;\n/, "").replace("export async", "async");
  return { "check.cjs": `const ${names} = require(${from}); const init = require(${from}).default;\n${body}${PRINTED}` };
};

const VITE = { "index.html": HTML("/src/main.js") };
/** As the README says: the module is named, so that Vite finds it. */
const BY_URL = { imports: 'import module_or_path from "oxicore/oxicore_bg.wasm?url";', init: "{ module_or_path }" };
const vite = (version, entry, options) => ({
  install: { vite: version },
  files: { ...VITE, ...page(entry, options) },
});
const viteDev = (folder) => during(folder, ["vite", "--port", "PORT", "--strictPort"], titleOf);
const viteBuilt = async (folder) => {
  await run(folder, ["vite", "build"]);
  return serving(`${folder}/dist`, titleOf);
};

const webpack = { webpack: "5", "webpack-cli": "7" };
const webpacked = async (folder) => {
  await run(folder, ["webpack", "--mode", "production", "--entry", "./src/main.js", "--output-path", "dist"]);
  return serving(`${folder}/dist`, titleOf);
};
const onlyPage = (script) => ({ "dist/index.html": HTML(script) });

const esbuilt = async (folder) => {
  await run(folder, ["esbuild", "src/main.js", "--bundle", "--format=esm", "--outdir=dist"]);
  return serving(`${folder}/dist`, titleOf);
};
const copied = async (folder) => {
  await run(folder, ["cp", "node_modules/oxicore/web/oxicore_bg.wasm", "dist/"]);
  return esbuilt(folder);
};

/** Next answers by a page whose numbers are made in the browser, and by a route. */
const next = (entry) => ({
  install: { next: "16", react: "19", "react-dom": "19" },
  files: {
    "app/check.js": check(entry),
    "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;",
    "app/page.js": `"use client";\nimport { useEffect } from "react";\nimport { check } from "./check";\nexport default function Page() { useEffect(() => { ${SHOWN} }, []); return null; }`,
    "app/route/route.js": `import { check } from "../check";\nexport const dynamic = "force-dynamic";\nexport const GET = async () => new Response(await check());`,
  },
});
const nextAsked = (bundler) => async (folder) => {
  await run(folder, ["next", "build", bundler]);
  const [client, route] = await during(folder, ["next", "start", "--port", "PORT"], async (origin) => [await titleOf(origin), await (await fetch(`${origin}/route`)).text()]);
  if (client !== route) throw new Error(`the page says ${client}, the route ${route}`);
  return route;
};

const PLAIN = "/node_modules/oxicore/web/oxicore.js";
const worker = `import { check } from "./check.js"; self.onmessage = async () => self.postMessage(await check());`;
const asks = `const worker = new Worker("/worker.js", { type: "module" }); worker.onmessage = ({ data }) => (document.title = "said: " + data); worker.onerror = ({ message }) => (document.title = "said: " + message); worker.postMessage(1);`;

const tested = `import { expect, test } from "vitest";\nimport { check } from "./check.mjs";\ntest("check", async () => { expect(typeof document).toBe("object"); const said = await check(); console.log("said: " + said); });`;
const vitested = async (folder) => /said: (.*)/.exec(await run(folder, ["vitest", "run", "--environment", "jsdom"]))[1];

/** Of each place the name, the entry point, and whether CI asks it too. */
export const PLACES = [
  { place: "Node.js, import", entry: "oxicore", ci: true, files: program("oxicore"), ask: (folder) => shown(folder, ["node", "check.mjs"]) },
  { place: "Node.js, require", entry: "oxicore", ci: true, files: required("oxicore"), ask: (folder) => shown(folder, ["node", "check.cjs"]) },
  ...["esm", "cjs"].map((format) => ({
    place: `bundled for Node.js, ${format}`, entry: "oxicore", ci: true, install: { esbuild: "0.28" }, files: program("oxicore"),
    ask: async (folder) => {
      const made = format === "esm" ? "alone/bundle.mjs" : "alone/bundle.cjs";
      await run(folder, ["esbuild", "check.mjs", "--bundle", "--platform=node", `--format=${format}`, `--outfile=${made}`]);
      await run(folder, ["mv", "node_modules/oxicore", "away"]);
      return shown(folder, ["node", made]).finally(() => run(folder, ["mv", "away", "node_modules/oxicore"]));
    },
  })),
  {
    place: "webpack for Node.js", entry: "oxicore", install: webpack, files: program("oxicore"),
    ask: async (folder) => {
      await run(folder, ["webpack", "--mode", "production", "--target", "node", "--entry", "./check.mjs", "--output-path", "dist"]);
      return shown(folder, ["node", "dist/main.js"]);
    },
  },
  { place: "Deno", entry: "oxicore", install: { deno: "2" }, files: { ...program("oxicore"), "deno.json": '{ "nodeModulesDir": "manual" }' }, ask: (folder) => shown(folder, ["deno", "run", "-A", "check.mjs"]) },
  { place: "Bun", entry: "oxicore", install: { bun: "1" }, files: program("oxicore"), ask: (folder) => run(folder, ["node", "node_modules/bun/install.js"]).then(() => shown(folder, ["bun", "check.mjs"])) },
  { place: "vitest with jsdom", entry: "oxicore", install: { vitest: "3", jsdom: "26" }, files: { "check.mjs": check("oxicore"), "check.test.mjs": tested }, ask: vitested },
  { place: "page, no bundler", entry: "oxicore/web", ci: true, files: { "index.html": HTML("/main.js"), "main.js": check(PLAIN) + SHOWN }, ask: (folder) => serving(folder, titleOf) },
  { place: "module worker", entry: "oxicore/web", ci: true, files: { "index.html": HTML("/main.js"), "main.js": asks, "worker.js": worker, "check.js": check(PLAIN) }, ask: (folder) => serving(folder, titleOf) },
  ...["7", "8"].flatMap((version) => [
    { place: `Vite ${version}, dev`, entry: "oxicore/inline", ...vite(version, "oxicore/inline"), ask: viteDev },
    { place: `Vite ${version}, build`, entry: "oxicore/inline", ...vite(version, "oxicore/inline"), ask: viteBuilt },
    { place: `Vite ${version}, dev`, entry: "oxicore with ?url", ...vite(version, "oxicore", BY_URL), ask: viteDev },
    { place: `Vite ${version}, build`, entry: "oxicore with ?url", ci: version === "8", ...vite(version, "oxicore", BY_URL), ask: viteBuilt },
  ]),
  { place: "Vite 8, dev", entry: "oxicore", ...vite("8", "oxicore"), ask: viteDev },
  { place: "Vite 8, build", entry: "oxicore", ...vite("8", "oxicore"), ask: viteBuilt },
  { place: "webpack 5", entry: "oxicore", ci: true, install: webpack, files: { ...page("oxicore"), ...onlyPage("/main.js") }, ask: webpacked },
  { place: "webpack 5", entry: "oxicore/inline", install: webpack, files: { ...page("oxicore/inline"), ...onlyPage("/main.js") }, ask: webpacked },
  { place: "esbuild", entry: "oxicore, module copied", ci: true, install: { esbuild: "0.28" }, files: { ...page("oxicore"), ...onlyPage("/main.js") }, ask: copied },
  { place: "esbuild", entry: "oxicore/inline", ci: true, install: { esbuild: "0.28" }, files: { ...page("oxicore/inline"), ...onlyPage("/main.js") }, ask: esbuilt },
  ...["oxicore", "oxicore/inline"].flatMap((entry) => [
    { place: "Next, Turbopack, page and route", entry, ...next(entry), ask: nextAsked("--turbopack") },
    { place: "Next, webpack, page and route", entry, ...next(entry), ask: nextAsked("--webpack") },
  ]),
];
