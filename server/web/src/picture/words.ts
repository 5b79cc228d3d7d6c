/** The words on a picture: whose night it is not, but when it was and what it came to. */
import { ClockWords } from "../chart/axes";
import type { Messages } from "../messages";
import { print } from "../metrics";
import type { Depth, Night } from "../night";

/** "miercuri, 29 ianuarie 2025, 20:35:10 – 06:35:14" */
export function headlineOf(night: Night, messages: Messages): string {
  const clock = new ClockWords(messages.lang);
  const end = night.startS + night.recordingS;
  return `${clock.date(night.startS)}, ${clock.exact(night.startS)} – ${clock.exact(end)}`;
}

/** The four figures everybody asks for, with the name of their definition, and what is shaded. */
export function captionOf({ analysis }: Night, depth: Depth, messages: Messages): string {
  const value = (number: number | null | undefined, format: string) => (number == null ? "—" : print(number, format, messages.lang));
  return messages.say("export-caption", {
    odi3: value(analysis.aasm.odi3.per_h, "fixed1"),
    odi4: value(analysis.aasm.odi4.per_h, "fixed1"),
    tninety: value(analysis.spo2?.below_90_pct, "pct2"),
    min: value(analysis.spo2?.min_pct, "pct0"),
    value: depth,
  });
}
