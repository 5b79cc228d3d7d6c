/** What the colours and marks mean, in words beside a sample of each. Only what this night shows is listed. */
import { element } from "../dom";
import type { MessageKey, Messages } from "../messages";
import type { Night } from "../night";
import { gaps, missingWithPulse, type Rows } from "./series";

export function legend(night: Night, rows: Rows, messages: Messages): HTMLElement {
  const counted = night.desaturations.some((event) => event.outcome === "complete");
  const uncounted = night.desaturations.some((event) => event.outcome !== "complete");
  const entries: readonly (readonly [string, MessageKey, boolean])[] = [
    ["level", "chart-legend-level", true],
    ["threshold", "chart-legend-threshold", true],
    ["desaturation", "chart-legend-desaturation", counted],
    ["uncounted", "chart-legend-uncounted", uncounted],
    ["missing", "chart-legend-missing", missingWithPulse(rows, night.intervalS).length > 0],
    ["gap", "chart-legend-gap", gaps(rows).length > 0],
  ];
  const items = entries
    .filter(([, , present]) => present)
    .map(([name, key]) => {
      const sample = element("span", `swatch swatch-${name}`);
      sample.setAttribute("aria-hidden", "true");
      return element("li", "", sample, messages.say(key));
    });
  return element("ul", "night-legend", ...items);
}
