/** What the colours and marks mean, in words beside a sample of each. Only what this night shows is listed. */
import type { Night } from "../core/night";
import { element } from "../ui/dom";
import type { MessageKey, Messages } from "../ui/messages";
import { belowRange, gaps, type Rows } from "./series";
import type { ChartStyle } from "./style";
import { themeOf } from "./theme/colours";
import { levelBackground } from "./theme/level";

export class Legend {
  readonly element: HTMLElement;
  readonly #night: Night;
  readonly #rows: Rows;
  readonly #messages: Messages;

  constructor(night: Night, rows: Rows, style: ChartStyle, messages: Messages) {
    this.element = element("ul", "night-legend");
    this.#night = night;
    this.#rows = rows;
    this.#messages = messages;
    this.show(style);
  }

  /** Says what the picture shows in this style. */
  show(style: ChartStyle): void {
    this.element.dataset["colours"] = style.level;
    this.#colour(style);
    const counted = style.events.some((event) => event.counted);
    const uncounted = style.events.some((event) => !event.counted);
    const entries: readonly (readonly [string, MessageKey, boolean])[] = [
      ["level", `chart-legend-${style.level}`, true],
      ["threshold", "chart-legend-threshold", true],
      ["desaturation", "chart-legend-desaturation", counted],
      ["uncounted", "chart-legend-uncounted", uncounted],
      ["below-range", "chart-legend-below-range", belowRange(this.#night).length > 0],
      ["gap", "chart-legend-gap", gaps(this.#rows).length > 0],
    ];
    const items = entries.filter(([, , present]) => present).map(([name, key]) => this.#entry(name, key, style));
    this.element.replaceChildren(...items);
  }

  /** Gives the samples the colours of the chart. */
  #colour({ level }: ChartStyle): void {
    const { countedGlass, bounds, thresholds, belowRange, gap } = themeOf(level);
    const colours = { counted: countedGlass, event: bounds, threshold: thresholds[0].colour, "below-range": belowRange, gap };
    for (const [name, colour] of Object.entries(colours)) this.element.style.setProperty(`--chart-${name}`, colour);
  }

  #entry(name: string, key: MessageKey, style: ChartStyle): HTMLElement {
    const sample = element("span", `swatch swatch-${name}`);
    sample.setAttribute("aria-hidden", "true");
    if (name === "level") sample.style.backgroundImage = levelBackground(style.level);
    return element("li", "", sample, this.#messages.say(key, { value: style.depth }));
  }
}
