import assert from "node:assert/strict";
import test from "node:test";
import { runInNewContext } from "node:vm";
import { JoinError, ParseError, Recording } from "../pkg/node/oxicore.mjs";
import { fixture } from "./support.mjs";

const CSV = "D1_vihealth_6col_20260102235930.csv";
const text = (...lines) => new TextEncoder().encode(`${lines.join("\n")}\n`);
const SMALL = text(
  "Time,Oxygen Level,Pulse Rate,Motion",
  "23:59:56 Jan 02 2026,96,58,0",
  "00:00:00 Jan 03 2026,--,61,3",
  "00:00:04 Jan 03 2026,88,--,0",
  "00:00:08 Jan 03 2026,95,60,9",
);

function refusal(bytes, name) {
  try {
    Recording.parse(bytes, name).free();
  } catch (error) {
    return error;
  }
  return assert.fail("the file was read");
}

test("a recording says what it is", () => {
  const night = Recording.parse(SMALL);
  assert.deepEqual(
    [night.format, night.start, night.startMs, night.intervalS, night.length, night.recordingS],
    ["csv", "2026-01-02T23:59:56", Date.UTC(2026, 0, 2, 23, 59, 56), 4, 4, 16],
  );
  night.free();
});

test("columns are typed arrays, and a missing reading is not valid", () => {
  const night = Recording.parse(SMALL);
  const columns = night.columns();
  assert.deepEqual(columns.time, new Uint32Array([0, 4, 8, 12]));
  assert.deepEqual(columns.spo2_valid, new Uint8Array([1, 0, 1, 1]));
  assert.deepEqual([columns.spo2[0], columns.spo2[2], columns.spo2[3]], [96, 88, 95]);
  assert.deepEqual(columns.pulse_valid, new Uint8Array([1, 1, 0, 1]));
  assert.ok(columns.pulse instanceof Uint16Array);
  assert.deepEqual([...columns.motion], [0, 3, 0, 9]);
  night.free();
});

test("what a recording gave outlives it", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const { spo2 } = night.columns();
  const kept = [...spo2];
  night.free();
  for (let round = 0; round < 20; round += 1) Recording.parse(fixture(CSV), CSV).free(); // overwrites what was freed
  assert.deepEqual([...spo2], kept);
});

test("a freed recording refuses to answer", () => {
  const night = Recording.parse(SMALL);
  night.free();
  assert.throws(() => night.columns());
  assert.throws(() => night.analyze());
});

test("Symbol.dispose frees, where the engine has it", { skip: Symbol.dispose === undefined && "this Node.js has no Symbol.dispose" }, () => {
  const night = Recording.parse(SMALL);
  night[Symbol.dispose]();
  assert.throws(() => night.length);
});

test("freeing twice, or freeing before the end of a using block, does nothing more", () => {
  const night = Recording.parse(SMALL);
  night.free();
  night.free();
  if (Symbol.dispose !== undefined) night[Symbol.dispose]();
  assert.throws(() => night.length);
});

/** The small night between other bytes, which no reader may take for its own. */
const SURROUNDED = new Uint8Array([...text("x"), ...SMALL, ...text("00:00:12 Jan 03 2026,99,99,0")]).buffer;
const PLACE = [SURROUNDED, 2, SMALL.length];

for (const [what, bytes] of [
  ["an ArrayBuffer", SMALL.slice().buffer],
  ["a part of an ArrayBuffer", new Uint8Array(...PLACE)],
  ["a DataView", new DataView(...PLACE)],
  ["a Buffer of Node.js", Buffer.from(...PLACE)],
  ["an array of wider numbers", new Uint16Array(SURROUNDED.slice(2, 2 + SMALL.length - (SMALL.length % 2)))],
  ["an ArrayBuffer of another realm", runInNewContext("Uint8Array.from(bytes).buffer", { bytes: SMALL })],
  ["a Uint8Array of another realm", runInNewContext("Uint8Array.from(bytes)", { bytes: SMALL })],
]) {
  test(`${what} is read by its bytes`, () => {
    const [night, same] = [bytes, SMALL].map((file) => Recording.parse(file));
    assert.deepEqual(night.columns(), same.columns());
    night.free();
    same.free();
  });
}

