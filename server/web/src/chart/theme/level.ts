/** Colours of SpO2 levels: profiles to choose from, each with a colour from a whole percent on. */
import { LEVEL_COLOURS } from "./generated";

export type LevelProfile = keyof typeof LEVEL_COLOURS;
export const LEVEL_PROFILES = Object.keys(LEVEL_COLOURS).filter(isLevelProfile);

export function isLevelProfile(name: string): name is LevelProfile {
  return Object.hasOwn(LEVEL_COLOURS, name);
}

/** A level in percent, and the colour there. */
export type Stop = readonly [number, string];

/** The levels that a sample of the colours shows, percent. */
const SAMPLE_PCT = [70, 100] as const;

/** Each colour where it begins and where it ends, lowest first: half a percent below its first reading and that of the next. */
export function levelStops(profile: LevelProfile): readonly Stop[] {
  const colours: readonly Stop[] = LEVEL_COLOURS[profile];
  return colours.flatMap(([from, colour], index): Stop[] => {
    const next = colours[index + 1];
    return [[Math.max(0, from - 0.5), colour], [next === undefined ? 100 : next[0] - 0.5, colour]];
  });
}

/** The colour of a whole percent. */
export function colourAt(profile: LevelProfile, pct: number): string {
  const colours: readonly Stop[] = LEVEL_COLOURS[profile];
  return (colours.filter(([from]) => from <= pct).at(-1) ?? colours[0])?.[1] ?? "";
}

/** A canvas gradient bound to the y scale: `yOf` gives the canvas pixel of a percentage. */
export function levelGradient(
  ctx: CanvasRenderingContext2D,
  profile: LevelProfile,
  yOf: (pct: number) => number,
): CanvasGradient | string {
  const [low, high] = [yOf(0), yOf(100)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return colourAt(profile, 95); // before the first layout there is no scale
  const gradient = ctx.createLinearGradient(0, low, 0, high);
  for (const [pct, colour] of levelStops(profile)) gradient.addColorStop(pct / 100, colour);
  return gradient;
}

/** The colours as a CSS background, low levels on the left. */
export function levelBackground(profile: LevelProfile): string {
  const [low, high] = SAMPLE_PCT;
  const share = (pct: number) => `${((Math.max(low, pct) - low) * 100) / (high - low)}%`;
  return `linear-gradient(90deg, ${levelStops(profile).map(([pct, colour]) => `${colour} ${share(pct)}`).join(", ")})`;
}
