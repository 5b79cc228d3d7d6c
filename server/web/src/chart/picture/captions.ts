/** The words on a picture: whose night it is not, but when it was and what it came to. */
import type { Depth, Night } from "../../core/night";
import { below90Text, lowestText } from "../../ui/below-range";
import { print } from "../../ui/format";
import type { Messages } from "../../ui/messages";
import { ClockWords } from "../axes";
import type { TimeWindow } from "../window";

/**
 * When the shown stretch was: "miercuri, 29 ianuarie 2025, 20:35:10 – 06:35:14". The last reading stands for its interval too, so a
 * stretch that reaches it ends where the night does.
 */
export function headlineOf(shown: Pick<TimeWindow, "from" | "to" | "last">, { startS, recordingS }: Night, messages: Messages): string {
  const { from } = shown;
  const to = shown.to >= shown.last ? startS + recordingS : shown.to;
  const clock = new ClockWords(messages.lang);
  return `${clock.date(from)}, ${clock.exact(from)} – ${clock.exact(to)}`;
}

/** The four figures of the whole night that everybody asks for, with the name of their definition, and what is shaded. */
export function captionOf({ analysis, startS, recordingS }: Night, depth: Depth, messages: Messages): string {
  const clock = new ClockWords(messages.lang);
  const value = (number: number | null | undefined, format: string) => (number == null ? "—" : print(number, format, messages.lang));
  return messages.say("export-caption", {
    odi3: value(analysis.aasm.odi3.per_h, "fixed1"),
    odi4: value(analysis.aasm.odi4.per_h, "fixed1"),
    tninety: below90Text(analysis, messages),
    min: lowestText(analysis, messages.lang),
    value: depth,
    from: clock.exact(startS),
    to: clock.exact(startS + recordingS),
  });
}