for (const given of ["night.csv", 5, true, null, undefined, {}, [1, 2, 3], { byteLength: 3, byteOffset: 0, buffer: 1 }]) {
  test(`${JSON.stringify(given)} is no file`, () => {
    const error = refusal(given);
    assert.ok(error instanceof TypeError, String(error));
    assert.match(error.message, /bytes must be a Uint8Array or an ArrayBuffer/);
  });
}

test("a name that is no text is refused, and none is none", () => {
  for (const name of [5, {}, ["night.csv"], true]) {
    const error = refusal(SMALL, name);
    assert.ok(error instanceof RangeError && /fileName must be a string/.test(error.message), String(error));
  }
  for (const name of [null, undefined, ""]) Recording.parse(SMALL, name).free();
});

const ONE_ROW = text("Time,Oxygen Level,Pulse Rate,Motion", "23:59:56 Jan 02 2026,96,58,0");

test("an interval that is none is refused, and none is the usual one", () => {
  for (const interval of [0, -4, 2.5, NaN, Infinity, 2 ** 32, "4", {}]) {
    assert.throws(
      () => Recording.parse(ONE_ROW, undefined, interval),
      (error) => error instanceof RangeError && /fallbackIntervalS must be a whole number/.test(error.message),
      String(interval),
    );
  }
  const intervals = [null, undefined, 1, 7, 900].map((interval) => {
    const night = Recording.parse(ONE_ROW, null, interval);
    const { intervalS } = night;
    night.free();
    return intervalS;
  });
  assert.deepEqual(intervals, [1, 1, 1, 7, 900]);
});

test("the caller's bytes are left alone", () => {
  const bytes = fixture(CSV);
  const before = bytes.slice();
  Recording.parse(bytes, CSV).free();
  assert.deepEqual(bytes, before);
});

test("an analysis is a plain object that JSON keeps whole", () => {
  const night = Recording.parse(SMALL);
  const analysis = night.analyze();
  assert.equal(Object.getPrototypeOf(analysis), Object.prototype);
  assert.deepEqual(JSON.parse(JSON.stringify(analysis)), analysis);
  assert.equal(analysis.aasm.odi3.per_h, null); // twelve valid seconds are too short for an index
  night.free();
});

test("the listed threshold chooses the events", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const depths = (options) => night.desaturations(options).map((event) => event.peak_pct - event.nadir_pct);
  assert.ok(depths().every((depth) => depth >= 3));
  assert.ok(depths({ listed: 4 }).every((depth) => depth >= 4));
  assert.deepEqual(depths({ listed: 3 }), depths());
  assert.throws(() => night.desaturations({ listed: 5 }), RangeError);
  night.free();
});

test("a reduced channel keeps the lowest and the highest reading of every stretch and says where the line breaks", () => {
  const night = Recording.parse(SMALL);
  const wide = night.reduce("spo2", 0, 16, 2);
  assert.deepEqual([...wide.min], [96, 88]);
  assert.deepEqual([...wide.max], [96, 95]);
  assert.deepEqual([...wide.min_s], [0, 8]);
  assert.deepEqual([...wide.valid], [1, 2]);
  const narrow = night.reduce("spo2", 0, 16, 4);
  assert.deepEqual([...narrow.valid], [1, 0, 1, 1]);
  assert.deepEqual([...narrow.gap_before], [0, 0, 1, 0]);
  night.free();
});

test("a stretch without readings has no valid ones", () => {
  const night = Recording.parse(SMALL);
  assert.deepEqual([...night.reduce("spo2", 4, 8, 1).valid], [0]);
  night.free();
});

