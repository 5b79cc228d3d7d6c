/** Hours and halves of the night: their clock times, and only as many hours as it has. */
import type { Night } from "../core/night";
import type { Messages } from "../ui/messages";
import { ClockWords } from "../chart/axes";

/** The table of the viewer has a row for each of 24 hours; those the night does not have go. */
export function fillParts(root: ParentNode, night: Night, messages: Messages): void {
  const clock = new ClockWords(messages.lang);
  root.querySelectorAll<HTMLElement>("tr[data-hour]").forEach((row) => {
    const hour = Number(row.dataset["hour"]);
    const name = row.querySelector("th");
    if (hour >= night.analysis.hours.length) return row.remove();
    const from = night.startS + hour * 3600;
    const to = Math.min(from + 3600, night.startS + night.recordingS);
    if (name !== null) name.textContent = `${clock.minute(from)}–${clock.minute(to)}`;
  });
}
