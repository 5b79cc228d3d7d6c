/** The viewer that never uploads: files are read, analysed and drawn on this device. */
import { Core } from "../core/client";
import { RefusedFile, type Night } from "../core/night";
import type { Source } from "../core/protocol";
import { element, leadTo, required } from "../ui/dom";
import { takeFiles } from "../ui/drop-zone";
import { pageMessages, type Messages } from "../ui/messages";
import { Comparison } from "../compare/comparison";
import { NightArticle } from "../viewer/article";
import { JoinOffers, type Opened } from "../viewer/joining";
import { switchLanguageSafely } from "../viewer/language";
import { askBeforeLeaving } from "../viewer/leaving";
import { Notes } from "../viewer/notes";
import { workOffline } from "../viewer/offline";
import { reason } from "../viewer/refusal";
import { holdsTheSame } from "../viewer/same-file";

/** Larger than any night: a file this size is a mistake, and reading it would take the device's memory. */
const LARGEST_FILE_MB = 64;
const BYTES_OF_MB = 1_000_000;

/** A night on the page: what it was read from, and its part of the page. */
interface Shown extends Opened {
  readonly article: NightArticle;
}

class Viewer {
  readonly #core = new Core();
  readonly #section: HTMLElement;
  readonly #messages: Messages;
  readonly #nights: HTMLElement;
  readonly #template: HTMLTemplateElement;
  readonly #comparison: Comparison;
  readonly #notes: Notes;
  readonly #joins: JoinOffers;
  readonly #shown = new Map<Night, Shown>();
  #queue: Promise<void> = Promise.resolve();

  constructor(section: HTMLElement, messages: Messages) {
    this.#section = section;
    this.#messages = messages;
    this.#nights = required(section, "#viewer-nights", HTMLElement);
    this.#template = required(section, "template#viewer-night", HTMLTemplateElement);
    this.#comparison = new Comparison(required(section, "#viewer-comparison", HTMLElement), messages);
    this.#notes = new Notes(section, messages);
    this.#joins = new JoinOffers(section, messages, (earlier, later) => this.#readAsOne(earlier, later));
    // Paper shows every night, those too that the reader has not scrolled to.
    addEventListener("beforeprint", () => this.#drawAll());
    matchMedia("print").addEventListener("change", () => this.#drawAll());
    switchLanguageSafely(messages, (text) => this.#notes.tell(text));
  }

  /** Opens files one after the other; each stands on the page as soon as it is read. */
  show(files: readonly File[]): void {
    this.#queue = this.#queue.then(() => this.#openAll(files));
  }

  async #openAll(files: readonly File[]): Promise<void> {
    const questions = this.#joins.count;
    const placed: HTMLElement[] = [];
    this.#notes.begin();
    for (const [at, file] of files.entries()) {
      this.#notes.reading(file.name, at + 1, files.length);
      const article = await this.#open(file);
      if (article !== null) placed.push(article);
    }
    this.#notes.finish();
    this.#comparison.settle(); // it stands above the nights: the place led to must not move afterwards
    this.#lead(placed, this.#joins.count > questions);
  }

  /** To the first new night, unless something is to be read first or the reader is busy elsewhere. */
  #lead([first, ...others]: readonly HTMLElement[], isAsked: boolean): void {
    const isFree = !isAsked && !this.#notes.hasNews && this.#awaitsFiles();
    if (first !== undefined && isFree) return leadTo(first);
    if (first !== undefined) this.#notes.opened(1 + others.length, () => leadTo(first));
    if (isAsked) this.#joins.bringIntoSight();
    this.#notes.bringIntoSight();
  }

  /** Whether the reader is where files are chosen, or where the page led before; whoever reads or types elsewhere stays there. */
  #awaitsFiles(): boolean {
    const { activeElement: active } = document;
    if (active === null || active === document.body) return true;
    return this.#section.contains(active) && (active.matches("article, #viewer-files") || active.closest("#viewer-notes") !== null);
  }

  async #open(file: File): Promise<HTMLElement | null> {
    if (file.size > LARGEST_FILE_MB * BYTES_OF_MB) {
      this.#notes.refuse(file.name, this.#messages.say("viewer-too-large", { value: LARGEST_FILE_MB }));
      return null;
    }
    if (await this.#isOpen(file)) return null;
    const source = [{ file, name: file.name }];
    try {
      return this.#place({ night: await this.#core.open(source), source });
    } catch (error) {
      this.#notes.refuse(file.name, reason(error, this.#messages));
      if (!(error instanceof RefusedFile)) reportError(error); // for the browser's console; the files after it are read all the same
      return null;
    }
  }

  /** Says so when a night on the page was read from the same bytes. */
  async #isOpen(file: File): Promise<boolean> {
    for (const { night, source, article } of this.#shown.values()) {
      for (const part of source) {
        if (!(await holdsTheSame(part.file, file))) continue;
        this.#notes.alreadyOpen(file.name, night.fileName, () => leadTo(article.element));
        return true;
      }
    }
    return false;
  }

  #place(opened: Opened, before: Node | null = null): HTMLElement {
    const { night } = opened;
    const explored = { ...opened, core: this.#core, messages: this.#messages };
    const article = new NightArticle(this.#template, explored, () => this.#close(night));
    this.#nights.insertBefore(article.element, before);
    article.drawWhenSeen();
    this.#shown.set(night, { ...opened, article });
    this.#comparison.add(night, article.element);
    this.#joins.add(opened);
    askBeforeLeaving(true);
    return article.element;
  }

  /** The night that two files make takes the place of both. */
  async #readAsOne(earlier: Opened, later: Opened): Promise<void> {
    const source: Source = [...earlier.source, ...later.source];
    const night = await this.#core.open(source);
    const place = element("div", "");
    this.#shown.get(earlier.night)?.article.element.before(place);
    for (const part of [earlier, later]) this.#remove(part.night);
    const joined = this.#place({ night, source }, place);
    place.remove();
    leadTo(joined);
  }

  #drawAll(): void {
    for (const { article } of this.#shown.values()) article.draw();
  }

  /** The reader takes a night off the page; the focus goes on to its neighbour, else to where files are chosen. */
  #close(night: Night): void {
    const closed = this.#shown.get(night)?.article.element;
    const next = closed?.nextElementSibling ?? closed?.previousElementSibling;
    this.#remove(night);
    if (next instanceof HTMLElement) leadTo(next);
    else required(this.#section, "#viewer-files", HTMLElement).focus();
  }

  #remove(night: Night): void {
    this.#shown.get(night)?.article.remove();
    this.#shown.delete(night);
    this.#comparison.remove(night);
    this.#joins.remove(night);
    askBeforeLeaving(this.#shown.size > 0);
  }
}

function start(section: HTMLElement, messages: Messages): void {
  const viewer = new Viewer(section, messages);
  const input = required(section, "input#viewer-files", HTMLInputElement);
  const area = input.closest<HTMLElement>(".drop-area") ?? section;
  area.classList.add("is-enhanced");
  area.prepend(element("p", "drop-hint", messages.say("viewer-drop-hint")));
  takeFiles(area, input, (files) => viewer.show(files), document.documentElement);
  section.dataset["viewer"] = "ready";
}

const section = document.getElementById("viewer");
if (section !== null) {
  start(section, pageMessages());
  await workOffline(section, pageMessages());
}
