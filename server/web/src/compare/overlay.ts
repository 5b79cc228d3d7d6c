/** Several nights over each other by the time of day: one line a night, drawn through every reading of it. */
import uPlot from "uplot";
import type { Night } from "../core/night";
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";
import { spo2Range, timeTicks, type ClockWords } from "../chart/axes";
import { NextFrame } from "../chart/frame";
import { listen, type PlotBox } from "../chart/gestures";
import { drawThresholds, LABEL_ROOM } from "../chart/marks";
import { scalesOf } from "../chart/render/draw-line";
import { lineOf, traceLine, type Line } from "../chart/render/line";
import { moveButtons, windowText } from "../chart/toolbar";
import { TimeWindow } from "../chart/window";
import { clockStart, LINES, type OverlaidNight } from "./overlaid";
import { OverlayReadout } from "./overlay-readout";

/** A zoom stops at a minute. */
const SHORTEST_WINDOW_S = 60;
/** So long after the last movement the lines get their dashes back. */
const REST_MS = 150;

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
  readonly #drawing = new NextFrame(() => this.#drawWindow());
  #rest: ReturnType<typeof setTimeout> | undefined;
  #moves = false;

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
    this.#plot.hooks.draw = [(plot) => nights.forEach((one) => trace(plot, one, this.#moves))];
    this.window.follow(() => this.#move());
    this.#settle();
    this.#sizes = followWidth(stack, this.#plot);
    connectHands(stack, this.#plot, this.window, readout, () => this.#drawing.now());
  }

  /** Gives back what the browser holds for the chart. */
  close(): void {
    this.#sizes.disconnect();
    this.#drawing.cancel();
    clearTimeout(this.#rest);
    this.#plot.destroy();
  }

  #move(): void {
    this.#moves = true;
    this.#drawing.ask();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settle(), REST_MS);
  }

  #settle(): void {
    clearTimeout(this.#rest);
    this.#moves = false;
    this.#drawing.ask();
    this.#drawing.now();
  }

  #drawWindow(): void {
    this.#plot.setScale("x", { min: this.window.from, max: this.window.to });
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
    padding: [null, LABEL_ROOM, null, null],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: { x: { time: false, min: first, max: last }, y: { range: () => [...range] } },
    series: [{}, { show: true, points: { show: false } }],
    axes: [timeAxis(clock, narrow), { ...AXIS, label: messages.say("chart-spo2"), labelSize: 18, size: 34, labelFont: `600 ${AXIS.font}` }],
    hooks: {
      drawAxes: [drawThresholds((value) => messages.say("chart-threshold", { value }))],
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

/** A night's line, made once however often nights are ticked. */
const lines = new WeakMap<Night, Line>();

function lineOfNight(night: Night): Line {
  const line = lines.get(night) ?? lineOf(night, night.spo2, clockStart(night));
  lines.set(night, line);
  return line;
}

/** Draws one night's line. Thin strokes are by far the fastest, so a thick line is several; while it moves, it is one without dashes. */
function trace(u: uPlot, { night, line }: OverlaidNight, moves: boolean): void {
  const scales = scalesOf(u);
  const style = LINES[line % LINES.length];
  if (scales === null || style === undefined) return;
  const path = new Path2D();
  traceLine(path, lineOfNight(night), scales, scales.from, scales.to);
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = 1;
  ctx.setLineDash(moves ? [] : style.dash.map((length) => length * devicePixelRatio));
  for (let stroke = 0; stroke < (moves ? 1 : Math.round(devicePixelRatio)); stroke += 1) {
    ctx.stroke(path);
    ctx.translate(1, 1);
  }
  ctx.restore();
}

function followWidth(stack: HTMLElement, plot: uPlot): ResizeObserver {
  const sizes = new ResizeObserver(() => {
    const width = stack.clientWidth;
    if (width !== 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
  });
  sizes.observe(stack);
  return sizes;
}

function connectHands(stack: HTMLElement, plot: uPlot, window: TimeWindow, readout: OverlayReadout, draw: () => void): void {
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
    step: (samples) => {
      draw();
      queueMicrotask(() => point(plot.valToPos(readout.step(samples, window), "x"))); // after the plot took the scale of what is shown
    },
    select: (range) => {
      selection.hidden = range === null;
      if (range === null) return;
      selection.style.left = `${plotBox().left - stack.getBoundingClientRect().left + range[0]}px`;
      selection.style.width = `${range[1] - range[0]}px`;
    },
  });
}
