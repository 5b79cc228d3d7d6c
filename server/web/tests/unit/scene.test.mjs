import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { load } from "./load.mjs";

const { rows } = await load("chart/series.ts");
const { THEMES } = await load("chart/theme/generated.ts");
const { sceneOf } = await load("chart/picture/scene.ts");

const clock = { ticks: (ticks) => ticks.map(String) };
const messages = { say: (key, { value = "" } = {}) => `${key} ${value}`.trim() };

/** A night of readings every 4 s from second 0 on, as the picture of a stretch of it needs it. */
function picture(spo2, from, to, style = {}, belowRangeRuns = []) {
  const channel = (values) => ({ values, valid: values.map((value) => (value === null ? 0 : 1)) });
  const night = { startS: 0, intervalS: 4, atS: spo2.map((_, index) => index * 4), spo2: channel(spo2), pulse: channel(spo2.map(() => 60)), motion: channel(spo2.map(() => null)), belowRangeRuns };
  const all = { level: "gradient", depth: 3, events: [], chosen: null, ...style };
  return sceneOf({ night, rows: rows(night), style: all, from, to, whole: spo2.length * 4, clock, messages, title: "", caption: "" });
}

const LEVEL = ({ stroke }) => stroke === "level";

test("the labels of the thresholds stand beside the curve of a picture: they hide no dip, and it does not run over them", () => {
  const { strokes } = picture([96, 95, 90, 89, 95], 0, 16);
  const labels = strokes.filter(({ text }) => text?.startsWith("chart-threshold"));
  const right = Math.max(...strokes.filter(LEVEL).flatMap(({ points }) => points.map(([x]) => x)));
  assert.deepEqual(labels.map(({ x, anchor }) => [x > right, anchor]), [[true, "start"], [true, "start"]]);
  assert.ok(labels[1].y - labels[0].y >= 14, "they do not touch");
});

test("the curve of a picture runs from edge to edge of the window, also between two readings", () => {
  const { strokes, levelY } = picture([96, 92, 92, 90, 90], 2, 10);
  const [{ points }] = strokes.filter(LEVEL);
  const pulse = strokes.filter(({ stroke }) => stroke === THEMES.light.pulse)[0].points;
  const ends = [points[0], points.at(-1)].map((point) => point.map(Math.round));
  assert.deepEqual(ends, [[72, Math.round(levelY(94))], [1232, Math.round(levelY(91))]]);
  assert.deepEqual([pulse[0][0], pulse.at(-1)[0]], [72, 1232]);
});

test("a gap at the edge of a picture stays a gap", () => {
  const { strokes } = picture([96, null, null, null, null, 92, 92], 2, 22);
  const curves = strokes.filter(LEVEL).map(({ points }) => points.map(([x]) => Math.round(x)));
  assert.deepEqual(curves, [[1116, 1232]]);
});

const EVENTS = [
  { onset_s: 4, end_s: 8, outcome: "complete", counted: true },
  { onset_s: 12, end_s: 16, outcome: "gap", counted: false },
];
const texts = ({ strokes }) => strokes.flatMap(({ text }) => (text?.startsWith("chart-legend") ? [text] : []));

test("a picture says what its colours and marks mean, and only those it shows", () => {
  const all = texts(picture([96, 95, 90, 89, 95], 0, 16, { events: EVENTS }));
  assert.deepEqual(all, ["chart-legend-gradient 3", "chart-legend-threshold 3", "chart-legend-desaturation 3", "chart-legend-uncounted 3"]);
  const part = texts(picture([96, 95, 90, 89, 95], 0, 3, { events: EVENTS }));
  assert.equal(part.some((text) => /desaturation|uncounted/.test(text)), false);
  const fallen = [66, null, null, null, null, 68, 92];
  const mark = "chart-legend-below-range 3";
  assert.ok(texts(picture(fallen, 0, 24, {}, [{ before_s: 0, after_s: 20, readings: 4 }])).includes(mark));
  assert.ok(!texts(picture(fallen, 0, 24)).includes(mark), "what is missing beside a pulse is so only where the core says it");
});

test("the gray colours leave no other colour in a picture", () => {
  const { strokes } = picture([96, null, null, null, null, 92, 89], 0, 24, { level: "grayscale", events: EVENTS });
  const used = new Set(strokes.flatMap(({ fill, stroke }) => [fill, stroke]).filter((colour) => /^#/.test(colour ?? "")));
  const spread = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).sort((a, b) => a - b);
  const coloured = [...used].filter((colour) => spread(colour)[2] - spread(colour)[0] > 30);
  assert.deepEqual(coloured, []);
  const dashes = new Set(strokes.filter(({ dash, points }) => dash && points[1][0] - points[0][0] > 1000).map(({ dash }) => dash.join()));
  assert.equal(dashes.size, 2, "the two thresholds are told apart by their dash");
});

for (const lang of ["ro", "en"]) {
  test(`the legend has room in three rows (${lang})`, async () => {
    const ftl = await readFile(new URL(`../../../locales/${lang}/viewer.ftl`, import.meta.url), "utf8");
    const said = Object.fromEntries(ftl.split("\n").map((line) => line.split(" = ")).filter(([, text]) => text !== undefined));
    const { legendOf } = await load("chart/picture/legend.ts");
    const present = { motion: true, counted: true, uncounted: true, belowRange: true, gap: true };
    for (const level of ["steps", "gradient", "simple", "three-zones", "medical", "blue-red", "grayscale"]) {
      const strokes = legendOf({ level, depth: 3 }, present, { say: (key) => said[key] }, [72, 1256, 659]);
      const rows = new Set(strokes.filter(({ kind }) => kind === "text").map(({ y }) => y));
      assert.ok(rows.size <= 3, `${level}: ${rows.size} rows`);
    }
  });
}