for (const [given, complaint] of [
  [["perfusion", 0, 16, 2], /channel must be "spo2"/],
  [[3, 0, 16, 2], /channel/],
  [[undefined, 0, 16, 2], /channel/],
  [["spo2", 0, 16, 2e8], /columns must be a whole number from 1 to 1000000/],
  [["spo2", 0, 16, 0], /columns/],
  [["spo2", 0, 16, -1], /columns/],
  [["spo2", 0, 16, 1.5], /columns/],
  [["spo2", 0, 16], /columns/],
  [["spo2", 16, 16, 2], /toS must be after fromS/],
  [["spo2", 0, -1, 2], /toS/],
  [["spo2", 0, NaN, 2], /toS/],
  [["spo2", 0, Infinity, 2], /toS/],
  [["spo2"], /toS|columns/],
]) {
  test(`a reduction by ${given.map(String)} is refused`, () => {
    const night = Recording.parse(SMALL);
    assert.throws(() => night.reduce(...given), (error) => error instanceof RangeError && complaint.test(error.message));
    night.free();
  });
}

test("times before the first sample are at it, and parts of a second are left out", () => {
  const night = Recording.parse(SMALL);
  const whole = night.reduce("spo2", 0, 16, 2);
  assert.deepEqual(night.reduce("spo2", -60, 16, 2), whole);
  assert.deepEqual(night.reduce("spo2", 0.9, 16.9, 2), whole);
  assert.deepEqual([...night.reduce("spo2", -2, -1, 1).valid], [0]);
  night.free();
});

test("a parse error is an Error with a code and a place", () => {
  const error = refusal(text("Time,Oxygen Level,Pulse Rate,Motion", "23:59:56 Jan 02 2026,96,58,0", "00:00:00 Feb 30 2026,96,58,0"));
  assert.ok(error instanceof ParseError && error instanceof Error);
  const { name, code, field, line, column, offset } = error;
  assert.deepEqual({ name, code, field, line, column, offset }, {
    name: "ParseError", code: "bad-row", field: "date", line: 3, column: 1, offset: 65,
  });
  assert.match(error.message, /line 3/);
  assert.ok(error.stack.length > 0);
});

for (const [what, bytes, code] of [
  ["an empty file", new Uint8Array(0), "empty-file"],
  ["a picture named .csv", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), "picture-file"],
  ["a header alone", text("Time,Oxygen Level,Pulse Rate,Motion"), "no-samples"],
  ["ten megabytes of zeros", new Uint8Array(10_000_000), "unknown-format"],
]) {
  test(`${what} is refused as ${code}`, () => {
    assert.equal(refusal(bytes, "night.csv").code, code);
  });
}

test("reading and freeing many nights does not grow the memory", () => {
  const bytes = fixture(CSV);
  const round = () => {
    for (let count = 0; count < 300; count += 1) {
      const night = Recording.parse(bytes, CSV);
      night.analyze();
      night.columns();
      night.free();
    }
    globalThis.gc();
    return process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  };
  const first = round();
  const growth = round() - first;
  assert.ok(growth < 1_000_000, `grew by ${growth} bytes`);
});

test("what was noticed while reading is told without an analysis", () => {
  const night = Recording.parse(SMALL);
  assert.deepEqual(night.notices, night.analyze().notices);
  assert.equal(night.notices.interval_too_coarse, false);
  night.free();
});

test("the settings of an analysis can be given back as options", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const { filter, aasm, pulse } = night.analyze({ look_back_s: 60, max_motion: 20, median3: true, recovery: "peak", tachycardia_bpm: 100 }).settings;
  const again = night.analyze({ ...filter, ...aasm, ...pulse }).settings;
  assert.deepEqual(again, { filter, aasm, pulse });
  assert.deepEqual([aasm.look_back_s, filter.max_motion, aasm.median3, aasm.recovery, pulse.tachycardia_bpm], [60, 20, true, "peak", 100]);
  night.free();
});

