/** The read-out: what the device recorded at the moment under the pointer, as text. */
import type uPlot from "uplot";
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";
import type { ClockWords } from "./axes";
import type { Rows } from "./series";

export class Readout {
  readonly element = element("p", "night-readout");
  readonly #rows: Rows;
  readonly #messages: Messages;
  readonly #clock: ClockWords;

  constructor(rows: Rows, messages: Messages, clock: ClockWords) {
    this.#rows = rows;
    this.#messages = messages;
    this.#clock = clock;
    this.announce(false);
    this.show(null);
  }

  /** Shows row `index`, or the hint when there is none. */
  show(index: number | null): void {
    const moment = index === null ? undefined : this.#rows.x[index];
    if (index === null || moment === undefined) {
      this.element.replaceChildren(this.#messages.say("chart-point-hint"));
      return;
    }
    const { spo2, pulse, motion } = this.#rows;
    this.element.replaceChildren(
      this.#item("time", this.#messages.say("chart-value-time"), this.#clock.exact(moment)),
      this.#item("spo2", this.#messages.say("chart-value-spo2"), this.#reading(spo2[index], " %")),
      this.#item("pulse", this.#messages.say("chart-value-pulse"), this.#reading(pulse[index], ` ${this.#messages.say("chart-unit-bpm")}`)),
      this.#item("motion", this.#messages.say("chart-value-motion"), this.#reading(motion[index], "")),
    );
  }

  /** Moves by samples from what is shown, or from the middle of the window, and lets the text be announced. */
  step(plot: uPlot, samples: number, point: (left: number) => void): void {
    const { min, max } = plot.scales["x"] ?? {};
    const [first, last] = [plot.valToIdx(min ?? 0), plot.valToIdx(max ?? 0)];
    const index = Math.min(last, Math.max(first, (plot.cursor.idx ?? Math.round((first + last) / 2)) + samples));
    this.announce(true);
    point(plot.valToPos(this.#rows.x[index] ?? 0, "x"));
  }

  /** Whether a screen reader says what changes: for keys, not for a pointer in motion. */
  announce(aloud: boolean): void {
    this.element.setAttribute("aria-live", aloud ? "polite" : "off");
  }

  #item(name: string, label: string, value: string): HTMLElement {
    const text = element("strong", "", value);
    text.dataset["reading"] = name;
    return element("span", "readout-item", `${label} `, text);
  }

  #reading(value: number | null | undefined, unit: string): string {
    return value == null ? this.#messages.say("chart-no-reading") : `${value}${unit}`;
  }
}
