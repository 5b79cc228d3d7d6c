/**
 * The interactive chart of a night: SpO2 coloured by level, pulse and motion under one clock, used by the recording page, the
 * patient's page and the viewer.
 */
import type uPlot from "uplot";
import { ClockWords } from "./chart/axes";
import { listen, MOVES, type PlotBox } from "./chart/gestures";
import { legend } from "./chart/legend";
import { drawPanels, heightOf } from "./chart/panels";
import { Readout } from "./chart/readout";
import { rows } from "./chart/series";
import { TimeWindow } from "./chart/window";
import { element } from "./dom";
import type { MessageKey, Messages } from "./messages";
import type { Night } from "./night";

/** A zoom stops when this many samples fill the width. */
const FEWEST_SAMPLES_SHOWN = 15;

/** Draws `night` into `host`, replacing what it holds. */
export function drawNight(host: HTMLElement, night: Night, messages: Messages): void {
  const all = rows(night);
  const clock = new ClockWords(messages.lang);
  const readout = new Readout(all, messages, clock);
  const stack = element("div", "night-stack");
  const shown = element("span", "night-window");
  const window = new TimeWindow(all.x[0] ?? 0, all.x.at(-1) ?? 1, night.intervalS * FEWEST_SAMPLES_SHOWN);
  const frame = frameOf(messages, toolbar(window, shown, messages), readout.element, stack, legend(night, all, messages));
  host.replaceChildren(frame);

  const plots = drawPanels(stack, { night, rows: all, messages, clock }, stack.clientWidth);
  window.follow((from, to) => {
    for (const plot of plots) plot.setScale("x", { min: from, max: to });
    shown.textContent = messages.say("chart-window", { from: clock.minute(from), to: clock.minute(to) });
  });
  readFromCursor(plots, readout);
  resizeWith(stack, plots);
  connectHands(frame, stack, plots, window);
}

function frameOf(messages: Messages, ...parts: readonly HTMLElement[]): HTMLElement {
  const help = element("p", "night-help", messages.say("chart-help"));
  help.id = `night-help-${Math.random().toString(36).slice(2)}`;
  const frame = element("div", "night-chart", ...parts, help);
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", messages.say("chart-label"));
  frame.setAttribute("aria-describedby", help.id);
  return frame;
}

function toolbar(window: TimeWindow, shown: HTMLElement, messages: Messages): HTMLElement {
  const buttons: readonly (readonly [keyof typeof MOVES, string, MessageKey])[] = [
    ["left", "←", "chart-move-left"],
    ["right", "→", "chart-move-right"],
    ["in", "+", "chart-zoom-in"],
    ["out", "−", "chart-zoom-out"],
    ["whole", "⤢", "chart-whole-night"],
  ];
  const made = buttons.map(([move, sign, key]) => {
    const button = element("button", "chart-button", sign);
    button.type = "button";
    button.title = messages.say(key);
    button.setAttribute("aria-label", messages.say(key));
    button.addEventListener("click", () => MOVES[move](window));
    return button;
  });
  return element("div", "night-toolbar", ...made, shown);
}

/** The panels share their cursor; the first one speaks for all. */
function readFromCursor(plots: readonly uPlot[], readout: Readout): void {
  const [first] = plots;
  if (first === undefined) return;
  first.hooks.setCursor = [(plot) => readout.show(plot.cursor.idx ?? null)];
}

function resizeWith(stack: HTMLElement, plots: readonly uPlot[]): void {
  let width = stack.clientWidth;
  new ResizeObserver(() => {
    if (stack.clientWidth === width || stack.clientWidth === 0) return;
    width = stack.clientWidth;
    plots.forEach((plot, index) => {
      const name = ["spo2", "pulse", "motion"][index] ?? "motion";
      plot.setSize({ width, height: heightOf(name, width, index === plots.length - 1) });
    });
  }).observe(stack);
}

function connectHands(frame: HTMLElement, stack: HTMLElement, plots: readonly uPlot[], window: TimeWindow): void {
  const [first] = plots;
  if (first === undefined) return;
  const selection = element("div", "night-selection");
  selection.hidden = true;
  stack.append(selection);
  const plotBox = (): PlotBox => first.over.getBoundingClientRect();
  listen({
    host: stack,
    keys: frame,
    window,
    plotBox,
    point: (clientX) => first.setCursor({ left: clientX - plotBox().left, top: first.over.clientHeight / 2 }),
    select: (range) => showSelection(selection, range, plotBox().left - stack.getBoundingClientRect().left),
  });
}

function showSelection(selection: HTMLElement, range: readonly [number, number] | null, offset: number): void {
  selection.hidden = range === null;
  if (range === null) return;
  selection.style.left = `${offset + range[0]}px`;
  selection.style.width = `${range[1] - range[0]}px`;
}
