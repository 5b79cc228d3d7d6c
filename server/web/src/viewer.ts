/** The viewer that never uploads: files are read, analysed and drawn on this device. */
import { ClockWords } from "./chart/axes";
import { drawNight } from "./chart";
import { element, required } from "./dom";
import { takeFiles } from "./drop";
import { pageMessages, type Messages } from "./messages";
import { duration, fillNumbers } from "./metrics";
import { noticeTexts } from "./notices";
import { openNight, ParseError, prepareCore, type Night } from "./night";

/** Larger than any night: a file this size is a mistake, and reading it would freeze the page. */
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

interface Viewer {
  readonly nights: HTMLElement;
  readonly template: HTMLTemplateElement;
  readonly messages: Messages;
}

function start(section: HTMLElement): void {
  const messages = pageMessages();
  const viewer: Viewer = {
    nights: required(section, "#viewer-nights", HTMLElement),
    template: required(section, "template#viewer-night", HTMLTemplateElement),
    messages,
  };
  const input = required(section, "input#viewer-files", HTMLInputElement);
  const area = input.closest<HTMLElement>(".drop-area") ?? section;
  area.classList.add("is-enhanced");
  area.prepend(element("p", "drop-hint", messages.say("viewer-drop-hint")));
  takeFiles(area, input, (files) => void showAll(files, viewer));
  section.dataset["viewer"] = "ready";
}

async function showAll(files: readonly File[], viewer: Viewer): Promise<void> {
  await prepareCore();
  for (const file of files) await showOne(file, viewer);
}

async function showOne(file: File, viewer: Viewer): Promise<void> {
  const { messages, nights } = viewer;
  const status = element("p", "viewer-status", messages.say("viewer-reading", { name: file.name }));
  status.setAttribute("role", "status");
  nights.append(status);
  try {
    if (file.size > LARGEST_FILE_BYTES) throw new RangeError("too-large");
    const night = await openNight(new Uint8Array(await file.arrayBuffer()), file.name);
    const article = articleOf(night, viewer);
    status.replaceWith(article);
    drawNight(required(article, ".night", HTMLElement), night, messages);
    article.dataset["chart"] = "ready";
  } catch (error) {
    status.className = "message message-error viewer-refused";
    status.replaceChildren(element("strong", "", messages.say("viewer-refused", { name: file.name })), " ", reason(error, messages));
    if (!(error instanceof ParseError) && !(error instanceof RangeError)) throw error;
  }
}

function articleOf(night: Night, { template, messages }: Viewer): HTMLElement {
  const copy = document.importNode(template.content, true);
  const article = required(copy, "article", HTMLElement);
  field(article, "title").textContent = night.fileName;
  field(article, "facts").textContent = facts(night, messages);
  field(article, "notices").replaceChildren(...noticeTexts(night.analysis.notices, messages).map((text) => element("li", "", text)));
  fillNumbers(article, night.analysis, messages.lang);
  article.append(closeButton(article, night, messages));
  return article;
}

function field(article: HTMLElement, name: string): HTMLElement {
  return required(article, `[data-field=${name}]`, HTMLElement);
}

function facts(night: Night, messages: Messages): string {
  const clock = new ClockWords(messages.lang);
  const end = night.startS + night.recordingS;
  return `${clock.date(night.startS)}, ${clock.exact(night.startS)} – ${clock.exact(end)} · ${duration(night.recordingS)}`;
}

function closeButton(article: HTMLElement, night: Night, messages: Messages): HTMLElement {
  const button = element("button", "button-quiet", messages.say("viewer-close", { name: night.fileName }));
  button.type = "button";
  button.addEventListener("click", () => article.remove());
  return button;
}

/** The parse error in the page's language, with the place where the file has it. */
function reason(error: unknown, messages: Messages): string {
  if (error instanceof RangeError) return messages.parseError("too-large");
  if (!(error instanceof ParseError)) return messages.say("parse-error-unknown");
  const place = placeOf(error, messages);
  const text = messages.parseError(error.code);
  return place === null ? text : `${text} (${place})`;
}

function placeOf({ line, column, offset }: ParseError, messages: Messages): string | null {
  if (line !== undefined && column !== undefined) return messages.say("parse-error-place-line-column", { line, column });
  if (line !== undefined) return messages.say("parse-error-place-line", { line });
  return offset === undefined ? null : messages.say("parse-error-place-offset", { offset });
}

const section = document.getElementById("viewer");
if (section !== null) start(section);
