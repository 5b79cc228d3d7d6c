/** The picture of a night as a list of strokes: the same list becomes a PNG, a JPG, an SVG and the printed page. */
import type { Desaturation, Night } from "../../core/night";
import type { Messages } from "../../ui/messages";
import { pulseRange, spo2Range, timeTicks, type ClockWords } from "../axes";
import { keptApart } from "../marks";
import { belowRange, extremes, gaps, type Row, type Rows, type Stretch } from "../series";
import type { ChartStyle } from "../style";
import { themeOf } from "../theme/colours";
import { MOTION_SPAN, THRESHOLDS_PCT } from "../theme/generated";
import { PULSE_WIDTH, SPO2_WIDTH, strokeScale } from "../theme/line-width";
import { legendOf } from "./legend";
import { TEXT_COLOUR, line, rect, text, type Point, type Stroke } from "./strokes";

export const PICTURE = { width: 1280, height: 720 } as const;

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

const SOFT = "#4A5665";
const GRID = "#E3E7EC";
const LEFT = 72;
const RIGHT = PICTURE.width - 48; // the labels of the thresholds stand beside the plot
/** The panels end here; time labels, up to three rows of legend and the caption follow. */
const BOTTOM = 584;
const LEGEND_TOP = 642;

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
    text(LEFT, 34, context.title, 20, "start", TEXT_COLOUR, 600),
    ...panels.flatMap((panel) => [...shades(context, panel), ...axes(context, panel)]),
    ...timeLabels(context, panels.at(-1) ?? spo2),
    ...thresholds(context, spo2),
    ...curves(context, panels),
    ...belowRangeFeet(context, spo2),
    ...legend(context),
    text(LEFT, PICTURE.height - 16, context.caption, 13, "start", SOFT),
  ];
  return { strokes, levelY: (pct) => yOf(spo2, pct) };
}

function panelsOf({ rows, messages }: PictureContext): readonly [Panel, ...Panel[]] {
  const hasMotion = rows.motion.some((value) => value != null);
  const [, most] = extremes(rows.motion);
  const pulseBottom = hasMotion ? BOTTOM - 76 : BOTTOM;
  const spo2: Panel = { top: 54, bottom: 356, range: spo2Range(extremes(rows.spo2)[0]), label: messages.say("chart-spo2"), step: 5 };
  const range = pulseRange(...extremes(rows.pulse));
  const step = range[1] - range[0] > 80 ? 20 : 10;
  const pulse: Panel = { top: 370, bottom: pulseBottom, range, label: messages.say("chart-pulse"), step };
  const motionRange: readonly [number, number] = [0, Math.max(MOTION_SPAN, most ?? 0)];
  const motion: Panel = { top: BOTTOM - 62, bottom: BOTTOM, range: motionRange, label: messages.say("chart-motion"), step: null };
  return hasMotion ? [spo2, pulse, motion] : [spo2, pulse];
}

/** Only what stands in the picture is explained. */
function legend(context: PictureContext): Stroke[] {
  const { rows, night, style, messages } = context;
  const isSeen = (stretch: Stretch) => seen(context, stretch) !== null;
  const shown = style.events.filter((event) => isSeen(stretchOf(context, event)));
  const present = {
    motion: rows.motion.some((value) => value != null),
    counted: shown.some(({ counted }) => counted),
    uncounted: shown.some(({ counted }) => !counted),
    belowRange: belowRange(night).some(isSeen),
    gap: gaps(rows).some(isSeen),
  };
  return legendOf(style, present, messages, [LEFT, RIGHT, LEGEND_TOP]);
}

/** The desaturation on the wall clock. */
function stretchOf({ night: { startS } }: PictureContext, event: Desaturation): Stretch {
  return { from: startS + event.onset_s, to: startS + event.end_s };
}

const xOf = ({ from, to }: PictureContext, moment: number): number => LEFT + ((moment - from) / (to - from)) * (RIGHT - LEFT);

