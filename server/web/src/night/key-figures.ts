/** Numbers of an analysis by their path in the stable JSON ("aasm.odi3.count"), shown and compared. */
import { percentOf, type Analysis, type Night } from "../core/night";
import { lowestText } from "../ui/below-range";
import { print, type Scalar } from "../ui/format";

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
    const { missing = "", coarse = "", format = "int" } = place.dataset;
    const absent = analysis.notices.interval_too_coarse && coarse !== "" ? coarse : missing;
    if (value == null) place.textContent = `— ${absent}`.trim();
    else place.textContent = format === "lowest" ? lowestText(analysis, lang) : print(value, format, lang);
  }
}