test("an analysis by the settings of another is the same", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  for (const options of [{}, { max_motion: 20, trim_start_s: 60, median3: true, near_pct: 2, recovery: "peak", bradycardia_bpm: 55 }, { median_readings: 5, min_duration_s: 4 }]) {
    const analysis = night.analyze(options);
    assert.deepEqual(night.analyze(analysis.settings), analysis);
    assert.deepEqual(night.desaturations({ listed: 4, ...analysis.settings }), night.desaturations({ ...options, listed: 4 }));
  }
  assert.deepEqual(night.analyze({ filter: null, aasm: undefined, pulse: {} }), night.analyze());
  night.free();
});

test("options of another realm, or without a prototype, are options", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  for (const options of [runInNewContext("({ look_back_s: 60 })"), Object.assign(Object.create(null), { look_back_s: 60 })]) {
    assert.equal(night.analyze(options).settings.aasm.look_back_s, 60);
  }
  assert.deepEqual(night.analyze(null), night.analyze(undefined));
  night.free();
});

test("options change the numbers", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  assert.ok(night.analyze({ trim_start_s: 600 }).quality.trimmed > 0);
  assert.ok(night.analyze({ trim_start_s: 600 }).quality.valid_s < night.analyze().quality.valid_s);
  night.free();
});

test("the limits of plausible readings are settings, and are given back as they are", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const { spo2, spo2_valid } = night.columns();
  const low = spo2.filter((pct, i) => spo2_valid[i] === 1 && pct < 95).length;
  const numbers = night.analyze({ spo2_range_pct: [95, 100], pulse_range_bpm: [40, 180] });
  assert.equal(numbers.quality.spo2_out_of_range, low);
  assert.ok(low > 0 && numbers.spo2.min_pct >= 95);
  assert.deepEqual(numbers.settings.filter.spo2_range_pct, [95, 100]);
  assert.deepEqual(numbers.settings.filter.pulse_range_bpm, [40, 180]);
  assert.deepEqual(night.analyze(numbers.settings), numbers);
  assert.equal("spo2_range_pct" in night.analyze().settings.filter, false);
  night.free();
});

for (const [options, complaint] of [
  [{ lookback_s: 60 }, /options\.lookback_s/],
  [{ look_back_s: 1.5 }, /options\.look_back_s must be a whole number/],
  [{ look_back_s: -1 }, /options\.look_back_s/],
  [{ look_back_s: "60" }, /options\.look_back_s/],
  [{ min_duration_s: 0 }, /options\.min_duration_s must be a whole number, at least 1$/],
  [{ spo2_range_pct: [90, 50] }, /options\.spo2_range_pct must be \(low, high\), between 1 and 100$/],
  [{ spo2_range_pct: [50, 101] }, /options\.spo2_range_pct must be/],
  [{ spo2_range_pct: [50, 90, 95] }, /options\.spo2_range_pct must be/],
  [{ pulse_range_bpm: [0, 250] }, /options\.pulse_range_bpm must be \(low, high\), between 1 and 300$/],
  [{ pulse_range_bpm: 50 }, /options\.pulse_range_bpm must be/],
  [{ median_readings: 4 }, /options\.median_readings must be 3, 5, 7 or 9/],
  [{ slope: 1 }, /options\.slope must be true or false/],
  [{ max_motion: 256 }, /options\.max_motion/],
  [{ recovery: "soon" }, /options\.recovery/],
  [{ aasm: { lookback_s: 60 } }, /options\.lookback_s must be left out/],
  [{ aasm: { min_duration_s: 0 } }, /options\.min_duration_s must be a whole number, at least 1$/],
  [{ settings: { slope: true } }, /options\.settings must be left out/],
  [{ filter: 5 }, /options.filter must be an object/],
  [{ filter: [] }, /options.filter must be an object/],
  ["aasm", /options must be an object/],
  [4, /options must be an object/],
  [true, /options must be an object/],
  [[], /options must be an object/],
  [[{ listed: 4 }], /options must be an object/],
]) {
  test(`the options ${JSON.stringify(options)} are refused by name`, () => {
    const night = Recording.parse(SMALL);
    for (const call of ["analyze", "desaturations", "compare", "toEdf"]) {
      assert.throws(() => night[call](options), (error) => error instanceof RangeError && complaint.test(error.message), call);
    }
    night.free();
  });
}

