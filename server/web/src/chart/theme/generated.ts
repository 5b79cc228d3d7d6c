/** Ranges, ticks and colours of a picture of a night, written from the crate `oxi-figure` by its test `browser`: change them there. */

/** The top of the SpO2 axis, the highest bottom it has, and what its bottom is a multiple of, percent. */
export const SPO2_AXIS = { top: 100, highestFloor: 80, step: 10 } as const;
/** The least span of the pulse axis, and what its ends are multiples of, beats per minute. */
export const PULSE_AXIS = { span: 40, step: 10 } as const;
/** The least span of the motion axis; the number has no unit. */
export const MOTION_SPAN = 40;
/** Levels with a line across the panel, percent. */
export const THRESHOLDS_PCT = [90, 88] as const;
/** Distances of ticks of the clock, seconds. */
export const CLOCK_STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400] as const;

/** Colours of levels: each from a whole percent on, the lowest first; `grey` prints without colours. */
export const LEVEL_COLOURS = {
  "steps": [[0, "#43115f"], [70, "#8f0a3a"], [80, "#bd3f06"], [85, "#b06f00"], [90, "#5b8f3a"], [95, "#2a9d8f"]],
  "gradient": [
    [0, "#6a0dad"], [76, "#7c129c"], [77, "#8e178b"], [78, "#a01b7a"], [79, "#b12069"], [80, "#c32558"],
    [81, "#c7254e"], [82, "#cb2645"], [83, "#cf263b"], [84, "#d22732"], [85, "#d62729"], [86, "#e03c22"],
    [87, "#eb531b"], [88, "#f56a14"], [89, "#ff830d"], [90, "#ffb301"], [91, "#f8c505"], [92, "#f0d30a"],
    [93, "#d4d519"], [94, "#b2d427"], [95, "#2b9e2d"], [96, "#1e8a34"], [97, "#17782f"], [98, "#0f662a"],
    [99, "#004d21"],
  ],
  "simple": [[0, "#d62728"], [91, "#2ca02c"]],
  "three-zones": [[0, "#dc143c"], [85, "#ff8c00"], [93, "#32cd32"]],
  "medical": [[0, "#ff0000"], [90, "#ffd700"], [96, "#00c853"]],
  "blue-red": [
    [0, "#ff0000"], [76, "#f4000b"], [77, "#ea0015"], [78, "#df0020"], [79, "#d5002b"], [80, "#ca0035"],
    [81, "#bf0040"], [82, "#b5004a"], [83, "#aa0055"], [84, "#9f0060"], [85, "#95006a"], [86, "#8a0075"],
    [87, "#800080"], [88, "#75008a"], [89, "#6a0095"], [90, "#60009f"], [91, "#5500aa"], [92, "#4a00b5"],
    [93, "#4000bf"], [94, "#3500ca"], [95, "#2b00d5"], [96, "#2000df"], [97, "#1500ea"], [98, "#0b00f4"],
    [99, "#0000ff"],
  ],
  "grayscale": [
    [0, "#000000"], [76, "#050505"], [77, "#0a0a0a"], [78, "#0f0f0f"], [79, "#141414"], [80, "#191919"],
    [81, "#1e1e1e"], [82, "#222222"], [83, "#272727"], [84, "#2c2c2c"], [85, "#313131"], [86, "#363636"],
    [87, "#3b3b3b"], [88, "#404040"], [89, "#454545"], [90, "#4a4a4a"], [91, "#4f4f4f"], [92, "#545454"],
    [93, "#595959"], [94, "#5d5d5d"], [95, "#626262"], [96, "#676767"], [97, "#6c6c6c"], [98, "#717171"],
    [99, "#767676"],
  ],
} as const;

/** Colours of everything else, by theme, with the theme's own colours of levels. */
export const THEMES = {
  light: {
    band: "#0b5f8618",
    below_range: "#6b1f9c",
    event: "#21333e",
    gap: "#e4e9ec",
    grid: "#e6ecee",
    grid_strong: "#d3dde1",
    ink: "#14212a",
    ink_faint: "#5f6e77",
    ink_soft: "#43525b",
    lane: "#eef3f5",
    motion: "#8d9ca5",
    paper: "#ffffff",
    pulse: "#47606f",
    thresholds: ["#b5550a","#8f0a3a"],
    "levels": [[0, "#43115f"], [70, "#8f0a3a"], [80, "#bd3f06"], [85, "#b06f00"], [90, "#5b8f3a"], [95, "#2a9d8f"]],
  },
  dark: {
    band: "#5db8df1e",
    below_range: "#c88bea",
    event: "#d5e0e5",
    gap: "#293841",
    grid: "#22313a",
    grid_strong: "#2f4049",
    ink: "#e8eff2",
    ink_faint: "#93a5ae",
    ink_soft: "#b5c4cb",
    lane: "#1b2830",
    motion: "#6d7f89",
    paper: "#162128",
    pulse: "#9fb4c0",
    thresholds: ["#e59a55","#f0648f"],
    "levels": [[0, "#e3c4f7"], [70, "#f8a3bd"], [80, "#f39c6e"], [85, "#e0a13a"], [90, "#7db455"], [95, "#38a898"]],
  },
  grey: {
    band: "#00000014",
    below_range: "#000000",
    event: "#6a6a6a",
    gap: "#e2e2e2",
    grid: "#e8e8e8",
    grid_strong: "#d6d6d6",
    ink: "#181818",
    ink_faint: "#666666",
    ink_soft: "#4a4a4a",
    lane: "#f0f0f0",
    motion: "#909090",
    paper: "#ffffff",
    pulse: "#5a5a5a",
    thresholds: ["#5a5a5a","#202020"],
    "levels": [[0, "#000000"], [70, "#2e2e2e"], [80, "#494949"], [85, "#616161"], [90, "#797979"], [95, "#909090"]],
  },
} as const;
