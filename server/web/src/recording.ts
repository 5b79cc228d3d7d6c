/** Recording page and patient's page: the interactive chart takes the picture's place, and the numbers are computed a second time. */
import { drawNight } from "./chart";
import { element } from "./dom";
import { pageMessages, type Messages } from "./messages";
import { differences } from "./metrics";
import { openNight, prepareCore, type Night } from "./night";

async function enhance(section: HTMLElement, messages: Messages): Promise<void> {
  const waiting = note("chart-note", messages.say("chart-loading"));
  section.append(waiting);
  try {
    const [bytes] = await Promise.all([download(section.dataset["fileUrl"] ?? ""), prepareCore()]);
    const night = await openNight(bytes, section.dataset["fileName"] ?? "");
    drawNight(placeFor(section), night, messages);
    compare(section, night, messages);
    section.dataset["chart"] = "ready";
  } catch (error) {
    section.dataset["chart"] = "failed";
    section.append(note("chart-note", messages.say("chart-failed")));
    throw error; // for the browser's console: whoever looks there needs the reason
  } finally {
    waiting.remove();
  }
}

async function download(url: string): Promise<Uint8Array> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The chart stands where the picture was; the picture stays for print and for screen readers' alternative text. */
function placeFor(section: HTMLElement): HTMLElement {
  const place = element("div", "night-interactive");
  const picture = section.querySelector(".night-picture");
  if (picture === null) section.append(place);
  else picture.before(place);
  section.classList.add("has-interactive-chart");
  return place;
}

/** Two programs computed the numbers of this page; if they disagree, the reader must know. */
function compare(section: HTMLElement, night: Night, messages: Messages): void {
  const panel = document.getElementById("numbers");
  const wrong = panel === null ? [] : differences(panel, night.analysis);
  section.dataset["numbers"] = wrong.length === 0 ? "equal" : "different";
  if (wrong.length === 0) return;
  section.dataset["numbersDifferent"] = wrong.join(" ");
  panel?.before(note("message message-error", messages.say("numbers-different")));
}

function note(className: string, text: string): HTMLElement {
  const line = element("p", className, text);
  line.setAttribute("role", "status");
  return line;
}

const section = document.getElementById("night");
if (section !== null) await enhance(section, pageMessages());
