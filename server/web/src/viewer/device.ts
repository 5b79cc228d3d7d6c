/** What the device itself computed and wrote into its file, as one line; nothing on the page is computed from it. */
import type { Analysis } from "../core/night";
import { rounded } from "../ui/format";
import type { MessageKey, Messages } from "../ui/messages";

type Summary = NonNullable<Analysis["device"]>;

/** Figure and words; a device that stores no mean has stored nothing. */
const FIGURES: readonly (readonly [MessageKey, (summary: Summary, lang: string) => string | null])[] = [
  ["viewer-device-mean", ({ mean_pct: mean }) => whole(mean)],
  ["viewer-device-min", ({ min_pct: min }) => whole(min)],
  ["viewer-device-drops3", ({ drops3 }) => whole(drops3)],
  ["viewer-device-drops4", ({ drops4 }) => whole(drops4)],
  ["viewer-device-below", ({ below_90_pct: below }) => whole(below)],
  ["viewer-device-pulse", ({ mean_bpm: pulse }) => whole(pulse)],
  ["viewer-device-score", ({ score_tenths: score }, lang) => (score === null ? null : rounded(score / 10, 1, lang))],
];

const whole = (value: number | null): string | null => (value === null ? null : String(value));

/** Empty where the file holds no summary of the device's. */
export function deviceText(summary: Summary | null, messages: Messages): string {
  if (summary === null || summary.mean_pct === null) return "";
  return FIGURES.map(([key, figure]) => [key, figure(summary, messages.lang)] as const)
    .flatMap(([key, value]) => (value === null ? [] : [messages.say(key, { value })]))
    .join(" · ");
}
