/** What there is to say about files: being read, refused, open already. It stands where files are chosen, not among the nights. */
import { element, required } from "../ui/dom";
import type { Messages } from "../ui/messages";

export class Notes {
  readonly #place: HTMLElement;
  readonly #input: HTMLElement;
  readonly #messages: Messages;
  readonly #status = element("p", "viewer-status");
  /** What was said about the files that were opened last. */
  #fresh: HTMLElement[] = [];

  constructor(section: HTMLElement, messages: Messages) {
    this.#place = required(section, "#viewer-notes", HTMLElement);
    this.#input = required(section, "#viewer-files", HTMLElement);
    this.#messages = messages;
  }

  /** Whether anything was said since `begin`. */
  get hasNews(): boolean {
    return this.#fresh.length > 0;
  }

  /** Files are about to be read: what was said only in passing about those before goes. */
  begin(): void {
    this.#fresh = [];
    for (const passing of this.#place.querySelectorAll(".viewer-note-passing")) passing.remove();
  }

  reading(name: string, at: number, all: number): void {
    const key = all === 1 ? "viewer-reading" : "viewer-reading-of";
    this.#status.textContent = this.#messages.say(key, { name, at, all });
    this.#place.append(this.#status);
  }

  finish(): void {
    this.#status.remove();
  }

  /** Why a file is not on the page; the note stays until the reader closes it. */
  refuse(name: string, why: string): void {
    const title = element("strong", "", this.#messages.say("viewer-refused", { name }));
    const text = element("p", "viewer-refused", title, " ", why);
    for (const old of this.#place.querySelectorAll(".viewer-refused")) {
      if (old.textContent === text.textContent) old.parentElement?.remove(); // the same file again: said once
    }
    this.#add("message-error", text, this.#closeButton(name));
  }

  /** `show` leads to the night that is meant. */
  alreadyOpen(name: string, open: string, show: () => void): void {
    const key = open === name ? "viewer-already-open" : "viewer-already-open-as";
    const text = element("p", "viewer-already", this.#messages.say(key, { name, open }));
    this.#add("viewer-note-passing", text, this.#button("viewer-show", show), this.#closeButton(name));
  }

  /** Said when the reader is not led to the new nights. */
  opened(count: number, show: () => void): void {
    const text = element("p", "viewer-opened", this.#messages.say("viewer-opened", { count }));
    this.#add("viewer-note-passing", text, this.#button("viewer-show-first", show));
  }

  /** A sentence that has nothing to do with a file. */
  tell(text: string): void {
    this.begin();
    this.#add("message-warning viewer-note-passing", element("p", "", text), this.#closeButton(""));
    this.bringIntoSight();
  }

  /** Scrolls no further than needed, and leaves the focus where it is. */
  bringIntoSight(): void {
    this.#fresh[0]?.scrollIntoView({ block: "nearest" });
  }

  #add(className: string, ...parts: readonly HTMLElement[]): void {
    const note = element("div", `message viewer-note ${className}`, ...parts);
    this.#fresh.push(note);
    this.#place.append(note);
  }

  #button(key: "viewer-show" | "viewer-show-first", act: () => void): HTMLElement {
    const button = element("button", "button-secondary button-small", this.#messages.say(key));
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  #closeButton(name: string): HTMLElement {
    const button = element("button", "button-quiet button-small note-close", "×");
    button.type = "button";
    button.setAttribute("aria-label", this.#messages.say("viewer-note-close", { name }));
    button.addEventListener("click", () => this.#close(button));
    return button;
  }

  /** The focus goes on to the next note, else to where files are chosen. */
  #close(button: HTMLElement): void {
    const note = button.closest<HTMLElement>(".viewer-note");
    const next = note?.nextElementSibling ?? note?.previousElementSibling;
    note?.remove();
    (next?.querySelector<HTMLElement>("button") ?? this.#input).focus();
  }
}
