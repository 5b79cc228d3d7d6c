/** Several nights side by side: a table of their numbers, and their lines over each other by the time of day. */
import { ClockWords } from "./chart/axes";
import { drawOverlay, LINES } from "./chart/overlay";
import { element, leadTo, required } from "./dom";
import type { MessageKey, Messages } from "./messages";
import { duration, print } from "./metrics";
import type { Night } from "./night";

interface Entry {
  readonly night: Night;
  readonly article: HTMLElement;
  readonly line: number;
  shown: boolean;
}

/** Lines that can be told apart; of more nights the first ones are drawn until the reader chooses others. */
const SHOWN_AT_FIRST = LINES.length;

/** So long nothing new must come before the nights are drawn together. */
const PAUSE_MS = 150;

export class Together {
  readonly #section: HTMLElement;
  readonly #messages: Messages;
  readonly #clock: ClockWords;
  readonly #entries: Entry[] = [];
  #lines = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;

  /** `section` stays hidden until there are two nights. */
  constructor(section: HTMLElement, messages: Messages) {
    this.#section = section;
    this.#messages = messages;
    this.#clock = new ClockWords(messages.lang);
  }

  add(night: Night, article: HTMLElement): void {
    this.#entries.push({ night, article, line: this.#lines, shown: this.#lines < SHOWN_AT_FIRST });
    this.#lines += 1;
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
    this.#pending = setTimeout(() => {
      this.#section.hidden = this.#entries.length < 2;
      if (this.#section.hidden) return;
      required(this.#section, "tbody", HTMLElement).replaceChildren(...this.#entries.map((entry) => this.#row(entry)));
      this.#draw();
    }, PAUSE_MS);
  }

  #draw(): void {
    const shown = this.#entries.filter((entry) => entry.shown);
    const place = required(this.#section, ".overlay-chart", HTMLElement);
    if (shown.length === 0) place.replaceChildren();
    else drawOverlay(place, shown, this.#clock, this.#messages);
  }

  #row(entry: Entry): HTMLElement {
    const { night } = entry;
    const { analysis } = night;
    const number = (value: number | null | undefined, format: string, missing: MessageKey = "chart-no-reading") =>
      element("td", "num", value == null ? `— ${this.#messages.say(missing)}` : print(value, format, this.#messages.lang));
    const name = element("th", "", this.#choice(entry), " ", this.#link(entry));
    name.scope = "row";
    return element(
      "tr",
      "",
      name,
      element("td", "num", duration(night.recordingS)),
      number(analysis.aasm.odi3.per_h, "fixed1", "viewer-too-short"),
      number(analysis.aasm.odi4.per_h, "fixed1", "viewer-too-short"),
      number(analysis.spo2?.below_90_pct, "pct2"),
      number(analysis.spo2?.min_pct, "pct0"),
      number(analysis.spo2?.mean_pct, "pct1"),
    );
  }

  /** A box to tick with a sample of the night's line. */
  #choice(entry: Entry): HTMLElement {
    const box = element("input", "");
    box.type = "checkbox";
    box.checked = entry.shown;
    box.setAttribute("aria-label", this.#messages.say("viewer-together-show", { name: entry.night.fileName }));
    box.addEventListener("change", () => {
      entry.shown = box.checked;
      this.#draw();
    });
    return element("span", "overlay-choice", box, sample(entry.line));
  }

  /** Leads to the night's own part of the page. */
  #link({ night, article }: Entry): HTMLElement {
    const start = `${this.#clock.day(night.startS)} ${this.#clock.minute(night.startS)}`;
    const button = element("button", "event-button", start);
    button.type = "button";
    button.title = night.fileName;
    button.addEventListener("click", () => leadTo(article));
    return button;
  }
}

function sample(line: number): HTMLElement {
  const style = LINES[line % LINES.length];
  const canvas = element("canvas", "overlay-sample");
  canvas.setAttribute("aria-hidden", "true");
  [canvas.width, canvas.height] = [64, 16];
  const pen = canvas.getContext("2d");
  if (pen === null || style === undefined) return canvas;
  pen.strokeStyle = style.colour;
  pen.lineWidth = 4;
  pen.setLineDash(style.dash.map((length) => length * 2));
  pen.moveTo(0, 8);
  pen.lineTo(64, 8);
  pen.stroke();
  return canvas;
}
