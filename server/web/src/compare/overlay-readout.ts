/** What each of several nights held at the moment under the pointer, as text; it is the key to the lines too. */
import type uPlot from "uplot";
import type { Night } from "../core/night";
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";
import type { ClockWords } from "../chart/axes";
import type { TimeWindow } from "../chart/window";
import { clockStart, lineSample, type OverlaidNight } from "./overlaid";

export class OverlayReadout {
  readonly element = element("p", "night-readout overlay-readout");
  readonly #nights: readonly OverlaidNight[];
  readonly #clock: ClockWords;
  readonly #messages: Messages;
  readonly #time = element("span", "readout-item");
  readonly #values: readonly HTMLElement[];
  #moment: number | null = null;
  /** Where the keys put the pointer: its pixel is coarser than a reading. */
  #stepped: number | null = null;

  constructor(nights: readonly OverlaidNight[], clock: ClockWords, messages: Messages) {
    this.#nights = nights;
    this.#clock = clock;
    this.#messages = messages;
    this.#values = nights.map(() => element("strong", ""));
    this.element.append(this.#time, ...nights.map((one, at) => this.#item(one, at)));
    this.announce(false);
    this.#show();
  }

  /** Shows the moment under the plot's pointer. */
  follow(plot: uPlot): void {
    const { left } = plot.cursor;
    this.#moment = this.#stepped ?? (left == null || left < 0 ? null : plot.posToVal(left, "x"));
    this.#stepped = null;
    this.#show();
  }

  /** The moment so many readings further, inside what is shown; the text is announced. */
  step(readings: number, { from, to }: TimeWindow): number {
    const interval = Math.min(...this.#nights.map(({ night }) => night.intervalS));
    const moment = (this.#moment ?? (from + to) / 2) + readings * interval;
    this.announce(true);
    this.#stepped = Math.min(to, Math.max(from, moment));
    return this.#stepped;
  }

  /** Whether a screen reader says what changes: for keys, not for a pointer in motion. */
  announce(aloud: boolean): void {
    this.element.setAttribute("aria-live", aloud ? "polite" : "off");
  }

  #item({ night, line }: OverlaidNight, at: number): HTMLElement {
    const name = `${this.#clock.day(night.startS)} ${this.#clock.minute(night.startS)}`;
    return element("span", "readout-item", lineSample(line), ` ${name} `, this.#values[at] ?? "");
  }

  #show(): void {
    const moment = this.#moment;
    if (moment === null) this.#time.replaceChildren(this.#messages.say("chart-overlay-hint"));
    else this.#time.replaceChildren(`${this.#messages.say("chart-value-time")} `, element("strong", "", this.#clock.exact(moment)));
    this.#nights.forEach(({ night }, at) => write(this.#values[at], moment === null ? "" : this.#reading(night, moment)));
  }

  #reading(night: Night, moment: number): string {
    const value = readingAt(night, moment - clockStart(night));
    return value === null ? this.#messages.say("chart-no-reading") : `${value} %`;
  }
}

/** Lays out nothing anew where nothing changed: the nights may be many. */
function write(place: HTMLElement | undefined, text: string): void {
  if (place !== undefined && place.textContent !== text) place.textContent = text;
}

/** The SpO2 that held `seconds` after the night's first reading; null where there was none. */
export function readingAt({ atS, intervalS, spo2 }: Pick<Night, "atS" | "intervalS" | "spo2">, seconds: number): number | null {
  let [low, high] = [0, atS.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atS[middle] ?? 0) <= seconds) low = middle + 1;
    else high = middle;
  }
  const index = low - 1;
  const isHeld = index >= 0 && seconds - (atS[index] ?? 0) < intervalS;
  return isHeld && spo2.valid[index] === 1 ? (spo2.values[index] ?? null) : null;
}
