/** Entry point of pages and workers: `init()` fetches the module, which lies beside this script. */
import load, { initSync as loadSync } from "glue";
import { ready } from "./ready.js";

export * from "./core.js";

export default async function init(options) {
  await load(options ?? undefined);
  ready();
}

export function initSync(options) {
  loadSync(options);
  ready();
}
