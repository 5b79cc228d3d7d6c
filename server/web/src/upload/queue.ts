/** Drag and drop with progress for the upload form. Each file travels alone, so that one bad file never holds up the others. */
import { element, required } from "../ui/dom";
import { takeFiles } from "../ui/drop-zone";
import type { Messages } from "../ui/messages";
import { FileLine, type Fate } from "./file-line";

export function enhance(form: HTMLFormElement, messages: Messages): void {
  const input = required(form, "input[type=file][name=files]", HTMLInputElement);
  const results = resultList(form);
  form.classList.add("is-enhanced");
  form.prepend(element("p", "drop-hint", messages.say("upload-drop-hint")));
  let queue: Promise<void> = Promise.resolve();
  const take = (files: readonly File[]) => {
    queue = queue.then(() => sendAll(files, form, results, messages));
    results.scrollIntoView({ block: "nearest" });
  };
  takeFiles(form, input, take, document.documentElement); // a long list may hide the form
}

function resultList(form: HTMLFormElement): HTMLElement {
  const there = document.getElementById("upload-results");
  if (there !== null) return there;
  const made = element("ul", "upload-results");
  made.id = "upload-results";
  made.setAttribute("aria-live", "polite");
  form.after(made);
  return made;
}

async function sendAll(files: readonly File[], form: HTMLFormElement, results: HTMLElement, messages: Messages): Promise<void> {
  const sum = element("li", "upload-sum");
  const goOn = (): void => {
    const next = lines.length === 1 ? lines[0]?.next : null;
    if (next != null) location.assign(next); // as the form without scripts does
    sum.textContent = sumOf(lines, messages);
  };
  const lines = files.map((file) => new FileLine(file, form, messages, goOn));
  for (const line of lines) {
    results.append(line.element);
    await line.send();
  }
  goOn();
  if (lines.length > 1) results.append(sum);
}

function sumOf(lines: readonly FileLine[], messages: Messages): string {
  const count = (fate: Fate): number => lines.filter((line) => line.fate === fate).length;
  return messages.say("upload-finished", { stored: count("stored"), duplicates: count("duplicate"), refused: count("refused") });
}
