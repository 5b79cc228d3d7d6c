/** Several nights side by side: a table of their numbers, and their lines over each other by the time of day. */
import type { Night } from "../core/night";
import { below90Text, lowestText } from "../ui/below-range";
import { element, leadTo, required } from "../ui/dom";
import { duration, print } from "../ui/format";
import type { MessageKey, Messages } from "../ui/messages";
import { ClockWords } from "../chart/axes";
import { freeLine, LINES, lineSample, type OverlaidNight } from "./overlaid";
import { Overlay } from "./overlay";

interface Entry extends OverlaidNight {
  readonly article: HTMLElement;
  line: number;
  shown: boolean;
}

/** So long nothing new must come, and no box be ticked, before the nights are drawn together. */
const PAUSE_MS = 150;

export class Comparison {
  readonly #section: HTMLElement;
  readonly #messages: Messages;
  readonly #clock: ClockWords;
  readonly #entries: Entry[] = [];
  #overlay: Overlay | undefined;
  #pending: ReturnType<typeof setTimeout> | undefined;
  #ticked: ReturnType<typeof setTimeout> | undefined;

  /** `section` stays hidden until there are two nights. */
  constructor(section: HTMLElement, messages: Messages) {
    this.#section = section;
    this.#messages = messages;
    this.#clock = new ClockWords(messages.lang);
  }

  add(night: Night, article: HTMLElement): void {
    const drawn = this.#drawn();
    this.#entries.push({ night, article, line: freeLine(drawn.map(({ line }) => line)), shown: drawn.length < LINES.length });
    this.#entries.sort((a, b) => a.night.startS - b.night.startS);
    this.#drawSoon();
  }

  remove(night: Night): void {
    const at = this.#entries.findIndex((entry) => entry.night === night);
    if (at >= 0) this.#entries.splice(at, 1);
    this.#drawSoon();
  }

  /** Files arrive one by one; they are drawn when no more come for a moment. */
  #drawSoon(): void {
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => this.settle(), PAUSE_MS);
  }

  /** Draws now what is to be drawn. */
  settle(): void {
    if (this.#pending === undefined) return;
    clearTimeout(this.#pending);
    this.#pending = undefined;
    this.#section.hidden = this.#entries.length < 2;
    if (this.#section.hidden) return this.#forget();
    required(this.#section, "tbody", HTMLElement).replaceChildren(...this.#entries.map((entry) => this.#row(entry)));
    this.#draw();
  }

  #forget(): void {
    clearTimeout(this.#ticked);
    this.#overlay?.close();
    this.#overlay = undefined;
  }

  /** As many as there are lines that can be told apart, until the reader chooses others. */
  #drawn(): readonly Entry[] {
    return this.#entries.filter((entry) => entry.shown);
  }

  /** Draws the ticked nights, in the stretch that was shown before. */
  #draw(): void {
    const drawn = this.#drawn();
    const place = required(this.#section, ".overlay-chart", HTMLElement);
    clearTimeout(this.#ticked);
    const before = this.#overlay?.window;
    this.#overlay?.close();
    this.#overlay = drawn.length === 0 ? undefined : new Overlay(place, drawn, this.#clock, this.#messages);
    if (drawn.length === 0) place.replaceChildren();
    if (before !== undefined && !before.isWhole) this.#overlay?.window.show(before.from, before.to);
  }

  #row(entry: Entry): HTMLElement {
    const { night } = entry;
    const { analysis } = night;
    const number = (value: number | null | undefined, format: string, missing: MessageKey = "chart-no-reading") =>
      value == null
        ? element("td", "num is-missing", `— ${this.#messages.say(missing)}`)
        : element("td", "num", print(value, format, this.#messages.lang));
    const noIndex = analysis.notices.interval_too_coarse ? "viewer-too-coarse" : "viewer-too-short";
    const name = element("th", "", this.#choice(entry), " ", this.#link(entry));
    name.scope = "row";
    return element(
      "tr",
      "",
      name,
      element("td", "num", duration(night.recordingS)),
      number(analysis.aasm.odi3.per_h, "fixed1", noIndex),
      number(analysis.aasm.odi4.per_h, "fixed1", noIndex),
      analysis.spo2 === null ? number(null, "pct2") : element("td", "num", below90Text(analysis, this.#messages)),
      analysis.spo2 === null ? number(null, "pct0") : element("td", "num", lowestText(analysis, this.#messages.lang)),
      number(analysis.spo2?.mean_pct, "pct1"),
    );
  }

  /** A box to tick with a sample of the night's line. */
  #choice(entry: Entry): HTMLElement {
    const box = element("input", "");
    box.type = "checkbox";
    box.checked = entry.shown;
    box.setAttribute("aria-label", this.#messages.say("viewer-comparison-show", { name: entry.night.fileName }));
    const sample = element("span", "overlay-sample-place", entry.shown ? lineSample(entry.line) : "");
    box.addEventListener("change", () => {
      if (box.checked) entry.line = freeLine(this.#drawn().map(({ line }) => line));
      entry.shown = box.checked;
      sample.replaceChildren(entry.shown ? lineSample(entry.line) : "");
      clearTimeout(this.#ticked);
      this.#ticked = setTimeout(() => this.#draw(), PAUSE_MS); // several boxes are ticked in a row
    });
    return element("span", "overlay-choice", box, sample);
  }

  /** Leads to the night's own part of the page. */
  #link({ night, article }: Entry): HTMLElement {
    const button = element("button", "event-button", `${this.#clock.fullDay(night.startS)}, ${this.#clock.minute(night.startS)}`);
    button.type = "button";
    button.title = night.fileName;
    button.addEventListener("click", () => leadTo(article));
    return button;
  }
}
