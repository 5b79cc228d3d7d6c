/** Numbers of an analysis by their path in the stable JSON ("aasm.odi3.count"), shown and compared. */
import { percentOf, type Analysis, type Night } from "../core/night";

type Scalar = number | string | boolean | null;

/** Two computations of one quotient may differ in the last bits; nothing that is printed does. */
const TOLERANCE = 1e-9;

/** The value at `path`; null where it, or anything on the way to it, is undefined for this night; undefined for a wrong path. */
export function valueAt(analysis: Analysis, path: string): Scalar | undefined {
  let here: unknown = analysis;
  for (const step of path.split(".")) {
    if (here === null) return null;
    if (typeof here !== "object" || !(step in here)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return typeof here === "object" && here !== null ? undefined : (here as Scalar);
}

/** What the page says and this browser computes otherwise: paths of numbers, and names of definitions. */
export function differences(panel: ParentNode, { analysis, indices }: Pick<Night, "analysis" | "indices">): string[] {
  const numbers = [...panel.querySelectorAll<HTMLElement>("[data-metric][data-value]")]
    .filter((shown) => !same(shown.dataset["value"] ?? "", valueAt(analysis, shown.dataset["metric"] ?? "")))
    .map((shown) => shown.dataset["metric"] ?? "");
  const wrong = [...panel.querySelectorAll<HTMLElement>("[data-index][data-value]")]
    .filter((row) => !same(row.dataset["value"] ?? "", indexOf(row.dataset["index"] ?? "", indices)))
    .map((row) => row.dataset["index"] ?? "");
  return [...numbers, ...wrong];
}

function indexOf(name: string, indices: Night["indices"]): number | null | undefined {
  return indices.find((index) => `${index.profile}-${percentOf(index)}` === name)?.per_h;
}

function same(shown: string, computed: Scalar | undefined): boolean {
  if (computed === undefined) return false;
  if (computed === null) return shown === "" || shown === "null";
  if (typeof computed !== "number") return shown === String(computed);
  if (shown === "") return false;
  const value = Number(shown);
  return Math.abs(value - computed) <= TOLERANCE * Math.max(1, Math.abs(computed));
}

/**
 * Writes every number of `analysis` into its place in `panel`, as the place's `data-format` asks; an undefined one is said in the
 * words of the place's `data-missing`.
 */
export function fillNumbers(panel: ParentNode, analysis: Analysis, lang: string): void {
  for (const place of panel.querySelectorAll<HTMLElement>("[data-metric]")) {
    const value = valueAt(analysis, place.dataset["metric"] ?? "");
    place.dataset["value"] = value == null ? "" : String(value);
    place.textContent = value == null ? `— ${place.dataset["missing"] ?? ""}`.trim() : print(value, place.dataset["format"] ?? "int", lang);
  }
}

/** The server's formats by the same names, with the same rounding. */
export function print(value: Exclude<Scalar, null>, format: string, lang: string): string {
  if (typeof value !== "number") return String(value);
  const fixed = (digits: number) => rounded(value, digits, lang);
  const formats: Readonly<Record<string, () => string>> = {
    int: () => fixed(0),
    fixed2: () => fixed(2),
    fixed1: () => fixed(1),
    pct0: () => `${fixed(0)} %`,
    pct1: () => `${fixed(1)} %`,
    pct2: () => `${fixed(2)} %`,
    "per-hour": () => `${fixed(2)} /h`,
    duration: () => duration(value),
    "vendor-duration": () => shortDuration(value),
  };
  return (formats[format] ?? (() => String(value)))();
}

/** Halves go up, of the product and not of the exact binary value: so the server prints them. */
export function rounded(value: number, digits: number, lang: string): string {
  const shift = 10 ** digits;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return new Intl.NumberFormat(lang, options).format(Math.round(value * shift) / shift);
}

const two = (value: number): string => String(value).padStart(2, "0");

/** As the vendor's report prints it, and as the table of falls does: "28:04" below an hour, "06:11:44" from one hour. */
export function shortDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${two(minutes)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${two(hours)}:${rest}`;
}

/** "6:08:56" */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
