/** Files the reader takes away: pictures of what the chart shows, and the recording in other formats. All are made on this device. */
import type { Core } from "../core/client";
import type { Night } from "../core/night";
import type { Source } from "../core/protocol";
import { element } from "../ui/dom";
import type { MessageKey, Messages } from "../ui/messages";
import { raster } from "../chart/picture/raster";
import type { Scene } from "../chart/picture/scene";
import { svgFile } from "../chart/picture/svg";
import type { LevelProfile } from "../chart/theme/level";

export interface Exported {
  readonly night: Night;
  readonly source: Source;
  readonly core: Core;
  readonly messages: Messages;
  picture(): Scene;
  level(): LevelProfile;
  /** When the shown stretch was, in words. */
  headline(): string;
}

/** A kind of file: the end of its name, and what makes it. */
type Maker = (from: Exported) => Promise<Blob>;

const MAKERS: readonly (readonly [string, MessageKey, Maker])[] = [
  ["png", "export-png", (from) => raster(from.picture(), from.level(), "image/png")],
  ["jpg", "export-jpg", (from) => raster(from.picture(), from.level(), "image/jpeg")],
  ["svg", "export-svg", async (from) => svgFile(from.picture(), from.level(), from.headline())],
  ["csv", "export-csv", async (from) => new Blob([await from.core.convert(from.source, "csv")], { type: "text/csv" })],
  ["edf", "export-edf", async (from) => new Blob([await from.core.convert(from.source, "edf")], { type: "application/octet-stream" })],
  ["json", "export-json", async (from) => new Blob([numbersFile(from.night)], { type: "application/json" })],
];

/** The buttons, and a line for what goes wrong. */
export function exportBar(exported: Exported): HTMLElement {
  const { messages } = exported;
  const status = element("span", "export-status");
  status.setAttribute("role", "status");
  const buttons = MAKERS.map(([ending, key, make]) => {
    const button = element("button", "button-quiet button-small", messages.say(key));
    button.type = "button";
    button.dataset["export"] = ending;
    button.addEventListener("click", () => void give(exported, ending, make, status));
    return button;
  });
  const bar = element("div", "night-exports", element("span", "export-label", messages.say("export-label")), ...buttons, status);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", messages.say("export-label"));
  return bar;
}

async function give(exported: Exported, ending: string, make: Maker, status: HTMLElement): Promise<void> {
  status.textContent = "";
  try {
    save(await make(exported), `${stemOf(exported.night.fileName)}.${ending}`);
  } catch (error) {
    status.textContent = exported.messages.say("export-failed");
    throw error; // for the browser's console: whoever looks there needs the reason
  }
}

/** The file's name without the end that tells its kind; "(oxi)" keeps an exported CSV beside the original. */
function stemOf(name: string): string {
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, "");
  return `${stem === "" ? "night" : stem} (oxi)`;
}

/** Hands a file over as a download. */
export function save(file: Blob, name: string): void {
  const link = element("a", "");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The stable JSON of the numbers, the desaturations, and every definition beside the others. */
export function numbersFile(night: Night): string {
  const { fileName: file, analysis: summary, desaturations, indices } = night;
  return `${JSON.stringify({ file, summary, events: desaturations[3], indices }, null, 2)}\n`;
}
