/** The stacked plots of one night: SpO2, pulse and, when the device recorded it, motion. */
import uPlot from "uplot";
import type { ChannelValues, Night } from "../core/night";
import type { Messages } from "../ui/messages";
import { pulseRange, spo2Range, timeTicks, type ClockWords } from "./axes";
import { drawThresholds, LABEL_ROOM, markBelowRange, shadeDesaturations, shadeGaps } from "./marks";
import { drawLine } from "./render/draw-line";
import { lineOf } from "./render/line";
import { belowRange, extremes, gaps, isolated, type Row, type Rows } from "./series";
import type { ChartStyle } from "./style";
import { themeOf } from "./theme/colours";
import { MOTION_SPAN, THEMES } from "./theme/generated";
import { levelGradient } from "./theme/level";
import { PULSE_WIDTH, SPO2_WIDTH, strokeScale } from "./theme/line-width";

/** Half the width of a digit of the axis, pixels. */
const HALF_DIGIT = 3.6;
const AXIS_WIDTH = 52;
const NARROW_AXIS_WIDTH = 38;
const TIME_AXIS_HEIGHT = 40;
/** Readings so far apart, pixels, are marked each; in all panels from the same zoom on. */
const POINT_SPACE = 14;
const GRID = { stroke: THEMES.light.grid, width: 1 };
const AXIS_INK = THEMES.light.ink_faint;
const POINTER_INK = THEMES.light.ink;
const AXIS_FONT = "12px system-ui, sans-serif";

/** One plot before it is drawn: what uPlot needs, and its height on wide and narrow screens, the time axis not counted. */
interface Panel {
  readonly name: "spo2" | "pulse" | "motion";
  readonly row: Row;
  readonly range: [number, number];
  readonly height: { readonly wide: number; readonly narrow: number };
  readonly label: string;
  readonly ticks: boolean;
  readonly series: Partial<uPlot.Series>;
  readonly hooks: uPlot.Hooks.Arrays;
}

/** Everything a panel's picture depends on. */
export interface PanelContext {
  readonly night: Night;
  readonly rows: Rows;
  readonly messages: Messages;
  readonly clock: ClockWords;
  readonly style: ChartStyle;
}

/** Sets the lines' widths for a window of `shown` of `whole` seconds; the next drawing uses them. */
export function widenLines(plots: readonly uPlot[], shown: number, whole: number): void {
  const scale = strokeScale(shown, whole);
  [SPO2_WIDTH, PULSE_WIDTH].forEach((width, index) => {
    const line = plots[index]?.series[1];
    if (line !== undefined) line.width = width * scale;
  });
}

/** Draws the panels into `host`, the time axis under the last one, and returns the plots from top to bottom. */
export function drawPanels(host: HTMLElement, context: PanelContext, width: number): uPlot[] {
  const panels = panelsOf(context);
  const key = `night-${context.night.startS}-${Math.random()}`;
  return panels.map((panel, index) => {
    const last = index === panels.length - 1;
    const box = document.createElement("div");
    box.className = `night-panel night-panel-${panel.name}`;
    host.append(box);
    const options = optionsOf(panel, context, { key, width, last });
    return new uPlot(options, [context.rows.x, panel.row] as uPlot.AlignedData, box);
  });
}

/** Height of one plot in pixels, the time axis included where there is one. */
export function heightOf(name: string, width: number, last: boolean): number {
  const heights = HEIGHTS[name as Panel["name"]];
  return (width < 560 ? heights.narrow : heights.wide) + (last ? TIME_AXIS_HEIGHT : 0);
}

const HEIGHTS: Record<Panel["name"], Panel["height"]> = {
  spo2: { wide: 320, narrow: 240 },
  pulse: { wide: 150, narrow: 120 },
  motion: { wide: 60, narrow: 48 },
};

function panelsOf(context: PanelContext): Panel[] {
  const { rows } = context;
  const panels = [spo2Panel(context), pulsePanel(context)];
  if (rows.motion.some((value) => value != null)) panels.push(motionPanel(context));
  return panels;
}

function spo2Panel({ night, rows, messages, style }: PanelContext): Panel {
  const [lowest] = extremes(rows.spo2);
  return {
    name: "spo2",
    row: rows.spo2,
    range: spo2Range(lowest),
    height: HEIGHTS.spo2,
    label: messages.say("chart-spo2"),
    ticks: true,
    series: {
      width: SPO2_WIDTH,
      ...drawnLine(night, night.spo2, (u) => levelGradient(u.ctx, style.level, (pct) => u.valToPos(pct, "y", true))),
    },
    hooks: {
      drawClear: [shadeGaps(gaps(rows), style), shadeDesaturations(style, night.startS)],
      drawAxes: [drawThresholds((value) => messages.say("chart-threshold", { value }), style)],
      draw: [markBelowRange(belowRange(night), style)],
    },
  };
}

