/** Recording page and patient's page: the interactive chart takes the picture's place, and the numbers are computed a second time. */
import { Core } from "../core/client";
import type { Night } from "../core/night";
import type { DateOrder } from "../core/protocol";
import { element, required } from "../ui/dom";
import { showLocalTimes } from "../ui/local-time";
import { pageMessages, type Messages } from "../ui/messages";
import { explore } from "../night/explorer";
import { differences } from "../night/key-figures";

async function enhance(section: HTMLElement, messages: Messages): Promise<void> {
  const waiting = note("chart-note", messages.say("chart-loading"));
  section.append(waiting);
  try {
    const core = new Core();
    const { fileName: name = "", fileUrl = "", dateOrder } = section.dataset;
    const source = [{ file: await download(fileUrl), name, dateOrder: dateOrder as DateOrder | undefined }];
    const night = await core.open(source);
    const events = document.getElementById("desaturations") ?? element("section", "");
    explore({ chart: containerIn(section), events }, { night, source, core, messages });
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

/** The server hands the file out after it has checked who asks. */
async function download(url: string): Promise<Blob> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.blob();
}

/** The chart stands where the picture was; the picture stays for screen readers' alternative text. */
function containerIn(section: HTMLElement): HTMLElement {
  const container = element("div", "night-interactive");
  const picture = section.querySelector(".night-picture");
  if (picture === null) section.append(container);
  else picture.before(container);
  section.classList.add("has-interactive-chart");
  return container;
}

/** Two programs read the start of this page and computed its numbers; if they disagree, the reader must know. */
function compare(section: HTMLElement, night: Night, messages: Messages): void {
  const panel = document.getElementById("numbers");
  const start = Number(section.dataset["start"]) === night.startS ? [] : ["recording.start"];
  const wrong = [...start, ...(panel === null ? [] : differences(panel, night))];
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

showLocalTimes(document, pageMessages().lang);
// A patient's link may not give the file: then the server's picture is the chart.
if (document.querySelector("#night[data-file-url]") !== null) await enhance(required(document, "#night", HTMLElement), pageMessages());
