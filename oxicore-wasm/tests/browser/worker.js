/** A module worker that reads files with the package's entry point `web`: what comes in is `{ name, bytes }`, what goes out are the numbers. */
import init, { ParseError, Recording } from "/pkg/web/oxicore.js";

const ready = init({ module_or_path: "/pkg/web/oxicore_bg.wasm" });

function numbers(name, bytes) {
  const night = Recording.parse(bytes, name);
  const found = { summary: night.analyze(), events: night.desaturations(), indices: night.compare(), columns: night.columns(), csv: night.toCsv() };
  night.free();
  return found;
}

function answer(name, bytes) {
  try {
    return { name, ...numbers(name, bytes) };
  } catch (error) {
    const { code, line, column } = error;
    return { name, refused: { isParseError: error instanceof ParseError, code, line, column } };
  }
}

self.addEventListener("message", async ({ data: { name, bytes } }) => {
  await ready;
  self.postMessage(answer(name, bytes));
});
