/** Files that may be one night, because one begins where another ends: the reader is asked, for no file says whose it is. */
import { RefusedFile, type Night } from "../core/night";
import type { Source } from "../core/protocol";
import { element, required } from "../ui/dom";
import { duration } from "../ui/format";
import type { Messages } from "../ui/messages";

/** Two recordings further apart than this are two nights; the core has the last word. */
const LONGEST_PAUSE_S = 300;

/** A night on the page, and what it was read from. */
export interface Opened {
  readonly night: Night;
  readonly source: Source;
}

/** Reads two of them as one and puts that in their place; throws RefusedFile when they are not one night. */
type Join = (earlier: Opened, later: Opened) => Promise<void>;

export class JoinOffers {
  readonly #place: HTMLElement;
  readonly #messages: Messages;
  readonly #join: Join;
  readonly #opened: Opened[] = [];

  constructor(section: HTMLElement, messages: Messages, join: Join) {
    this.#place = required(section, "#viewer-joins", HTMLElement);
    this.#messages = messages;
    this.#join = join;
  }

  /** How many questions stand open. */
  get count(): number {
    return this.#place.childElementCount;
  }

  /** Scrolls no further than needed, and leaves the focus where it is. */
  bringIntoSight(): void {
    this.#place.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  add(opened: Opened): void {
    this.#opened.push(opened);
    this.#offer();
  }

  remove(night: Night): void {
    const at = this.#opened.findIndex((opened) => opened.night === night);
    if (at >= 0) this.#opened.splice(at, 1);
    this.#offer();
  }

  #offer(): void {
    const byStart = [...this.#opened].sort((a, b) => a.night.startS - b.night.startS);
    const neighbours = byStart.slice(1).map((later, at) => [byStart[at] as Opened, later] as const);
    const fitting = neighbours.filter(([earlier, later]) => mayJoin(earlier.night, later.night));
    this.#place.replaceChildren(...fitting.map(([earlier, later]) => this.#question(earlier, later)));
  }

  #question(earlier: Opened, later: Opened): HTMLElement {
    const names = { earlier: earlier.night.fileName, later: later.night.fileName };
    const pause = duration(Math.max(0, pauseS(earlier.night, later.night)));
    const key = startAlike(earlier.night, later.night) ? "viewer-join-same-start" : "viewer-join-continues";
    const button = element("button", "button-secondary", this.#messages.say("viewer-join"));
    button.type = "button";
    const question = element("div", "message viewer-join", element("p", "", this.#messages.say(key, { ...names, pause })), button);
    button.addEventListener("click", () => void this.#answer(question, earlier, later));
    return question;
  }

  async #answer(question: HTMLElement, earlier: Opened, later: Opened): Promise<void> {
    try {
      await this.#join(earlier, later);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      question.className = "message message-warning viewer-join";
      question.setAttribute("role", "status");
      question.textContent = this.#messages.joinError(error.refusal.code);
      question.tabIndex = -1;
      question.focus(); // the button that had the focus is gone
    }
  }
}

/** Of one kind, and one goes on where the other ends or begins with it. */
function mayJoin(earlier: Night, later: Night): boolean {
  const pause = pauseS(earlier, later);
  const isNear = startAlike(earlier, later) || (pause >= 0 && pause <= LONGEST_PAUSE_S);
  return isNear && earlier.format === later.format && earlier.intervalS === later.intervalS;
}

const startAlike = (earlier: Night, later: Night): boolean => earlier.startS === later.startS;

const pauseS = (earlier: Night, later: Night): number => later.startS - (earlier.startS + earlier.recordingS);
