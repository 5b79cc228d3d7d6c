/**
 * Names every function of a WebAssembly module so that, ordered by name, the module compresses best: `node order.mjs MODULE [--first]`.
 * Compression finds again only what is near. The first time functions that are alike are put beside each other; each time many
 * small changes are then tried, and those that make the code smaller stay. The same module always gets the same names.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";

const TRIES = 4000;
/** Most functions moved at once. */
const LONGEST_RUN = 16;
/** Bytes that two functions have in common where they are alike. */
const PIECE = 6;
/** A function is to be like these many before it. */
const NEAR = 12;

const [CUSTOM, IMPORTS, CODE] = [0, 2, 10];

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function readNumber(bytes, at) {
  let number = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at.index++];
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}

function numberBytes(number) {
  const low = number & 0x7f;
  return number < 0x80 ? [low] : [low | 0x80, ...numberBytes(number >>> 7)];
}

function readBytes(bytes, at) {
  const length = readNumber(bytes, at);
  at.index += length;
  return bytes.subarray(at.index - length, at.index);
}

/** How many functions come from outside, and the code of the module's own. */
export function partsOf(module) {
  const at = { index: 8 };
  const parts = { imports: 0, bodies: [] };
  while (at.index < module.length) {
    const id = module[at.index++];
    const section = readBytes(module, at);
    const inside = { index: 0 };
    if (id === IMPORTS) parts.imports = readNumber(section, inside);
    if (id === CODE) parts.bodies = Array.from({ length: readNumber(section, inside) }, () => readBytes(section, inside));
  }
  return parts;
}

/** The longest first, then always the one most like the last few, for its length. */
export function byLikeness(bodies) {
  const pieces = shared(bodies.map(piecesOf));
  const left = [...bodies.keys()].sort((a, b) => bodies[b].length - bodies[a].length);
  const order = left.splice(0, 1);
  while (left.length > 0) {
    const near = new Set(order.slice(-NEAR).flatMap((one) => [...pieces[one].keys()]));
    const likeness = left.map((one) => common(pieces[one], near) / (bodies[one].length + 20) ** 0.7);
    order.push(...left.splice(likeness.indexOf(Math.max(...likeness)), 1));
  }
  return order;
}

function piecesOf(body) {
  const text = Buffer.from(body).toString("latin1");
  return new Set(Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE)));
}

/** Of each function the pieces that others have too, with what a piece tells: the less, the more functions have it. */
function shared(pieces) {
  const counts = new Map();
  for (const piece of pieces.flatMap((all) => [...all])) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const weight = (piece) => Math.floor(1000 / (Math.floor(Math.log2(counts.get(piece))) + 1));
  return pieces.map((all) => new Map([...all].filter((piece) => counts.get(piece) > 1).map((piece) => [piece, weight(piece)])));
}

const common = (pieces, near) => [...pieces].reduce((sum, [piece, weight]) => (near.has(piece) ? sum + weight : sum), 0);

/** The order after so many tries to move some functions elsewhere; it is never worse than before. */
export function tried(order, bodies, tries) {
  const size = (one) => deflateRawSync(Buffer.concat(one.map((body) => bodies[body])), { level: 9 }).length;
  const random = dice();
  let best = { order, size: size(order) };
  for (let count = 0; count < tries; count += 1) {
    const other = moved(best.order, random);
    const bytes = size(other);
    if (bytes <= best.size) best = { order: other, size: bytes };
  }
  return best.order;
}

function moved(order, random) {
  const length = Math.min(order.length, random(3) === 0 ? 1 + random(LONGEST_RUN) : 1);
  const from = random(order.length - length + 1);
  const rest = order.toSpliced(from, length);
  return rest.toSpliced(random(rest.length + 1), 0, ...order.slice(from, from + length));
}

/** Numbers that look random and are always the same. */
function dice() {
  let state = 1;
  return (sides) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % sides;
  };
}

/** The module with a name for every function of its own, which says its place. */
export function named(module, order) {
  const { imports } = partsOf(module);
  const places = order.map((one, place) => [one, String(place).padStart(6, "0")]).sort(([a], [b]) => a - b);
  const names = places.flatMap(([one, name]) => [...numberBytes(imports + one), name.length, ...Buffer.from(name)]);
  const list = [...numberBytes(order.length), ...names];
  const section = [...Buffer.from("\x04name\x01", "latin1"), ...numberBytes(list.length), ...list];
  return Buffer.concat([module, Buffer.from([CUSTOM, ...numberBytes(section.length), ...section])]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, first] = process.argv.slice(2);
  const module = readFileSync(file);
  const { bodies } = partsOf(module);
  const start = first === "--first" ? byLikeness(bodies) : [...bodies.keys()];
  writeFileSync(file, named(module, tried(start, bodies, TRIES)));
}
