/** The colour of an SpO2 level: violet and red when low, through orange and yellow, to dark green when high. */

const LOWEST_COLOURED_PCT = 75;
const HIGHEST_COLOURED_PCT = 99;

/** Share of the way from 75 % to 99 %, and the colour there; below and above, the end colours go on. */
const STOPS: readonly (readonly [number, string])[] = [
  [0, "#6A0DAD"],
  [0.21, "#C42557"],
  [0.42, "#D62728"],
  [0.58, "#FF7F0E"],
  [0.63, "#FFB900"],
  [0.71, "#F0D40A"],
  [0.79, "#B8D627"],
  [0.83, "#2CA02C"],
  [0.875, "#1E8A34"],
  [0.96, "#0F652A"],
  [1, "#004D21"],
];

/** A canvas gradient bound to the y scale: `yOf` gives the canvas pixel of a percentage. */
export function levelGradient(ctx: CanvasRenderingContext2D, yOf: (pct: number) => number): CanvasGradient | string {
  const [low, high] = [yOf(LOWEST_COLOURED_PCT), yOf(HIGHEST_COLOURED_PCT)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return "#1E8A34"; // before the first layout there is no scale
  const gradient = ctx.createLinearGradient(0, low, 0, high);
  for (const [share, colour] of STOPS) gradient.addColorStop(share, colour);
  return gradient;
}
