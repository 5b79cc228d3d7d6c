/** What the module takes from its host: classes of errors, and checks of arguments. */

/** Why a file is not a recording, and where in the file. Fields that do not apply are undefined. */
export class ParseError extends Error {
  constructor(message, code, field, line, column, offset, found, expected) {
    super(message);
    this.name = "ParseError";
    this.code = code;
    this.field = field;
    this.line = line;
    this.column = column;
    this.offset = offset;
    this.found = found;
    this.expected = expected;
  }
}

/** Why two files are not one night. */
export class JoinError extends Error {
  constructor(message, code) {
    super(message);
    this.name = "JoinError";
    this.code = code;
  }
}

/**
 * The bytes of a buffer, or those that a view shows of one; nothing is copied.
 *
 * @throws {TypeError} for anything else
 * @throws {RangeError} when a name is given that is no string, or an interval that is no whole number of seconds from 1
 */
export function bytesOf(file, fileName, interval) {
  if (fileName != null && typeof fileName !== "string") throw new RangeError("fileName must be a string");
  if (interval != null && (interval === 0 || interval >>> 0 !== interval)) throw new RangeError("fallbackIntervalS must be a whole number from 1");
  try {
    const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(file) ? file : new DataView(file);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch {
    throw new TypeError("bytes must be a Uint8Array or an ArrayBuffer");
  }
}

/**
 * Name, value, name, value … of options, those in the objects that settings have too; what is undefined is left out.
 *
 * @throws {RangeError} for an array, another built-in object, or no object
 */
export function entriesOf(options) {
  if (options == null) return [];
  if ({}.toString.call(options) !== "[object Object]") throw new RangeError("options must be an object");
  return Object.entries(options).flatMap(([name, value]) => (/^(filter|aasm|pulse)$/.test(name) ? entriesOf(value) : value === undefined ? [] : [name, value]));
}

const ROLES = ["time", "spo2", "pulse", "motion"];
const ORDERS = [undefined, null, "day-first", "month-first"];

/**
 * What is said of a file: the columns of time, SpO2, pulse and motion, the order of dates, the zone.
 *
 * @throws {RangeError} for anything but an object of `ReadOptions`
 */
export function saidOf(options) {
  if (options == null) return [];
  const { columns, signal, dateOrder, zone, ...others } = plainObject(options, "options");
  const chosen = columns == null ? {} : plainObject(columns, "options.columns");
  const unknown = Object.keys(others)[0] ?? Object.keys(chosen).find((role) => !ROLES.includes(role));
  if (unknown !== undefined) throw new RangeError(`options has no ${unknown}; there are columns (${ROLES.join(", ")}), signal, dateOrder and zone`);
  if (signal != null && chosen.spo2 != null) throw new RangeError("options.signal and options.columns.spo2 say the same: give one of them");
  if (!ORDERS.includes(dateOrder)) throw new RangeError('options.dateOrder must be "day-first" or "month-first"');
  const named = { ...chosen, spo2: chosen.spo2 ?? signal };
  return [...ROLES.map((role) => columnOf(named[role], role)), dateOrder, zone];
}

function columnOf(column, role) {
  if (column == null || typeof column === "string" || (Number.isInteger(column) && column > 0 && column < 65536)) return column;
  throw new RangeError(`the column for ${role} must be a name, or a whole number from 1`);
}

function plainObject(value, name) {
  if ({}.toString.call(value) !== "[object Object]") throw new RangeError(`${name} must be an object`);
  return value;
}

/**
 * The numbers of a list, undefined where there is none.
 *
 * @throws {RangeError} for anything but a list of numbers, null and undefined
 */
export function numbersOf(list, name) {
  const numbers = Array.isArray(list) ? list.map((number) => number ?? undefined) : [name];
  if (numbers.every((number) => number === undefined || typeof number === "number")) return numbers;
  throw new RangeError(`${name} must be a list of numbers, null where there is none`);
}

/**
 * Cut-offs, which class a number at one has, and the confidence.
 *
 * @throws {RangeError} for anything but an object of `NightStatisticsOptions`; without classes it may say the confidence alone
 */
export function nightsOptionsOf(options, classes) {
  const given = options == null ? {} : plainObject(options, "options");
  const known = classes ? ["cutoffs", "atCutoff", "confidence"] : ["confidence"];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`options has no ${unknown}; there is ${known.join(", ")}`);
  const { cutoffs = [], atCutoff = "upper", confidence } = given;
  if (!["upper", "lower"].includes(atCutoff)) throw new RangeError('options.atCutoff must be "upper" or "lower"');
  if (confidence !== undefined && typeof confidence !== "number") throw new RangeError("options.confidence must be a number between 0 and 1");
  if (!Array.isArray(cutoffs) || cutoffs.some((cutoff) => typeof cutoff !== "number")) throw new RangeError("options.cutoffs must be a list of numbers");
  return [cutoffs, atCutoff, confidence];
}
