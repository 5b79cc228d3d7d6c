/** Several nights over each other by the time of day: one line a night, drawn through every reading of it. */
import uPlot from "uplot";
import { element } from "../dom";
import type { Messages } from "../messages";
import type { Night } from "../night";
import { spo2Range, timeTicks, type ClockWords } from "./axes";
import { listen, type PlotBox } from "./gestures";
import { drawThresholds } from "./marks";
import { moveButtons } from "./toolbar";
import { TimeWindow } from "./window";

const DAY = 24 * 3600;
/** Nights begin in the evening: the day on the axis runs from noon to noon. */
const NOON = DAY / 2;
const LONGEST_BRIDGE_S = 10;

/** Told apart by dashes as well as by colour. */
export const LINES: readonly { readonly colour: string; readonly dash: readonly number[] }[] = [
  { colour: "#0B5A7C", dash: [] },
  { colour: "#B3362F", dash: [8, 3] },
  { colour: "#17653A", dash: [2, 3] },
  { colour: "#7A4A00", dash: [10, 3, 2, 3] },
  { colour: "#6A0DAD", dash: [5, 2] },
  { colour: "#4A5665", dash: [3, 5] },
  { colour: "#A3146B", dash: [12, 4] },
  { colour: "#1B4FBF", dash: [1, 2] },
];

export interface OverlaidNight {
  readonly night: Night;
  /** Position in `LINES`. */
  readonly line: number;
}

/** Seconds from the midnight before the noon-to-noon day in which the night begins. */
function clockStart({ startS }: Night): number {
  const time = ((startS % DAY) + DAY) % DAY;
  return time < NOON ? time + DAY : time;
}

/** First and last moment of all nights on the common clock. */
function spanOf(nights: readonly OverlaidNight[]): [number, number] {
  const starts = nights.map(({ night }) => clockStart(night));
  const ends = nights.map(({ night }, index) => (starts[index] ?? 0) + night.recordingS);
  return [Math.min(...starts), Math.max(...ends)];
}

/** Draws the nights into `host`, replacing what it holds. */
export function drawOverlay(host: HTMLElement, nights: readonly OverlaidNight[], clock: ClockWords, messages: Messages): void {
  const [first, last] = spanOf(nights);
  const window = new TimeWindow(first, last, 60);
  const shown = element("span", "night-window");
  const stack = element("div", "night-stack");
  stack.tabIndex = 0;
  stack.setAttribute("role", "group");
  stack.setAttribute("aria-label", messages.say("chart-overlay-label"));
  host.replaceChildren(element("div", "night-toolbar", ...moveButtons(window, messages), shown), stack);
  const plot = plotOf(stack, nights, clock, messages, [first, last]);
  window.follow((from, to) => {
    plot.setScale("x", { min: from, max: to });
    shown.textContent = messages.say("chart-window", { from: clock.minute(from), to: clock.minute(to) });
  });
  followWidth(stack, plot);
  connectHands(stack, plot, window);
}

const AXIS = { stroke: "#3D4856", font: "12px system-ui, sans-serif", grid: { stroke: "#E3E7EC", width: 1 } };

function plotOf(
  stack: HTMLElement,
  nights: readonly OverlaidNight[],
  clock: ClockWords,
  messages: Messages,
  [first, last]: readonly [number, number],
): uPlot {
  const range = spo2Range(Math.min(...nights.map(({ night }) => night.analysis.spo2?.min_pct ?? 100)));
  const narrow = stack.clientWidth < 560;
  const options: uPlot.Options = {
    width: stack.clientWidth,
    height: narrow ? 240 : 320,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: { x: { time: false, min: first, max: last }, y: { range: () => [...range] } },
    series: [{}, { show: true, points: { show: false } }],
    axes: [timeAxis(clock, narrow), { ...AXIS, label: messages.say("chart-spo2"), labelSize: 18, size: 34, labelFont: `600 ${AXIS.font}` }],
    hooks: {
      drawAxes: [drawThresholds((value) => messages.say("chart-threshold", { value }))],
      draw: [(u) => nights.forEach((one) => trace(u, one))],
    },
  };
  return new uPlot(options, [[first, last], [null, null]], stack);
}

