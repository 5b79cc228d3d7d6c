/** Several nights over each other by the time of day: one line a night, drawn through every reading of it. */
import uPlot from "uplot";
import { element } from "../dom";
import type { Messages } from "../messages";
import type { Night } from "../night";
import { spo2Range, timeTicks, type ClockWords } from "./axes";
import { listen, type PlotBox } from "./gestures";
import { drawThresholds } from "./marks";
import { clockStart, LINES, type OverlaidNight } from "./overlaid";
import { OverlayReadout } from "./overlay-readout";
import { moveButtons, windowText } from "./toolbar";
import { TimeWindow } from "./window";

const LONGEST_BRIDGE_S = 10;
/** A zoom stops at a minute. */
const SHORTEST_WINDOW_S = 60;

/** First and last moment of all nights on the common clock. */
function spanOf(nights: readonly OverlaidNight[]): [number, number] {
  const starts = nights.map(({ night }) => clockStart(night));
  const ends = nights.map(({ night }, index) => (starts[index] ?? 0) + night.recordingS);
  return [Math.min(...starts), Math.max(...ends)];
}

/** The nights of a comparison on the screen. */
export class Overlay {
  readonly window: TimeWindow;
  readonly #plot: uPlot;
  readonly #sizes: ResizeObserver;

  /** Draws the nights into `host`, replacing what it holds. */
  constructor(host: HTMLElement, nights: readonly OverlaidNight[], clock: ClockWords, messages: Messages) {
    const [first, last] = spanOf(nights);
    this.window = new TimeWindow(first, last, SHORTEST_WINDOW_S);
    const readout = new OverlayReadout(nights, clock, messages);
    const stack = focusableStack(messages);
    const tools = element("div", "night-toolbar", ...moveButtons(this.window, messages), windowText(this.window, clock, messages));
    host.replaceChildren(tools, readout.element, stack);
    this.#plot = plotOf(stack, nights, clock, messages, [first, last]);
    this.#plot.hooks.setCursor = [(plot) => readout.follow(plot)];
    this.window.follow((from, to) => this.#plot.setScale("x", { min: from, max: to }));
    this.#sizes = followWidth(stack, this.#plot);
    connectHands(stack, this.#plot, this.window, readout);
  }

  /** Gives back what the browser holds for the chart. */
  close(): void {
    this.#sizes.disconnect();
    this.#plot.destroy();
  }
}

function focusableStack(messages: Messages): HTMLElement {
  const stack = element("div", "night-stack");
  stack.tabIndex = 0;
  stack.setAttribute("role", "group");
  stack.setAttribute("aria-label", messages.say("chart-overlay-label"));
  return stack;
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

function followWidth(stack: HTMLElement, plot: uPlot): ResizeObserver {
  const sizes = new ResizeObserver(() => {
    const width = stack.clientWidth;
    if (width !== 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
  });
  sizes.observe(stack);
  return sizes;
}

function connectHands(stack: HTMLElement, plot: uPlot, window: TimeWindow, readout: OverlayReadout): void {
  const selection = element("div", "night-selection");
  selection.hidden = true;
  stack.append(selection);
  stack.addEventListener("pointermove", () => readout.announce(false));
  const plotBox = (): PlotBox => plot.over.getBoundingClientRect();
  const point = (left: number) => plot.setCursor({ left, top: plot.over.clientHeight / 2 });
  listen({
    host: stack,
    keys: stack,
    window,
    plotBox,
    point: (clientX) => point(clientX - plotBox().left),
    step: (samples) => point(plot.valToPos(readout.step(samples, window), "x")),
    select: (range) => {
      selection.hidden = range === null;
      if (range === null) return;
      selection.style.left = `${plotBox().left - stack.getBoundingClientRect().left + range[0]}px`;
      selection.style.width = `${range[1] - range[0]}px`;
    },
  });
}
