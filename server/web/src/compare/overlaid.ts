/** Nights over each other: their common clock, and the lines that tell them apart. */
import type { Night } from "../core/night";
import { element } from "../ui/dom";

const DAY = 24 * 3600;
/** Nights begin in the evening: the day on the axis runs from noon to noon. */
const NOON = DAY / 2;

/** Told apart by dashes as well as by colour. */
export const LINES: readonly { readonly colour: string; readonly dash: readonly number[] }[] = [
  { colour: "#0B5A7C", dash: [] },
  { colour: "#B3362F", dash: [8, 3] },
  { colour: "#17653A", dash: [2, 3] },
  { colour: "#7A4A00", dash: [10, 3, 2, 3] },
  { colour: "#6A0DAD", dash: [5, 2] },
  { colour: "#4A5665", dash: [3, 5] },
  { colour: "#A3146B", dash: [12, 4] },
  { colour: "#1B4FBF", dash: [1, 2] },
];

export interface OverlaidNight {
  readonly night: Night;
  /** Position in `LINES`. */
  readonly line: number;
}

/** Seconds from the midnight before the noon-to-noon day in which the night begins. */
export function clockStart({ startS }: Pick<Night, "startS">): number {
  const time = ((startS % DAY) + DAY) % DAY;
  return time < NOON ? time + DAY : time;
}

/** The line that the fewest of `drawn` have, the first of them. */
export function freeLine(drawn: readonly number[]): number {
  const uses = LINES.map((_, line) => drawn.filter((used) => used === line).length);
  return uses.indexOf(Math.min(...uses));
}

/** A short piece of the line, for beside a night's name. */
export function lineSample(line: number): HTMLElement {
  const style = LINES[line];
  const canvas = element("canvas", "overlay-sample");
  canvas.setAttribute("aria-hidden", "true");
  [canvas.width, canvas.height] = [64, 16];
  const pen = canvas.getContext("2d");
  if (pen === null || style === undefined) return canvas;
  pen.strokeStyle = style.colour;
  pen.lineWidth = 4;
  pen.setLineDash(style.dash.map((length) => length * 2));
  pen.moveTo(0, 8);
  pen.lineTo(64, 8);
  pen.stroke();
  return canvas;
}
