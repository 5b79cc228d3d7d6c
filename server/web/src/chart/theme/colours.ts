/** Colours of everything but the SpO2 line. With the gray colours all of it is gray, and distinguished by shape and dash. */
import { THEMES } from "./generated";
import type { LevelProfile } from "./level";

export interface Theme {
  readonly pulse: string;
  readonly motion: string;
  readonly motionFill: string;
  /** Of the two thresholds, the upper first. */
  readonly thresholds: readonly [Threshold, Threshold];
  /** Counted desaturations: on white paper, and laid over what is there. */
  readonly counted: string;
  readonly countedGlass: string;
  readonly uncounted: string;
  readonly bounds: string;
  readonly belowRange: string;
  /** Time in which nothing was read. */
  readonly gap: string;
  readonly grid: string;
}

interface Threshold {
  readonly colour: string;
  readonly dash: readonly [number, number];
}

/** Drawn and left out of a dashed line, of the upper and the lower threshold. */
const DASHES = [[6, 4], [2, 3]] as const;

function of(colours: (typeof THEMES)[keyof typeof THEMES]): Theme {
  const [upper, lower] = colours.thresholds;
  return {
    pulse: colours.pulse,
    motion: colours.motion,
    motionFill: `${colours.motion}59`,
    thresholds: [{ colour: upper, dash: DASHES[0] }, { colour: lower, dash: DASHES[1] }],
    counted: laidOver(colours.paper, colours.band),
    countedGlass: colours.band,
    uncounted: colours.gap,
    bounds: colours.event,
    belowRange: colours.below_range,
    gap: colours.gap,
    grid: colours.grid,
  };
}

/** The colour that a ground has under a transparent one, `#rrggbbaa`. */
function laidOver(ground: string, glass: string): string {
  const part = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  const share = part(glass, 7) / 255;
  const mixed = [1, 3, 5].map((at) => Math.round(part(ground, at) + share * (part(glass, at) - part(ground, at))));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const [COLOURS, GRAYS] = [of(THEMES.light), of(THEMES.grey)];

export function themeOf(level: LevelProfile): Theme {
  return level === "grayscale" ? GRAYS : COLOURS;
}
