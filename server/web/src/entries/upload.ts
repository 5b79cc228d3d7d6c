/** Drag and drop with progress for the upload form. Each file travels alone, so that one bad file never holds up the others. */
import { element, required } from "../ui/dom";
import { takeFiles } from "../ui/drop-zone";
import { pageMessages, type Messages } from "../ui/messages";

/** The server's word on one file: the address of its page, or why there is none. */
interface Outcome {
  readonly recording: string | null;
  readonly message: string | null;
}

/** Why an answer carries no word on the file. */
type Trouble = "upload-network" | "upload-session" | "upload-too-large";

function enhance(form: HTMLFormElement, messages: Messages): void {
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
  const recordings: string[] = [];
  for (const file of files) {
    const line = element("li", "upload-line");
    results.append(line);
    const recording = await sendOne(file, form, line, messages);
    if (recording !== null) recordings.push(recording);
  }
  const [only] = recordings;
  if (files.length === 1 && only !== undefined) return location.assign(only); // as the form without scripts does
  if (files.length === 1) return;
  const values = { stored: recordings.length, refused: files.length - recordings.length };
  results.append(element("li", "upload-sum", messages.say("upload-finished", values)));
}

/** Sends one file and reports on its line; the address of its recording, or null when it was not stored. */
async function sendOne(file: File, form: HTMLFormElement, line: HTMLElement, messages: Messages): Promise<string | null> {
  const bar = element("progress", "");
  bar.max = 1;
  const text = element("span", "");
  line.replaceChildren(text, bar);
  const progress = (share: number) => {
    bar.value = share;
    text.textContent = messages.say("upload-sending", { name: file.name, percent: Math.floor(share * 100) });
  };
  progress(0);
  const outcome = await post(form, file, progress);
  line.replaceChildren(...report(file.name, outcome, messages));
  const recording = typeof outcome === "string" ? null : outcome.recording;
  line.classList.add(recording === null ? "is-refused" : "is-stored");
  return recording;
}

function report(name: string, outcome: Outcome | Trouble, messages: Messages): (Node | string)[] {
  if (typeof outcome === "string") {
    return [element("strong", "", messages.say("upload-refused", { name })), " ", messages.say(outcome)];
  }
  if (outcome.recording === null) {
    return [element("strong", "", messages.say("upload-refused", { name })), " ", outcome.message ?? ""];
  }
  const link = element("a", "", messages.say("upload-open"));
  link.href = outcome.recording;
  return [messages.say("upload-stored", { name }), " ", link];
}

/** `fetch` cannot tell how much of a body has been sent; `XMLHttpRequest` can. */
function post(form: HTMLFormElement, file: File, progress: (share: number) => void): Promise<Outcome | Trouble> {
  const body = new FormData(form);
  body.delete("files");
  body.append("files", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => progress(event.total > 0 ? event.loaded / event.total : 0));
    request.addEventListener("load", () => resolve(outcomeOf(request)));
    request.addEventListener("error", () => resolve("upload-network"));
    request.addEventListener("abort", () => resolve("upload-network"));
    request.send(body);
  });
}

function outcomeOf(request: XMLHttpRequest): Outcome | Trouble {
  const answer = request.response as { files?: readonly Outcome[] } | null;
  const [first] = answer?.files ?? [];
  if (first !== undefined) return first;
  if (request.status === 413) return "upload-too-large";
  return request.status === 401 || request.status === 403 ? "upload-session" : "upload-network";
}

const form = document.getElementById("upload");
if (form instanceof HTMLFormElement) enhance(form, pageMessages());
