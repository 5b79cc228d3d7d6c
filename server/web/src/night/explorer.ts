/**
 * A night to explore: chart, definitions, table of desaturations and exports as one. The recording page, the patient's page and the viewer
 * put the same one in different frames.
 */
import type { Core } from "../core/client";
import type { Depth, Night } from "../core/night";
import type { Source } from "../core/protocol";
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";
import { ClockWords } from "../chart/axes";
import { NightChart } from "../chart/night-chart";
import { captionOf, headlineOf } from "../chart/picture/captions";
import { printPicture } from "../chart/picture/print";
import { sceneOf, type Scene } from "../chart/picture/scene";
import { svgOf } from "../chart/picture/svg";
import { DefinitionChoice } from "./definitions";
import { EventTable } from "./events";
import { exportBar } from "./exports";

/** The elements that the parts go into. */
export interface Containers {
  readonly chart: HTMLElement;
  /** The section of the table of desaturations. */
  readonly events: HTMLElement;
}

export interface Explored {
  readonly night: Night;
  readonly source: Source;
  readonly core: Core;
  readonly messages: Messages;
}

/** Shows the night; returns what gives back all it holds, for when it leaves the page. */
export function explore(containers: Containers, explored: Explored): () => void {
  const { night, messages } = explored;
  const drawing = element("div", "night-drawing");
  const table = new EventTable(containers.events, night, messages);
  const choice = new DefinitionChoice(night, messages, (depth) => showDepth(depth));
  containers.chart.append(choice.element, drawing);
  const chart = new NightChart(drawing, night, messages);
  const showDepth = (depth: Depth): void => {
    chart.showDepth(depth);
    table.show(depth);
  };
  table.follow((event) => chart.showEvent(event));
  const picture = () => pictureOf(chart, explored);
  const headline = () => headlineOf(chart.window, night, messages);
  containers.chart.append(exportBar({ ...explored, picture, headline, level: () => chart.style.level }));
  const stopPrinting = printPicture(containers.chart, () => svgOf(picture(), chart.style.level, headline()));
  return () => {
    stopPrinting();
    chart.close();
  };
}

/** The picture of what the chart shows at this moment. */
function pictureOf(chart: NightChart, { night, messages }: Explored): Scene {
  const { rows, style, window } = chart;
  const clock = new ClockWords(messages.lang);
  return sceneOf({
    night,
    rows,
    style,
    from: window.from,
    to: window.to,
    whole: window.last - window.first,
    clock,
    messages,
    title: headlineOf(window, night, messages),
    caption: captionOf(night, style.depth, messages),
  });
}
