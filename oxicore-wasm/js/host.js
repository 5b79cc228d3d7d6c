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
export function entriesOf(options, of) {
  if (options == null) return [];
  const given = Object.entries(plainObject(options, of)).filter(([, value]) => value !== undefined);
  return given.flatMap(([name, value]) => (/^(filter|aasm|pulse)$/.test(name) ? entriesOf(value, `${of}.${name}`) : [name, value]));
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
  const { columns, signal, date_order, zone, ...others } = plainObject(options, "options");
  const chosen = columns == null ? {} : plainObject(columns, "options.columns");
  const unknown = Object.keys(others)[0] ?? Object.keys(chosen).find((role) => !ROLES.includes(role));
  if (unknown !== undefined) throw new RangeError(`options has no ${unknown}; there are columns (${ROLES.join(", ")}), signal, date_order and zone`);
  if (signal != null && chosen.spo2 != null) throw new RangeError("options.signal and options.columns.spo2 say the same: give one of them");
  if (!ORDERS.includes(date_order)) throw new RangeError('options.date_order must be "day-first" or "month-first"');
  const named = { ...chosen, spo2: chosen.spo2 ?? signal };
  return [...ROLES.map((role) => columnOf(named[role], role)), date_order, zone];
}

function columnOf(column, role) {
  if (column == null || typeof column === "string" || (Number.isInteger(column) && column > 0 && column < 65536)) return column;
  throw new RangeError(`the column for ${role} must be a name, or a whole number from 1`);
}

const CHANNELS = ["spo2", "pulse", "motion"];
const OF_COLUMNS = ["time", "interval", "start", ...CHANNELS, ...CHANNELS.map((name) => `${name}_valid`)];

/**
 * Time, SpO2, pulse and motion of columns as lists of numbers, NaN where there is no reading; interval and start, undefined
 * where they are not given.
 *
 * @throws {RangeError} for anything but an object of `GivenColumns`
 */
export function columnsOf(columns) {
  const given = known(columns, "columns", OF_COLUMNS);
  const records = listOf(given.spo2, "columns.spo2").length;
  const interval = given.interval == null ? undefined : secondsFrom1(given.interval, "columns.interval");
  const lists = CHANNELS.map((name) => readingsOf(given[name], given[`${name}_valid`], `columns.${name}`, records));
  return [timesOf(given.time, interval, records), ...lists, interval, startOf(given.start, "columns.start")];
}

/** Seconds since the first record: those given, or one interval after the other. */
function timesOf(time, interval, records) {
  if (time == null && interval === undefined) throw new RangeError("columns need time, or interval where a record comes every interval");
  if (time == null) return Float64Array.from({ length: records }, (_, record) => record * interval);
  const list = listOf(time, "columns.time", records);
  return Float64Array.from(list, (seconds, record) => secondsFrom0(seconds, `columns.time[${record}]`));
}

function readingsOf(column, valid, name, records) {
  if (column == null) return new Float64Array(records).fill(NaN);
  const list = listOf(column, name, records);
  const flags = valid == null ? undefined : listOf(valid, `${name}_valid`, records);
  return Float64Array.from(list, (value, record) => {
    if (value == null || (flags && !flags[record])) return NaN;
    if (typeof value === "number") return value;
    throw new RangeError(`${name}[${record}] must be a number, null where there is no reading`);
  });
}

/** An array or a typed array, as long as the others. */
function listOf(list, name, records = list?.length) {
  if (!Array.isArray(list) && !(ArrayBuffer.isView(list) && "length" in list)) throw new RangeError(`${name} must be a list of numbers`);
  if (list.length !== records) throw new RangeError(`${name} has ${list.length} entries and columns.spo2 ${records}: give one of each for every record`);
  return list;
}

/** Forty-eight hours, within which a live night knows its halves. */
const LONGEST_S = 172_800;

/**
 * Interval, start and longest night of a live analysis.
 *
 * @throws {RangeError} for anything but an object of `LiveNight`
 */
export function liveOf(night) {
  const { interval, start, longest } = known(night, "night", ["interval", "start", "longest"]);
  return [secondsFrom1(interval, "night.interval"), startOf(start, "night.start"), secondsFrom1(longest ?? LONGEST_S, "night.longest")];
}

/**
 * Time, SpO2, pulse and motion of a record, undefined where they are not given.
 *
 * @throws {RangeError} for anything but an object of `LiveRecord`
 */
export function recordOf(record) {
  const { time, ...readings } = known(record, "record", ["time", ...CHANNELS]);
  const wrong = CHANNELS.find((name) => readings[name] != null && typeof readings[name] !== "number");
  if (wrong !== undefined) throw new RangeError(`record.${wrong} must be a number, null where there is no reading`);
  return [time == null ? undefined : secondsFrom0(time, "record.time"), ...CHANNELS.map((name) => readings[name] ?? undefined)];
}

/** Seconds since 1970 of a wall clock, undefined of none. */
function startOf(start, name) {
  if (start == null) return undefined;
  const time = typeof start === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(start) ? Date.parse(`${start}Z`) : NaN;
  // A day that a month has not is one of the next to some engines.
  if (!(new Date(time).getTime() === time && new Date(time).toISOString().startsWith(start))) {
    throw new RangeError(`${name} must be a wall clock without a zone, such as "2026-01-02T23:59:30"`);
  }
  return time / 1000;
}

function secondsFrom0(seconds, name) {
  if (typeof seconds === "number" && seconds >>> 0 === seconds) return seconds;
  throw new RangeError(`${name} must be whole seconds since the first record`);
}

function secondsFrom1(seconds, name) {
  if (typeof seconds === "number" && seconds >>> 0 === seconds && seconds > 0) return seconds;
  throw new RangeError(`${name} must be a whole number of seconds from 1`);
}

/** An object with none but these names. */
function known(value, name, names) {
  const unknown = Object.keys(plainObject(value, name)).find((key) => !names.includes(key));
  if (unknown !== undefined) throw new RangeError(`${name} has no ${unknown}; there is ${names.join(", ")}`);
  return value;
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
  const names = classes ? ["cutoffs", "at_cutoff", "confidence"] : ["confidence"];
  const { cutoffs = [], at_cutoff = "upper", confidence } = known(options ?? {}, "options", names);
  if (!["upper", "lower"].includes(at_cutoff)) throw new RangeError('options.at_cutoff must be "upper" or "lower"');
  if (confidence !== undefined && typeof confidence !== "number") throw new RangeError("options.confidence must be a number between 0 and 1");
  if (!Array.isArray(cutoffs) || cutoffs.some((cutoff) => typeof cutoff !== "number")) throw new RangeError("options.cutoffs must be a list of numbers");
  return [cutoffs, at_cutoff, confidence];
}
