/** The table of desaturations as text; one chosen in it is shown in the chart. */
import type { Depth, Desaturation, Night } from "../core/night";
import { element } from "../ui/dom";
import { shortDuration } from "../ui/format";
import type { Messages } from "../ui/messages";
import { ClockWords } from "../chart/axes";

export class EventTable {
  readonly #section: HTMLElement;
  readonly #night: Night;
  readonly #messages: Messages;
  readonly #clock: ClockWords;
  #depth: Depth = 3;
  #choose: (event: Desaturation) => void = () => undefined;

  /** `section` holds the template of the table; its rows are made when it is first opened. */
  constructor(section: HTMLElement, night: Night, messages: Messages) {
    this.#section = section;
    this.#night = night;
    this.#messages = messages;
    this.#clock = new ClockWords(messages.lang);
    section.querySelector("details")?.addEventListener("toggle", () => this.#fill());
    this.show(3);
  }

  /** Calls `choose` with every desaturation the reader asks for. */
  follow(choose: (event: Desaturation) => void): void {
    this.#choose = choose;
  }

  /** Lists the desaturations of this depth. */
  show(depth: Depth): void {
    this.#depth = depth;
    const events = this.#night.desaturations[depth];
    const [details, none] = [this.#section.querySelector("details"), this.#section.querySelector<HTMLElement>(".desaturations-none")];
    const summary = this.#section.querySelector("summary");
    if (details !== null) details.hidden = events.length === 0;
    if (none !== null) {
      none.hidden = events.length > 0;
      none.textContent = this.#messages.say("chart-events-none", { value: depth });
    }
    if (summary !== null) summary.textContent = this.#messages.say("chart-events-summary", { count: events.length, value: depth });
    this.#fill();
  }

  #fill(): void {
    const body = this.#section.querySelector("tbody");
    if (body === null || this.#section.querySelector("details")?.open !== true) return;
    body.replaceChildren(...this.#night.desaturations[this.#depth].map((event) => this.#row(event)));
  }

  #row(event: Desaturation): HTMLElement {
    const number = (value: number | string) => element("td", "num", String(value));
    const { onset_s: onset, end_s: end, peak_pct: peak, nadir_pct: nadir, below_range: isBound } = event;
    const bound = (sign: string, value: number) => (isBound ? `${sign} ${value}` : value); // readings below the ring's range
    const row = element(
      "tr",
      "",
      element("td", "", this.#button(event)),
      number(shortDuration(end - onset)),
      number(peak),
      number(bound("<=", nadir)),
      number(bound(">=", peak - nadir)),
      element("td", "", this.#messages.say(`desaturation-${event.outcome}`)),
    );
    row.addEventListener("click", (press) => this.#pressed(row, event, press));
    return row;
  }

  /** The whole row is the mouse's, its button the keyboard's too; a press that ends a selection of text is meant for that. */
  #pressed(row: HTMLElement, event: Desaturation, press: MouseEvent): void {
    const isButton = press.target instanceof HTMLButtonElement;
    if (!isButton && getSelection()?.type === "Range") return;
    row.parentElement?.querySelector("[aria-current]")?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    this.#choose(event);
  }

  #button(event: Desaturation): HTMLElement {
    const time = this.#clock.exact(this.#night.startS + event.onset_s);
    const button = element("button", "event-button", time);
    button.type = "button";
    button.title = this.#messages.say("chart-event-show");
    button.setAttribute("aria-label", `${time}, ${this.#messages.say("chart-event-show")}`);
    return button;
  }
}