test("every definition stands beside the others, and the first agrees with the analysis", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const indices = night.compare();
  const { aasm, viatom } = night.analyze();
  assert.deepEqual(indices.map(({ profile, threshold }) => `${profile} ${threshold}`), [
    "aasm three", "aasm four", "aasm-nested four", "viatom three", "viatom four", "pobm three", "pobm four",
    "mean120 three", "mean120 four", "mean120-analyzer three", "mean120-analyzer four",
  ]);
  assert.deepEqual(indices.slice(0, 5).map(({ per_h }) => per_h), [
    aasm.odi3.per_h, aasm.odi4.per_h, aasm.odi4_nested.per_h, viatom.drops3_per_h, viatom.drops4_per_h,
  ]);
  night.free();
});

test("a night written as CSV is the same night", () => {
  const night = Recording.parse(SMALL);
  const again = Recording.parse(night.toCsv());
  assert.deepEqual(again.columns(), night.columns());
  assert.deepEqual([again.start, again.intervalS, again.recordingS], [night.start, night.intervalS, night.recordingS]);
  again.free();
  night.free();
});

test("a night written as EDF+ is the same night", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const again = Recording.parse(night.toEdf());
  assert.equal(again.format, "edf");
  assert.deepEqual(again.columns(), night.columns());
  assert.deepEqual(again.analyze().aasm, night.analyze().aasm);
  again.free();
  night.free();
});

test("an EDF+ file carries the events that the options list", () => {
  const night = Recording.parse(fixture(CSV), CSV);
  const text = (options) => new TextDecoder("latin1").decode(night.toEdf(options));
  assert.notEqual(text({ min_duration_s: 3000 }), text());
  night.free();
});

const evening = text("Time,Oxygen Level,Pulse Rate,Motion", "22:00:00 Jan 02 2026,96,58,0", "22:00:04 Jan 02 2026,95,59,0");
const later = text("Time,Oxygen Level,Pulse Rate,Motion", "22:01:00 Jan 02 2026,94,60,0", "22:01:04 Jan 02 2026,93,61,0");

function parsed(run, ...files) {
  const nights = files.map((file) => Recording.parse(file));
  try {
    return run(...nights);
  } finally {
    nights.forEach((night) => night.free());
  }
}

test("two files of one night are joined in either order, and both stay as they were", () => {
  parsed((first, second) => {
    const night = second.join(first);
    const { time, spo2 } = night.columns();
    assert.deepEqual([...time], [0, 4, 60, 64]);
    assert.deepEqual([...spo2], [96, 95, 94, 93]);
    assert.deepEqual([night.start, night.intervalS, night.recordingS], ["2026-01-02T22:00:00", 4, 68]);
    assert.deepEqual([first.length, second.length], [2, 2]);
    night.free();
  }, evening, later);
});

test("a joined night is joined with a further file, and is a night like any other", () => {
  const last = text("Time,Oxygen Level,Pulse Rate,Motion", "22:02:00 Jan 02 2026,90,60,0", "22:02:04 Jan 02 2026,89,61,0");
  parsed((first, second, third) => {
    const two = first.join(third);
    const night = two.join(second);
    two.free();
    assert.deepEqual([...night.columns().spo2], [96, 95, 94, 93, 90, 89]);
    assert.deepEqual([night.length, night.format, night.recordingS], [6, "csv", 128]);
    assert.deepEqual([night.analyze().recording.records, night.analyze().spo2.min_pct], [6, 89]);
    assert.deepEqual([...night.reduce("spo2", 0, 128, 1).min], [89]);
    const again = Recording.parse(night.toCsv());
    assert.deepEqual(again.columns(), night.columns());
    again.free();
    night.free();
  }, evening, later, last);
});