function timeAxis(clock: ClockWords, narrow: boolean): uPlot.Axis {
  return {
    ...AXIS,
    splits: (u, _axis, from, to) => timeTicks(from, to, u.bbox.width / devicePixelRatio, narrow ? 64 : 84),
    values: (_u, ticks) => ticks.map((tick) => clock.minute(tick)),
  };
}

/** One night's line through all its readings in the window; it breaks where nothing was read for longer than 10 s. */
function trace(u: uPlot, { night, line }: OverlaidNight): void {
  const { min, max } = u.scales["x"] ?? {};
  const style = LINES[line % LINES.length];
  if (min == null || max == null || style === undefined) return;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = 1.25 * devicePixelRatio;
  ctx.setLineDash(style.dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  followReadings(u, night, min, max);
  ctx.stroke();
  ctx.restore();
}

/** Puts the path into the pen: within one pixel only the first, lowest, highest and last reading, so that no dip is lost. */
function followReadings(u: uPlot, night: Night, min: number, max: number): void {
  const start = clockStart(night);
  const column = { x: NaN, low: 0, high: 0, last: 0 };
  let previous = -Infinity;
  night.atS.forEach((at, index) => {
    const moment = start + at;
    if (night.spo2.valid[index] !== 1 || moment < min - 60 || moment > max + 60) return;
    const [x, y] = [Math.round(u.valToPos(moment, "x", true)), u.valToPos(night.spo2.values[index] ?? 0, "y", true)];
    const isBreak = at - previous - night.intervalS > LONGEST_BRIDGE_S;
    previous = at;
    if (isBreak) return begin(u.ctx, column, x, y);
    if (x !== column.x) return advance(u.ctx, column, x, y);
    column.low = Math.max(column.low, y);
    column.high = Math.min(column.high, y);
    column.last = y;
  });
  finish(u.ctx, column);
}

interface PixelColumn {
  x: number;
  /** Heights on the canvas, which grow downward. */
  low: number;
  high: number;
  last: number;
}

function begin(ctx: CanvasRenderingContext2D, column: PixelColumn, x: number, y: number): void {
  finish(ctx, column);
  ctx.moveTo(x, y);
  Object.assign(column, { x, low: y, high: y, last: y });
}

function advance(ctx: CanvasRenderingContext2D, column: PixelColumn, x: number, y: number): void {
  finish(ctx, column);
  ctx.lineTo(x, y);
  Object.assign(column, { x, low: y, high: y, last: y });
}

function finish(ctx: CanvasRenderingContext2D, { x, low, high, last }: PixelColumn): void {
  if (Number.isNaN(x) || low === high) return;
  for (const y of [low, high, last]) ctx.lineTo(x, y);
}

function followWidth(stack: HTMLElement, plot: uPlot): void {
  new ResizeObserver(() => {
    const width = stack.clientWidth;
    if (width !== 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
  }).observe(stack);
}

function connectHands(stack: HTMLElement, plot: uPlot, window: TimeWindow): void {
  const selection = element("div", "night-selection");
  selection.hidden = true;
  stack.append(selection);
  const plotBox = (): PlotBox => plot.over.getBoundingClientRect();
  listen({
    host: stack,
    keys: stack,
    window,
    plotBox,
    point: (clientX) => plot.setCursor({ left: clientX - plotBox().left, top: plot.over.clientHeight / 2 }),
    select: (range) => {
      selection.hidden = range === null;
      if (range === null) return;
      selection.style.left = `${plotBox().left - stack.getBoundingClientRect().left + range[0]}px`;
      selection.style.width = `${range[1] - range[0]}px`;
    },
  });
}
