/** Colours of everything but the SpO2 line. With the gray colours all of it is gray, and distinguished by shape and dash. */
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
}

interface Threshold {
  readonly colour: string;
  readonly dash: readonly [number, number];
}

const COLOURS: Theme = {
  pulse: "#B3362F",
  motion: "#4A6785",
  motionFill: "rgba(74, 103, 133, 0.35)",
  thresholds: [{ colour: "#8A4B00", dash: [6, 4] }, { colour: "#A30F1F", dash: [6, 4] }],
  counted: "#F8E1CC",
  countedGlass: "rgba(214, 108, 0, 0.20)",
  uncounted: "#E4E7EB",
  bounds: "#4A5665",
  belowRange: "#7A0C5B",
};

const GRAYS: Theme = {
  pulse: "#404040",
  motion: "#606060",
  motionFill: "rgba(96, 96, 96, 0.35)",
  thresholds: [{ colour: "#5A5A5A", dash: [9, 4] }, { colour: "#202020", dash: [3, 3] }],
  counted: "#D2D2D2",
  countedGlass: "rgba(0, 0, 0, 0.18)",
  uncounted: "#EEEEEE",
  bounds: "#505050",
  belowRange: "#202020",
};

export function themeOf(level: LevelProfile): Theme {
  return level === "grayscale" ? GRAYS : COLOURS;
}
