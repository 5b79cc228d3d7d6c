/** The picture of a night as a list of strokes: the same list becomes a PNG, a JPG, an SVG and the printed page. */
import { pulseRange, spo2Range, timeTicks, type ClockWords } from "../chart/axes";
import { keptApart, THRESHOLDS_PCT } from "../chart/marks";
import { MOTION_COLOUR, PULSE_COLOUR } from "../chart/panels";
import { extremes, gaps, missingWithPulse, type Row, type Rows, type Stretch } from "../chart/series";
import { PULSE_WIDTH, SPO2_WIDTH, strokeScale } from "../chart/stroke";
import type { ChartStyle } from "../chart/style";
import type { Messages } from "../messages";
import type { Night } from "../night";

export const PICTURE = { width: 1280, height: 720 } as const;

export type Anchor = "start" | "middle" | "end";
export type Point = readonly [number, number];

interface Rect {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

interface Line {
  readonly kind: "line";
  readonly points: readonly Point[];
  /** A colour, or `level` for the gradient of the chosen colours. */
  readonly stroke: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

export interface Words {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly anchor: Anchor;
  readonly fill: string;
  readonly weight?: number;
  /** Read from below. */
  readonly turned?: boolean;
}

export type Stroke = Rect | Line | Words;

export interface Scene {
  readonly strokes: readonly Stroke[];
  /** Height of a level in the SpO2 panel. */
  readonly levelY: (pct: number) => number;
}

/** What the picture is of. */
export interface PictureContext {
  readonly night: Night;
  readonly rows: Rows;
  readonly style: ChartStyle;
  readonly from: number;
  readonly to: number;
  /** Length of the night, for the lines' widths. */
  readonly whole: number;
  readonly clock: ClockWords;
  readonly messages: Messages;
  /** Headline, and the numbers under the picture. */
  readonly title: string;
  readonly caption: string;
}

const INK = "#18222E";
const SOFT = "#4A5665";
const GRID = "#E3E7EC";
const LEFT = 72;
const RIGHT = PICTURE.width - 48; // the labels of the thresholds stand beside the plot

interface Panel {
  readonly top: number;
  readonly bottom: number;
  readonly range: readonly [number, number];
  readonly label: string;
  readonly step: number | null;
}

/** Paints nothing yet; says what to paint. */
export function sceneOf(context: PictureContext): Scene {
  const panels = panelsOf(context);
  const [spo2] = panels;
  const strokes = [
    rect(0, 0, PICTURE.width, PICTURE.height, "#FFFFFF"),
    text(LEFT, 34, context.title, 20, "start", INK, 600),
    ...panels.flatMap((panel) => [...shades(context, panel), ...axes(context, panel)]),
    ...timeLabels(context, panels.at(-1) ?? spo2),
    ...thresholds(context, spo2),
    ...curves(context, panels),
    ...missingFeet(context, spo2),
    text(LEFT, PICTURE.height - 16, context.caption, 14, "start", SOFT),
  ];
  return { strokes, levelY: (pct) => yOf(spo2, pct) };
}

function panelsOf({ rows, messages }: PictureContext): readonly [Panel, ...Panel[]] {
  const hasMotion = rows.motion.some((value) => value != null);
  const [, most] = extremes(rows.motion);
  const pulseBottom = hasMotion ? 560 : 640;
  const spo2: Panel = { top: 54, bottom: 390, range: spo2Range(extremes(rows.spo2)[0]), label: messages.say("chart-spo2"), step: 5 };
  const range = pulseRange(...extremes(rows.pulse));
  const step = range[1] - range[0] > 80 ? 20 : 10;
  const pulse: Panel = { top: 404, bottom: pulseBottom, range, label: messages.say("chart-pulse"), step };
  const motion: Panel = { top: 574, bottom: 640, range: [0, Math.max(10, most ?? 0)], label: messages.say("chart-motion"), step: null };
  return hasMotion ? [spo2, pulse, motion] : [spo2, pulse];
}

const xOf = ({ from, to }: PictureContext, moment: number): number => LEFT + ((moment - from) / (to - from)) * (RIGHT - LEFT);

function yOf({ top, bottom, range: [low, high] }: Panel, value: number): number {
  return bottom - ((value - low) / (high - low)) * (bottom - top);
}

function rect(x: number, y: number, width: number, height: number, fill: string): Stroke {
  return { kind: "rect", x, y, width, height, fill };
}

function text(x: number, y: number, words: string, size: number, anchor: Anchor, fill: string, weight = 400): Words {
  return { kind: "text", x, y, text: words, size, anchor, fill, weight };
}

/** The part of a stretch that lies in the picture, as pixels; null when none does. */
function seen(context: PictureContext, { from, to }: Stretch): [number, number] | null {
  if (to < context.from || from > context.to) return null;
  return [Math.max(LEFT, xOf(context, from)), Math.min(RIGHT, xOf(context, to))];
}

function shades(context: PictureContext, panel: Panel): Stroke[] {
  const height = panel.bottom - panel.top;
  const fill = (stretch: Stretch, colour: string): Stroke[] => {
    const ends = seen(context, stretch);
    return ends === null ? [] : [rect(ends[0], panel.top, Math.max(1, ends[1] - ends[0]), height, colour)];
  };
  const grey = gaps(context.rows).flatMap((stretch) => fill(stretch, "#EEF0F2"));
  if (panel.step !== 5) return grey;
  const { events } = context.style;
  const start = context.night.startS;
  const falls = events.flatMap((event) => {
    const stretch = { from: start + event.onset_s, to: start + event.end_s };
    return event.outcome === "complete" ? fill(stretch, "#F8E1CC") : [...fill(stretch, "#E4E7EB"), ...bounds(context, panel, stretch)];
  });
  return [...grey, ...falls];
}

/** Dotted ends: a fall that is not counted is told by more than its colour. */
function bounds(context: PictureContext, panel: Panel, stretch: Stretch): Stroke[] {
  return (seen(context, stretch) ?? []).map((x) => line([[x, panel.top], [x, panel.bottom]], SOFT, 1, [2, 3]));
}

function line(points: readonly Point[], stroke: string, width: number, dash?: readonly number[]): Stroke {
  return { kind: "line", points, stroke, width, ...(dash === undefined ? {} : { dash }) };
}

function axes(context: PictureContext, panel: Panel): Stroke[] {
  const verticals = ticksOf(context).map((tick) => xOf(context, tick)).map((x) => line([[x, panel.top], [x, panel.bottom]], GRID, 1));
  const middle = (panel.top + panel.bottom) / 2;
  const label: Stroke = { ...text(20, middle, panel.label, 14, "middle", INK, 600), turned: true };
  return [...verticals, ...levels(panel), line([[LEFT, panel.bottom], [RIGHT, panel.bottom]], "#A9B4BF", 1), label];
}

function levels(panel: Panel): Stroke[] {
  const { step, range } = panel;
  if (step === null) return [];
  const strokes: Stroke[] = [];
  for (let value = Math.ceil(range[0] / step) * step; value <= range[1]; value += step) {
    const y = yOf(panel, value);
    strokes.push(line([[LEFT, y], [RIGHT, y]], GRID, 1), text(LEFT - 8, y + 5, String(value), 13, "end", INK));
  }
  return strokes;
}

const ticksOf = ({ from, to }: PictureContext): number[] => timeTicks(from, to, RIGHT - LEFT, 90);

function timeLabels(context: PictureContext, panel: Panel): Stroke[] {
  const ticks = ticksOf(context);
  return context.clock.ticks(ticks).flatMap((label, index) => {
    const [time = "", day] = label.split("\n");
    const x = Math.min(xOf(context, ticks[index] ?? 0), RIGHT - 8);
    const hour = text(x, panel.bottom + 18, time, 13, "middle", INK);
    return day === undefined ? [hour] : [hour, text(x, panel.bottom + 34, day, 13, "middle", SOFT)];
  });
}

function curves(context: PictureContext, panels: readonly Panel[]): Stroke[] {
  const scale = strokeScale(context.to - context.from, context.whole);
  const { rows } = context;
  const kinds: readonly (readonly [Row, string, number])[] = [
    [rows.spo2, "level", SPO2_WIDTH * scale],
    [rows.pulse, PULSE_COLOUR, PULSE_WIDTH * scale],
    [rows.motion, MOTION_COLOUR, 1],
  ];
  return panels.flatMap((panel, index) => {
    const [row, stroke, width] = kinds[index] ?? [[], INK, 1];
    return segments(context, panel, row).map((points) => line(points, stroke, width));
  });
}

/** Every reading in the window, cut where the line breaks; a reading alone becomes a short stroke. */
function segments(context: PictureContext, panel: Panel, row: Row): Point[][] {
  const all: Point[][] = [[]];
  row.forEach((value, index) => {
    if (value === undefined) return;
    if (value === null) return void all.push([]);
    all.at(-1)?.push([xOf(context, context.rows.x[index] ?? 0), yOf(panel, value)]);
  });
  const inside = all.map(within).filter((points) => points.length > 0);
  return inside.map((points) => (points.length > 1 ? points : dot(points)));
}

/** The part of a line in the window; where it crosses an edge, it is cut at the edge. */
function within(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const cuts = before === undefined ? [] : [LEFT, RIGHT].flatMap((edge) => crossing(before, point, edge));
    return point[0] >= LEFT && point[0] <= RIGHT ? [...cuts, point] : cuts;
  });
}

