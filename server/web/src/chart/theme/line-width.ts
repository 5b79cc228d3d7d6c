/** How thick the lines are: thin while the whole night is in view, full where a few minutes are. */

const THINNEST = 0.5;
const SMALLEST_SHARE = 0.01;

/** Widths with a short stretch in view, in CSS pixels. */
export const SPO2_WIDTH = 3;
export const PULSE_WIDTH = 2;

/** Factor on a line's width when `shown` of `whole` seconds are in view: 0.5 for the whole night, up to 1 as it narrows. */
export function strokeScale(shown: number, whole: number): number {
  const share = whole > 0 ? Math.min(1, Math.max(SMALLEST_SHARE, shown / whole)) : 1;
  return 1 - share * (1 - THINNEST);
}
