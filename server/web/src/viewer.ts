/** The viewer that never uploads: files are read, analysed and drawn on this device. */
import { Core } from "./core/client";
import type { Source } from "./core/protocol";
import { element, leadTo, required } from "./dom";
import { takeFiles } from "./drop";
import { pageMessages, type Messages } from "./messages";
import { RefusedFile, UNREADABLE, type Night } from "./night";
import { workOffline } from "./offline";
import { Together } from "./together";
import { NightArticle } from "./viewer/article";
import { JoinOffers, type Opened } from "./viewer/joining";

/** Larger than any night: a file this size is a mistake, and reading it would take the device's memory. */
const LARGEST_FILE_MB = 64;
const BYTES_OF_MB = 1_000_000;

class Viewer {
  readonly #core = new Core();
  readonly #messages: Messages;
  readonly #nights: HTMLElement;
  readonly #template: HTMLTemplateElement;
  readonly #together: Together;
  readonly #joins: JoinOffers;
  readonly #articles = new Map<Night, NightArticle>();

  constructor(section: HTMLElement, messages: Messages) {
    this.#messages = messages;
    this.#nights = required(section, "#viewer-nights", HTMLElement);
    this.#template = required(section, "template#viewer-night", HTMLTemplateElement);
    this.#together = new Together(required(section, "#viewer-together", HTMLElement), messages);
    this.#joins = new JoinOffers(section, messages, (earlier, later) => this.#readAsOne(earlier, later));
    // Paper shows every night, those too that the reader has not scrolled to.
    addEventListener("beforeprint", () => this.#drawAll());
    matchMedia("print").addEventListener("change", () => this.#drawAll());
  }

  /** Opens files one after the other; each stands on the page as soon as it is read. */
  async show(files: readonly File[]): Promise<void> {
    const waiting = files.map((file) => ({ file, status: this.#announce(file) }));
    for (const { file, status } of waiting) await this.#open(file, status);
  }

  #announce(file: File): HTMLElement {
    const status = element("p", "viewer-status", this.#messages.say("viewer-reading", { name: file.name }));
    status.setAttribute("role", "status");
    this.#nights.append(status);
    return status;
  }

  async #open(file: File, status: HTMLElement): Promise<void> {
    if (file.size > LARGEST_FILE_MB * BYTES_OF_MB) {
      return this.#refuse(file, status, this.#messages.say("viewer-too-large", { value: LARGEST_FILE_MB }));
    }
    const source = [{ file, name: file.name }];
    try {
      this.#place(status, { night: await this.#core.open(source), source });
    } catch (error) {
      this.#refuse(file, status, reason(error, this.#messages));
      if (!(error instanceof RefusedFile)) reportError(error); // for the browser's console; the files after it are read all the same
    }
  }

  #refuse(file: File, status: HTMLElement, why: string): void {
    status.className = "message message-error viewer-refused";
    status.replaceChildren(element("strong", "", this.#messages.say("viewer-refused", { name: file.name })), " ", why);
  }

  #place(instead: HTMLElement, opened: Opened): HTMLElement {
    const { night } = opened;
    const explored = { ...opened, core: this.#core, messages: this.#messages };
    const article = new NightArticle(this.#template, explored, () => this.#remove(night));
    instead.replaceWith(article.element);
    article.drawWhenSeen();
    this.#articles.set(night, article);
    this.#together.add(night, article.element);
    this.#joins.add(opened);
    return article.element;
  }

  /** The night that two files make takes the place of both. */
  async #readAsOne(earlier: Opened, later: Opened): Promise<void> {
    const source: Source = [...earlier.source, ...later.source];
    const night = await this.#core.open(source);
    const place = element("div", "");
    this.#articles.get(earlier.night)?.element.before(place);
    for (const part of [earlier, later]) this.#remove(part.night);
    leadTo(this.#place(place, { night, source }));
  }

  #drawAll(): void {
    for (const article of this.#articles.values()) article.draw();
  }

  #remove(night: Night): void {
    this.#articles.get(night)?.remove();
    this.#articles.delete(night);
    this.#together.remove(night);
    this.#joins.remove(night);
  }
}

/** The parse error in the page's language, with the place where the file has it. */
function reason(error: unknown, messages: Messages): string {
  if (!(error instanceof RefusedFile)) return messages.say("parse-error-unknown");
  if (error.refusal.code === UNREADABLE) return messages.say("viewer-unreadable");
  const place = placeOf(error, messages);
  const text = messages.parseError(error.refusal.code);
  return place === null ? text : `${text} (${place})`;
}

function placeOf({ refusal: { line, column, offset } }: RefusedFile, messages: Messages): string | null {
  if (line !== undefined && column !== undefined) return messages.say("parse-error-place-line-column", { line, column });
  if (line !== undefined) return messages.say("parse-error-place-line", { line });
  return offset === undefined ? null : messages.say("parse-error-place-offset", { offset });
}

function start(section: HTMLElement, messages: Messages): void {
  const viewer = new Viewer(section, messages);
  const input = required(section, "input#viewer-files", HTMLInputElement);
  const area = input.closest<HTMLElement>(".drop-area") ?? section;
  area.classList.add("is-enhanced");
  area.prepend(element("p", "drop-hint", messages.say("viewer-drop-hint")));
  takeFiles(area, input, (files) => void viewer.show(files));
  section.dataset["viewer"] = "ready";
}

const section = document.getElementById("viewer");
if (section !== null) {
  start(section, pageMessages());
  await workOffline(section, pageMessages());
}
