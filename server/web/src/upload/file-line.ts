/** The line of one file: how far it is sent, what became of it, and the question whether half a night is to be stored. */
import { element } from "../ui/dom";
import type { MessageKey, Messages } from "../ui/messages";
import { send, type Outcome, type Trouble } from "./request";

export type Fate = "stored" | "duplicate" | "refused";

/** The heading of a line, by what became of its file. */
const HEADINGS: Readonly<Record<Fate, MessageKey>> = {
  stored: "upload-stored",
  duplicate: "upload-duplicate",
  refused: "upload-refused",
};

export class FileLine {
  readonly element = element("li", "upload-line");
  readonly #file: File;
  readonly #form: HTMLFormElement;
  readonly #messages: Messages;
  readonly #decided: () => void;
  #fate: Fate = "refused";
  #recording: string | null = null;

  /** `decided` hears when the doctor's decision has been carried out. */
  constructor(file: File, form: HTMLFormElement, messages: Messages, decided: () => void) {
    this.#file = file;
    this.#form = form;
    this.#messages = messages;
    this.#decided = decided;
  }

  get fate(): Fate {
    return this.#fate;
  }

  /** Where to go on after this file alone; null when it is not stored. */
  get next(): string | null {
    if (this.#recording === null) return null;
    return this.#fate === "duplicate" ? `${this.#recording}?duplicate=1` : this.#recording;
  }

  /** Sends the file and reports; a `decision` stores what is there of it. */
  async send(decision: string | null = null): Promise<void> {
    const outcome = await send(this.#form, this.#file, decision, this.#progress());
    this.#recording = typeof outcome === "string" ? null : outcome.recording;
    this.#fate = fateOf(outcome);
    const isQuestion = typeof outcome !== "string" && outcome.incomplete !== null;
    this.element.className = `upload-line is-${isQuestion ? "question" : this.#fate}`;
    this.element.replaceChildren(...this.#report(outcome));
  }

  #progress(): (share: number) => void {
    const bar = element("progress", "");
    bar.max = 1;
    const text = element("span", "");
    this.element.replaceChildren(text, bar);
    const show = (share: number): void => {
      bar.value = share;
      text.textContent = this.#messages.say("upload-sending", { name: this.#file.name, percent: Math.floor(share * 100) });
    };
    show(0);
    return show;
  }

  #report(outcome: Outcome | Trouble): (Node | string)[] {
    const heading = element("strong", "", this.#messages.say(HEADINGS[this.#fate], { name: this.#file.name }));
    if (typeof outcome === "string") return [heading, " ", this.#messages.say(outcome)];
    const said: (Node | string)[] = outcome.message === null ? [heading] : [heading, " ", outcome.message];
    if (outcome.recording !== null) {
      const link = element("a", "", this.#messages.say("upload-open"));
      link.href = outcome.recording;
      said.push(" ", link);
    }
    return outcome.incomplete === null ? said : [...said, this.#question(outcome.incomplete)];
  }

  /** Half a night is stored by a decision only, never by itself. */
  #question(decision: string): HTMLElement {
    const button = element("button", "button-quiet", this.#messages.say("upload-incomplete-store"));
    button.type = "button";
    button.addEventListener("click", () => void this.#decide(decision));
    return element("div", "upload-incomplete", element("p", "", this.#messages.say("upload-incomplete-note")), button);
  }

  async #decide(decision: string): Promise<void> {
    await this.send(decision);
    this.element.querySelector("a")?.focus(); // the button that had the focus is gone
    this.#decided();
  }
}

function fateOf(outcome: Outcome | Trouble): Fate {
  if (typeof outcome === "string" || outcome.recording === null) return "refused";
  return outcome.result === "duplicate" ? "duplicate" : "stored";
}