function pulsePanel({ night, rows, messages, style }: PanelContext): Panel {
  return {
    name: "pulse",
    row: rows.pulse,
    range: pulseRange(...extremes(rows.pulse)),
    height: HEIGHTS.pulse,
    label: messages.say("chart-pulse"),
    ticks: true,
    series: { width: PULSE_WIDTH, ...drawnLine(night, night.pulse, () => themeOf(style.level).pulse) },
    hooks: { drawClear: [shadeGaps(gaps(rows), style)] },
  };
}

/** The line of a channel: the plot asks for its path at every drawing, and it is drawn there and then. */
function drawnLine(night: Night, channel: ChannelValues, colour: (u: uPlot) => string | CanvasGradient): Partial<uPlot.Series> {
  const line = lineOf(night, channel, night.startS);
  const draw = (u: uPlot): null => {
    drawLine(u, line, colour(u));
    return null;
  };
  return { stroke: colour, paths: draw };
}

function motionPanel({ rows, messages, style }: PanelContext): Panel {
  const [, highest] = extremes(rows.motion);
  return {
    name: "motion",
    row: rows.motion,
    range: [0, Math.max(MOTION_SPAN, highest ?? 0)],
    height: HEIGHTS.motion,
    label: messages.say("chart-motion"),
    ticks: false, // the device's motion number has no unit; only its shape tells something
    series: { width: 1, stroke: () => themeOf(style.level).motion, fill: () => themeOf(style.level).motionFill },
    hooks: { drawClear: [shadeGaps(gaps(rows), style)] },
  };
}

interface Place {
  readonly key: string;
  readonly width: number;
  readonly last: boolean;
}

function optionsOf(panel: Panel, { clock, rows }: PanelContext, { key, width, last }: Place): uPlot.Options {
  const alone = isolated(panel.row);
  const points: uPlot.Series.Points = { size: 5, space: POINT_SPACE, filter: (_u, _i, show) => (show ? null : alone) };
  return {
    width,
    height: heightOf(panel.name, width, last),
    padding: [8, LABEL_ROOM, last ? 0 : 6, 0],
    legend: { show: false },
    // Dragging, wheel and touch belong to the gestures module: they move all panels at once.
    cursor: {
      drag: { x: false, y: false },
      sync: { key, scales: ["x", null] },
      points: { size: 8, width: 2, stroke: POINTER_INK, fill: "#fff" },
      y: false,
    },
    scales: { x: { time: false, min: rows.x[0] ?? 0, max: rows.x.at(-1) ?? 1 }, y: { range: () => panel.range } },
    series: [{}, { ...panel.series, spanGaps: false, points }],
    axes: [timeAxis(clock, width, last), valueAxis(panel, width)],
    hooks: panel.hooks,
  };
}

function timeAxis(clock: ClockWords, width: number, labelled: boolean): uPlot.Axis {
  const spacing = width < 560 ? 64 : 84;
  return {
    grid: GRID,
    ticks: { ...GRID, show: labelled, size: 4 },
    stroke: AXIS_INK,
    font: AXIS_FONT,
    size: labelled ? TIME_AXIS_HEIGHT : 0,
    splits: (u, _axis, from, to) => timeTicks(from, to, u.bbox.width / devicePixelRatio, spacing),
    values: (u, ticks) => (labelled ? clock.ticks(ticks).map((label, at) => fitting(u, ticks[at] ?? 0, label)) : ticks.map(() => "")),
  };
}

/** The label, unless the right edge would cut it: seconds make it longer. */
function fitting(u: uPlot, tick: number, label: string): string {
  const half = label.split("\n", 1).join("").length * HALF_DIGIT;
  return u.valToPos(tick, "x") + half > u.bbox.width / devicePixelRatio + LABEL_ROOM ? "" : label;
}

function valueAxis(panel: Panel, width: number): uPlot.Axis {
  const narrow = width < 560;
  return {
    grid: GRID,
    ticks: { show: false },
    stroke: AXIS_INK,
    font: AXIS_FONT,
    label: panel.label,
    labelFont: `600 ${narrow ? 10 : 12}px system-ui, sans-serif`,
    labelSize: 18,
    labelGap: 2,
    gap: 4,
    size: (narrow ? NARROW_AXIS_WIDTH : AXIS_WIDTH) - 18,
    splits: (u) => valueTicks(panel, u.bbox.height / devicePixelRatio),
    values: (_u, ticks) => ticks.map((tick) => (panel.ticks ? String(tick) : "")),
  };
}

/** Every 5 or 10 units, so that labels keep about 18 pixels between them. */
function valueTicks({ range: [low, high], ticks }: Panel, pixels: number): number[] {
  if (!ticks) return [low];
  const step = [5, 10, 20, 50, 100].find((units) => (units * pixels) / (high - low) >= 18) ?? 100;
  const all: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) all.push(tick);
  return all;
}