test("a file fetched too early gives way to the longer one", () => {
  parsed((night, early) => {
    const joined = early.join(night);
    assert.deepEqual(joined.columns(), night.columns());
    joined.free();
  }, SMALL, SMALL.slice(0, SMALL.lastIndexOf(10, -2) + 1));
});

test("two recordings that are not one night are not joined, and the error says why", () => {
  const another = text("Time,Oxygen Level,Pulse Rate,Motion", "23:00:00 Jan 02 2026,96,58,0", "23:00:04 Jan 02 2026,95,59,0");
  parsed((first, second) => {
    assert.throws(() => first.join(second), (error) => {
      assert.ok(error instanceof JoinError && error instanceof Error);
      assert.deepEqual([error.name, error.code], ["JoinError", "too-far"]);
      return true;
    });
  }, evening, another);
});

const TWO = text("Time,SpO2 A,SpO2 B,Pulse", "2026-04-03T22:00:00Z,97,88,60", "2026-04-03T22:00:04Z,97,87,60");

/** What is read of the first row, and what is told of it. */
function read(bytes, options) {
  const night = Recording.parse(bytes, undefined, undefined, options);
  const { spo2, pulse } = night.columns();
  const { start_source, date_order_rule, spo2_label } = night.notices;
  const { start } = night;
  night.free();
  return { spo2: spo2[0], pulse: pulse[0], start, start_source, date_order_rule, spo2_label };
}

test("columns are chosen by name or number, and the one that was read is told", () => {
  for (const options of [undefined, null, {}, { columns: null, signal: null, zone: null }]) {
    assert.deepEqual([read(TWO, options).spo2, read(TWO, options).spo2_label], [97, "SpO2 A"]);
  }
  for (const options of [{ signal: "spo2 b" }, { columns: { spo2: "SpO2 B" } }, { columns: { spo2: 3 } }, { signal: 3 }]) {
    assert.deepEqual([read(TWO, options).spo2, read(TWO, options).pulse, read(TWO, options).spo2_label], [88, 60, "SpO2 B"]);
  }
});

test("the order of dates and the zone are the caller's", () => {
  const numeric = text("Time,SpO2,PR", "22:00:00 03/04/2026,97,60");
  assert.equal(read(numeric, {}).date_order_rule, "assumed-day-first");
  const chosen = read(numeric, { date_order: "month-first" });
  assert.deepEqual([chosen.start, chosen.date_order_rule], ["2026-03-04T22:00:00", "chosen"]);
  assert.deepEqual([read(TWO).start, read(TWO).start_source], ["2026-04-03T22:00:00", "universal"]);
  const zoned = read(TWO, { zone: "+03:00" });
  assert.deepEqual([zoned.start, zoned.start_source], ["2026-04-04T01:00:00", "converted"]);
});

test("a column that is not there is an error that names those that are", () => {
  assert.throws(() => read(TWO, { signal: "SpO2 C" }), {
    name: "ParseError", code: "no-such-column", field: "spo2", found: "Time, SpO2 A, SpO2 B, Pulse",
  });
});

test("an option that is none says what would do", () => {
  const wrong = [7, "x", [], { spo2: 3 }, { columns: { sp02: 3 } }, { columns: { spo2: 0 } }, { columns: { spo2: 1.5 } },
    { signal: true }, { signal: "a", columns: { spo2: "b" } }, { date_order: "DMY" }, { zone: "Europe/Bucharest" }, { zone: 2 }];
  for (const options of wrong) assert.throws(() => read(TWO, options), RangeError, JSON.stringify(options));
});

test("an error shows the cell as it was read and a form that would do", () => {
  const error = refusal(text("Time,SpO2,PR", "9:58:20 x. m. 13/11/2025,97,60"));
  assert.deepEqual([error.line, error.column, error.found, error.expected], [2, 1, "9:58:20 x. m. 13/11/2025", "21:58:20 13/11/2025"]);
  assert.equal(error.message, "unreadable time `9:58:20 x. m. 13/11/2025` at line 2, column 1: expected for example `21:58:20 13/11/2025`");
});
