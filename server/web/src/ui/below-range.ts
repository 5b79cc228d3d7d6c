/** Figures of a night that may have readings below the ring's range, as the server writes them. */
import { print } from "./format";
import type { Messages } from "./messages";

interface Figures {
  readonly spo2: { readonly min_pct: number; readonly below_90_pct: number; readonly below_90_pct_with_below_range: number } | null;
  readonly quality: { readonly below_range_readings: number };
}

/** The lowest SpO2: at most so much where readings lie below the range. */
export function lowestText({ spo2, quality }: Figures, lang: string): string {
  const bound = quality.below_range_readings > 0 ? "<= " : "";
  return spo2 === null ? "—" : `${bound}${print(spo2.min_pct, "pct0", lang)}`;
}

/** T90, and where readings lie below the range the same with these. */
export function below90Text({ spo2, quality }: Figures, messages: Messages): string {
  if (spo2 === null) return "—";
  const [t90, below] = [spo2.below_90_pct, spo2.below_90_pct_with_below_range].map((pct) => print(pct, "pct2", messages.lang));
  if (quality.below_range_readings === 0) return t90 ?? "";
  return messages.say("chart-t90-with-below-range", { tninety: t90 ?? "", value: below ?? "" });
}
