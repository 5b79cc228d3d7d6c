/**
 * The interactive chart of a night: SpO2 coloured by level, pulse and motion under one clock, used by the recording page, the
 * patient's page and the viewer.
 */
import type uPlot from "uplot";
import type { Depth, Desaturation, Night } from "../core/night";
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";
import { ClockWords } from "./axes";
import { NextFrame } from "./frame";
import { listen, type PlotBox } from "./gestures";
import { Legend } from "./legend";
import { Overview } from "./overview";
import { drawPanels, heightOf, widenLines } from "./panels";
import { Readout } from "./readout";
import { rows, type Rows } from "./series";
import type { ChartStyle } from "./style";
import { isLevelProfile, type LevelProfile } from "./theme/level";
import { toolbar } from "./toolbar";
import { TimeWindow } from "./window";

/** A zoom stops when this many samples fill the width. */
const FEWEST_SAMPLES_SHOWN = 15;
/** An event is shown with this much of the night on both sides, seconds. */
const AROUND_EVENT_S = 120;

/** A night's chart as the rest of the page uses it. */
export class NightChart {
  readonly window: TimeWindow;
  readonly rows: Rows;
  readonly style: ChartStyle;
  readonly #night: Night;
  readonly #messages: Messages;
  readonly #clock: ClockWords;
  readonly #stack = element("div", "night-stack");
  readonly #legend: Legend;
  readonly #overview: Overview;
  readonly #plots: readonly uPlot[];
  readonly #drawing = new NextFrame(() => this.#drawWindow());
  #sizes: ResizeObserver | undefined;

  /** Draws `night` into `host`, replacing what it holds. */
  constructor(host: HTMLElement, night: Night, messages: Messages) {
    this.#night = night;
    this.#messages = messages;
    this.#clock = new ClockWords(messages.lang);
    this.rows = rows(night);
    this.style = { level: "steps", depth: 3, events: night.desaturations[3], chosen: null };
    const { x } = this.rows;
    this.window = new TimeWindow(x[0] ?? 0, x.at(-1) ?? 1, night.intervalS * FEWEST_SAMPLES_SHOWN);
    this.#legend = new Legend(night, this.rows, this.style, messages);
    this.#overview = new Overview({ ...this, clock: this.#clock, messages });
    const readout = new Readout(this.rows, messages, this.#clock);
    host.replaceChildren(this.#assemble(readout));
    this.#plots = this.#draw(readout);
    this.window.follow(() => this.#drawing.ask());
    this.#drawing.now();
  }

  /** Shows an event with the minutes around it, and brings the chart into sight. */
  showEvent(event: Desaturation): void {
    const start = this.#night.startS;
    this.style.chosen = event;
    this.window.show(start + event.onset_s - AROUND_EVENT_S, start + event.end_s + AROUND_EVENT_S);
    this.#repaint();
    this.#stack.scrollIntoView({ block: "nearest" }); // the plots, for a phone has no room for all around them
  }

  /** Shades the desaturations of this depth from now on. */
  showDepth(depth: Depth): void {
    this.style.depth = depth;
    this.style.events = this.#night.desaturations[depth];
    this.style.chosen = null;
    this.#repaint();
  }

  colour(level: LevelProfile): void {
    this.style.level = level;
    this.#repaint();
    this.#overview.paint();
  }

  /** Gives back what the browser holds for the chart. */
  close(): void {
    this.#sizes?.disconnect();
    this.#drawing.cancel();
    for (const plot of this.#plots) plot.destroy();
  }

  #repaint(): void {
    this.#legend.show(this.style);
    this.#drawing.ask();
    this.#drawing.now();
  }

  /** Draws the shown stretch; hands change it more often than the screen changes. */
  #drawWindow(): void {
    const { from, to, width, first, last } = this.window;
    widenLines(this.#plots, width, last - first);
    for (const plot of this.#plots) plot.setScale("x", { min: from, max: to });
  }

  #assemble(readout: Readout): HTMLElement {
    const messages = this.#messages;
    const tools = toolbar(this.window, this.style.level, this.#clock, messages, (name) => {
      if (isLevelProfile(name)) this.colour(name);
    });
    const help = element("p", "night-help", messages.say("chart-help"));
    help.id = `night-help-${Math.random().toString(36).slice(2)}`;
    this.#stack.tabIndex = 0;
    this.#stack.setAttribute("role", "group");
    this.#stack.setAttribute("aria-label", messages.say("chart-label"));
    this.#stack.setAttribute("aria-describedby", help.id);
    return element("div", "night-chart", tools, readout.element, this.#stack, this.#overview.element, this.#legend.element, help);
  }

  #draw(readout: Readout): uPlot[] {
    const { rows: all, style } = this;
    const context = { night: this.#night, rows: all, messages: this.#messages, clock: this.#clock, style };
    const plots = drawPanels(this.#stack, context, this.#stack.clientWidth);
    const [first] = plots;
    // The panels share their cursor; the first one speaks for all.
    if (first !== undefined) first.hooks.setCursor = [(plot) => readout.show(plot.cursor.idx ?? null)];
    this.#followWidth(plots);
    this.#connectHands(plots, readout);
    return plots;
  }

  #followWidth(plots: readonly uPlot[]): void {
    const [first] = plots;
    // The plot takes a new size later than it is told to.
    if (first !== undefined) first.hooks.setSize = [({ over }) => this.#overview.layOut(over.offsetLeft, over.clientWidth)];
    let width = this.#stack.clientWidth;
    this.#sizes = new ResizeObserver(() => {
      if (this.#stack.clientWidth === width || this.#stack.clientWidth === 0) return;
      width = this.#stack.clientWidth;
      plots.forEach((plot, index) => {
        const name = ["spo2", "pulse", "motion"][index] ?? "motion";
        plot.setSize({ width, height: heightOf(name, width, index === plots.length - 1) });
      });
    });
    this.#sizes.observe(this.#stack);
  }

  #connectHands(plots: readonly uPlot[], readout: Readout): void {
    const [first] = plots;
    if (first === undefined) return;
    const stack = this.#stack;
    const selection = element("div", "night-selection");
    selection.hidden = true;
    stack.append(selection);
    stack.addEventListener("pointermove", () => readout.announce(false));
    const plotBox = (): PlotBox => first.over.getBoundingClientRect();
    const point = (left: number) => pointInAll(first, left);
    listen({
      host: stack,
      keys: stack,
      window: this.window,
      plotBox,
      point: (clientX) => point(clientX - plotBox().left),
      step: (samples) => {
        this.#drawing.now();
        queueMicrotask(() => readout.step(first, samples, point)); // after the plot took the scale of what is shown
      },
      select: (range) => showSelection(selection, range, plotBox().left - stack.getBoundingClientRect().left),
    });
  }
}

/** Puts the cursor of every panel there: the plot's third argument, which its types leave out, hands it on to those in step with it. */
function pointInAll(plot: uPlot, left: number): void {
  const setCursor: (place: { left: number; top: number }, tell: boolean, handOn: boolean) => void = plot.setCursor;
  setCursor({ left, top: plot.over.clientHeight / 2 }, true, true);
}

function showSelection(selection: HTMLElement, range: readonly [number, number] | null, offset: number): void {
  selection.hidden = range === null;
  if (range === null) return;
  selection.style.left = `${offset + range[0]}px`;
  selection.style.width = `${range[1] - range[0]}px`;
}