function yOf({ top, bottom, range: [low, high] }: Panel, value: number): number {
  return bottom - ((value - low) / (high - low)) * (bottom - top);
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
  const grey = gaps(context.rows).flatMap((stretch) => fill(stretch, themeOf(context.style.level).gap));
  if (panel.step !== 5) return grey;
  const theme = themeOf(context.style.level);
  const desaturations = context.style.events.flatMap((event) => {
    const stretch = stretchOf(context, event);
    if (event.counted) return fill(stretch, theme.counted);
    return [...fill(stretch, theme.uncounted), ...bounds(context, panel, stretch)];
  });
  return [...grey, ...desaturations];
}

/** Dotted ends: a desaturation that is not counted is known by more than its colour. */
function bounds(context: PictureContext, panel: Panel, stretch: Stretch): Stroke[] {
  const { bounds: colour } = themeOf(context.style.level);
  return (seen(context, stretch) ?? []).map((x) => line([[x, panel.top], [x, panel.bottom]], colour, 1, [2, 3]));
}

function axes(context: PictureContext, panel: Panel): Stroke[] {
  const verticals = ticksOf(context).map((tick) => xOf(context, tick)).map((x) => line([[x, panel.top], [x, panel.bottom]], GRID, 1));
  const middle = (panel.top + panel.bottom) / 2;
  const label: Stroke = { ...text(20, middle, panel.label, 14, "middle", TEXT_COLOUR, 600), turned: true };
  return [...verticals, ...levels(panel), line([[LEFT, panel.bottom], [RIGHT, panel.bottom]], "#A9B4BF", 1), label];
}

function levels(panel: Panel): Stroke[] {
  const { step, range } = panel;
  if (step === null) return [];
  const strokes: Stroke[] = [];
  for (let value = Math.ceil(range[0] / step) * step; value <= range[1]; value += step) {
    const y = yOf(panel, value);
    strokes.push(line([[LEFT, y], [RIGHT, y]], GRID, 1), text(LEFT - 8, y + 5, String(value), 13, "end", TEXT_COLOUR));
  }
  return strokes;
}

const ticksOf = ({ from, to }: PictureContext): number[] => timeTicks(from, to, RIGHT - LEFT, 90);

function timeLabels(context: PictureContext, panel: Panel): Stroke[] {
  const ticks = ticksOf(context);
  return context.clock.ticks(ticks).flatMap((label, index) => {
    const [time = "", day] = label.split("\n");
    const x = Math.min(xOf(context, ticks[index] ?? 0), RIGHT - 8);
    const hour = text(x, panel.bottom + 18, time, 13, "middle", TEXT_COLOUR);
    return day === undefined ? [hour] : [hour, text(x, panel.bottom + 34, day, 13, "middle", SOFT)];
  });
}

function curves(context: PictureContext, panels: readonly Panel[]): Stroke[] {
  const scale = strokeScale(context.to - context.from, context.whole);
  const { rows, style } = context;
  const theme = themeOf(style.level);
  const kinds: readonly (readonly [Row, string, number])[] = [
    [rows.spo2, "level", SPO2_WIDTH * scale],
    [rows.pulse, theme.pulse, PULSE_WIDTH * scale],
    [rows.motion, theme.motion, 1],
  ];
  return panels.flatMap((panel, index) => {
    const [row, stroke, width] = kinds[index] ?? [[], TEXT_COLOUR, 1];
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

/** Beside the plot the labels hide no dip, and no curve runs over them. */
function thresholds({ messages, style }: PictureContext, panel: Panel): Stroke[] {
  const heights = THRESHOLDS_PCT.map((value) => yOf(panel, value));
  const middles = keptApart(heights, 14);
  return themeOf(style.level).thresholds.flatMap(({ colour, dash }, index): Stroke[] => {
    const y = heights[index] ?? 0;
    const label = messages.say("chart-threshold", { value: THRESHOLDS_PCT[index] ?? 90 });
    return [line([[LEFT, y], [RIGHT, y]], colour, 1, dash), text(RIGHT + 6, (middles[index] ?? 0) + 4, label, 12, "start", colour, 600)];
  });
}

function belowRangeFeet(context: PictureContext, panel: Panel): Stroke[] {
  return belowRange(context.night).flatMap((stretch) => {
    const ends = seen(context, stretch);
    const colour = themeOf(context.style.level).belowRange;
    return ends === null ? [] : [rect(ends[0], panel.bottom - 6, Math.max(2, ends[1] - ends[0]), 6, colour)];
  });
}
