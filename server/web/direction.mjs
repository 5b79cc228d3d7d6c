/**
 * The direction of imports under src/: a folder uses what stands before it, and no more than three files import each other in a circle.
 * Imports of types count too: what a file must know is what it depends on.
 */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** Folders in their order; those of one row do not know each other. */
const ORDER = [["core", "ui"], ["chart"], ["night"], ["compare", "upload", "viewer"], ["entries"]];
const LARGEST_CIRCLE = 3;

/** `from "./x"`, `import "./x"` and `import("./x")`, `export … from` among them. */
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*["'`](\.{1,2}\/[^"'`]+)["'`]/g;

/** The scripts below `root` by their path, with their text. */
export function scriptsOf(root) {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return new Map(paths.filter((path) => /\.ts$/.test(path)).map((path) => [path, readFileSync(`${root}/${path}`, "utf8")]));
}

/** What is wrong with the imports of `scripts`, a line each. */
export function complaintsAbout(scripts) {
  const graph = graphOf(scripts);
  const places = [...scripts.keys()].filter((path) => rankOf(path) === undefined && !path.endsWith(".d.ts"));
  const arrows = [...graph].flatMap(([from, targets]) => targets.filter((to) => !mayUse(from, to)).map((to) => `${from} imports ${to}`));
  const circles = circlesOf(graph).filter((circle) => circle.length > LARGEST_CIRCLE);
  return [
    ...places.map((path) => `${path}: stands in no folder of the order`),
    ...arrows.map((arrow) => `${arrow}: against the direction`),
    ...circles.map((circle) => `a circle of ${circle.length} files: ${circle.join(", ")}`),
  ];
}

const folderOf = (path) => path.split("/")[0];

function rankOf(path) {
  const rank = ORDER.findIndex((row) => row.includes(folderOf(path)));
  return rank < 0 || !path.includes("/") ? undefined : rank;
}

function mayUse(from, to) {
  return folderOf(from) === folderOf(to) || rankOf(from) > rankOf(to);
}

function graphOf(scripts) {
  const targets = (path, text) => [...text.matchAll(SPECIFIER)].map(([, specifier]) => resolve(path, specifier, scripts));
  return new Map([...scripts].map(([path, text]) => [path, targets(path, text).filter((target) => target !== undefined)]));
}

function resolve(path, specifier, scripts) {
  const plain = posix.normalize(`${posix.dirname(path)}/${specifier}`);
  return [plain, `${plain}.ts`, `${plain}.d.ts`, `${plain}/index.ts`].find((candidate) => scripts.has(candidate));
}

/** Files that reach each other, each group once. */
function circlesOf(graph) {
  const reach = new Map([...graph.keys()].map((path) => [path, reachedFrom(path, graph)]));
  const circles = [...graph.keys()].map((path) => [...reach.get(path)].filter((other) => reach.get(other)?.has(path)).sort());
  return [...new Map(circles.map((circle) => [circle.join(" "), circle])).values()].filter((circle) => circle.length > 0);
}

function reachedFrom(start, graph) {
  const reached = new Set();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const target of graph.get(path) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}