function crossing([x1, y1]: Point, [x2, y2]: Point, edge: number): Point[] {
  return x1 < edge && x2 > edge ? [[edge, y1 + ((y2 - y1) * (edge - x1)) / (x2 - x1)]] : [];
}

function dot(points: readonly Point[]): Point[] {
  return points.flatMap(([x, y]): Point[] => [[x - 1, y], [x + 1, y]]);
}

const THRESHOLD_COLOURS = ["#8A4B00", "#A30F1F"];

/** Beside the plot the labels hide no dip, and no curve runs over them. */
function thresholds({ messages }: PictureContext, panel: Panel): Stroke[] {
  const heights = THRESHOLDS_PCT.map((value) => yOf(panel, value));
  const middles = keptApart(heights, 14);
  return THRESHOLDS_PCT.flatMap((value, index): Stroke[] => {
    const [y, colour] = [heights[index] ?? 0, THRESHOLD_COLOURS[index] ?? INK];
    const label = messages.say("chart-threshold", { value });
    return [line([[LEFT, y], [RIGHT, y]], colour, 1, [6, 4]), text(RIGHT + 6, (middles[index] ?? 0) + 4, label, 12, "start", colour, 600)];
  });
}

function missingFeet(context: PictureContext, panel: Panel): Stroke[] {
  return missingWithPulse(context.rows, context.night.intervalS).flatMap((stretch) => {
    const ends = seen(context, stretch);
    return ends === null ? [] : [rect(ends[0], panel.bottom - 6, Math.max(2, ends[1] - ends[0]), 6, "#7A0C5B")];
  });
}
