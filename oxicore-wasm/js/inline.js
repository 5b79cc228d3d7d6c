/** Entry point for everywhere else: the module is part of this script, which is ready as soon as it is imported. */
import load, { initSync as loadSync } from "glue";
import module from "module.wasm";
import { ready } from "./ready.js";

export * from "./core.js";

export function initSync() {
  loadSync({ module });
  ready();
}

/** Pages of older browsers compile no module of this size at once: they wait for this. */
export default async function init() {
  await load({ module_or_path: module });
  ready();
}

try {
  initSync();
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
}
