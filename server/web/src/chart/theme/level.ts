/** Colours of SpO2 levels: profiles to choose from, each a list of stops between 75 % and 99 %. */

/** Share of the way from 75 % to 99 %, and the colour there; below and above, the end colours go on. */
export type Stop = readonly [number, string];

export const LEVEL_PROFILES = ["gradient", "simple", "three-zones", "medical", "blue-red", "grayscale"] as const;
export type LevelProfile = (typeof LEVEL_PROFILES)[number];

const LOWEST_COLOURED_PCT = 75;
const HIGHEST_COLOURED_PCT = 99;
const share = (pct: number): number => (pct - LOWEST_COLOURED_PCT) / (HIGHEST_COLOURED_PCT - LOWEST_COLOURED_PCT);

/** Zones with a hard edge: each begins above the level of its predecessor. */
function zones(first: string, ...rest: readonly (readonly [number, string])[]): readonly Stop[] {
  const stops: Stop[] = [[0, first]];
  let colour = first;
  for (const [from, next] of rest) {
    stops.push([share(from), colour], [share(from), next]);
    colour = next;
  }
  return [...stops, [1, colour]];
}

/** Half a percent below a level: a reading of that level belongs to the zone above. */
const from = (pct: number): number => pct - 0.5;

export const STOPS: Readonly<Record<LevelProfile, readonly Stop[]>> = {
  gradient: [
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
  ],
  simple: [
    [0, "#D62728"],
    [0.62, "#D62728"],
    [0.63, "#2CA02C"],
    [1, "#2CA02C"],
  ],
  "three-zones": zones("#DC143C", [from(85), "#FF8C00"], [from(93), "#32CD32"]),
  medical: zones("#FF0000", [from(90), "#FFD700"], [from(96), "#00C853"]),
  "blue-red": [
    [0, "#FF0000"],
    [1, "#0000FF"],
  ],
  // For print: dark where low, and never so pale that paper swallows it.
  grayscale: [
    [0, "#000000"],
    [1, "#767676"],
  ],
};

export function isLevelProfile(name: string): name is LevelProfile {
  return (LEVEL_PROFILES as readonly string[]).includes(name);
}

/** Level in percent of every stop, with its colour. */
export function levelStops(profile: LevelProfile): readonly (readonly [number, string])[] {
  return STOPS[profile].map(([at, colour]) => [LOWEST_COLOURED_PCT + at * (HIGHEST_COLOURED_PCT - LOWEST_COLOURED_PCT), colour]);
}

/** A canvas gradient bound to the y scale: `yOf` gives the canvas pixel of a percentage. */
export function levelGradient(
  ctx: CanvasRenderingContext2D,
  profile: LevelProfile,
  yOf: (pct: number) => number,
): CanvasGradient | string {
  const [low, high] = [yOf(LOWEST_COLOURED_PCT), yOf(HIGHEST_COLOURED_PCT)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return "#1E8A34"; // before the first layout there is no scale
  const gradient = ctx.createLinearGradient(0, low, 0, high);
  for (const [at, colour] of STOPS[profile]) gradient.addColorStop(at, colour);
  return gradient;
}

/** The stops as a CSS background, low levels on the left. */
export function levelBackground(profile: LevelProfile): string {
  return `linear-gradient(90deg, ${STOPS[profile].map(([at, colour]) => `${colour} ${at * 100}%`).join(", ")})`;
}
