/** One file on the viewer's page: what it is, what was noticed, its chart and all its numbers. */
import { element, required } from "../ui/dom";
import { duration } from "../ui/format";
import type { MessageKey } from "../ui/messages";
import { ClockWords } from "../chart/axes";
import { fillIndices } from "../night/definitions";
import { explore, type Explored } from "../night/explorer";
import { fillParts } from "../night/hours";
import { fillNumbers } from "../night/key-figures";
import { noticeTexts, warningTexts } from "../night/notices";
import { deviceText } from "./device";

/** A chart is drawn when it is about this far from the screen, in pixels: thirty nights open at once cost what is looked at. */
const NEAR = "800px";

export class NightArticle {
  readonly element: HTMLElement;
  readonly #explored: Explored;
  #forget: (() => void) | undefined;

  /** `close` is called when the reader takes the night off the page. */
  constructor(template: HTMLTemplateElement, explored: Explored, close: () => void) {
    this.#explored = explored;
    const copy = document.importNode(template.content, true);
    this.element = required(copy, "article", HTMLElement);
    this.#fill();
    this.element.append(this.#closeButton(close));
  }

  /** Draws the chart now if the article is near the screen, else when it comes near. */
  drawWhenSeen(): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        this.draw();
      },
      { rootMargin: NEAR },
    );
    observer.observe(this.element);
  }

  /** Draws the chart, unless it stands there already. */
  draw(): void {
    if (this.#forget !== undefined || !this.element.isConnected) return;
    const chart = required(this.element, ".night", HTMLElement);
    const events = required(this.element, ".desaturations-section", HTMLElement);
    this.#forget = explore({ chart, events }, this.#explored);
    this.element.dataset["chart"] = "ready";
  }

  /** Takes the night off the page. */
  remove(): void {
    this.element.remove();
    this.#forget?.();
  }

  #fill(): void {
    const { night, messages } = this.#explored;
    const { analysis } = night;
    this.element.setAttribute("aria-label", night.fileName);
    this.#field("title").textContent = night.fileName;
    this.#field("facts").replaceChildren(...this.#facts());
    const warnings = warningTexts(analysis, messages).map((text) => element("p", "message message-warning", text));
    this.#field("warnings").replaceChildren(...warnings);
    this.#field("notices").replaceChildren(...noticeTexts(analysis, messages).map((text) => element("li", "", text)));
    fillNumbers(this.element, analysis, messages.lang);
    fillIndices(this.element, night, messages);
    fillParts(this.element, night, messages);
  }

  #field(name: string): HTMLElement {
    return required(this.element, `[data-field=${name}]`, HTMLElement);
  }

  /** What the file itself says, as pairs of name and value. */
  #facts(): HTMLElement[] {
    const { night, messages } = this.#explored;
    const clock = new ClockWords(messages.lang);
    const moment = (seconds: number) => `${clock.date(seconds)}, ${clock.exact(seconds)}`;
    const device = deviceText(night.analysis.device, messages);
    const facts: readonly (readonly [MessageKey, string])[] = [
      ["viewer-fact-start", moment(night.startS)],
      ["viewer-fact-end", moment(night.startS + night.recordingS)],
      ["viewer-fact-length", duration(night.recordingS)],
      ["viewer-fact-interval", `${night.intervalS} s`],
      ["viewer-fact-records", String(night.analysis.recording.records)],
      ["viewer-fact-format", messages.formatName(night.format)],
      ...(device === "" ? [] : [["viewer-fact-device", device] as const]),
    ];
    return facts.flatMap(([key, value]) => [element("dt", "", messages.say(key)), element("dd", "", value)]);
  }

  #closeButton(close: () => void): HTMLElement {
    const { night, messages } = this.#explored;
    const button = element("button", "button-quiet viewer-close", messages.say("viewer-close", { name: night.fileName }));
    button.type = "button";
    button.addEventListener("click", close);
    return button;
  }
}
