/** What the colours and marks of a picture mean: samples with words beside them, in as few rows as hold them. */
import type { Depth } from "../../core/night";
import type { MessageKey, Messages } from "../../ui/messages";
import { themeOf, type Theme } from "../theme/colours";
import { colourAt, type LevelProfile } from "../theme/level";
import { TEXT_COLOUR, line, rect, text, type Stroke } from "./strokes";

/** What is in the picture besides the lines of SpO2 and pulse. */
export interface Present {
  readonly motion: boolean;
  readonly counted: boolean;
  readonly uncounted: boolean;
  readonly belowRange: boolean;
  readonly gap: boolean;
}

interface Entry {
  readonly words: string;
  readonly width: number;
  /** The sample, its upper left corner at `x`, `y`. */
  sample(x: number, y: number): readonly Stroke[];
}

const SIZE = 13;
const HEIGHT = 12;
const ROW = 18;
const WIDTH = 26;
const GAP = 7;
const BETWEEN = 20;
/** The scale of colours begins here, percent. */
const LOWEST_PCT = 60;
/** A letter is about this wide, in sizes of the text: nothing measures a text that is drawn on another device. */
const LETTER = 0.57;

/** What the samples are samples of. */
interface Explained {
  readonly level: LevelProfile;
  readonly depth: Depth;
}

/** The rows between `left` and `right`, the words of the first standing on `top`. */
export function legendOf(
  style: Explained,
  present: Present,
  messages: Messages,
  [left, right, top]: readonly [number, number, number],
): Stroke[] {
  let [x, y] = [left, top];
  return entriesOf(style, present, messages).flatMap((entry) => {
    const width = entry.width + GAP + entry.words.length * SIZE * LETTER;
    if (x > left && x + width > right) [x, y] = [left, y + ROW];
    const drawn = [...entry.sample(x, y - HEIGHT + 1), text(x + entry.width + GAP, y, entry.words, SIZE, "start", TEXT_COLOUR)];
    x += width + BETWEEN;
    return drawn;
  });
}

function entriesOf({ level, depth }: Explained, present: Present, messages: Messages): Entry[] {
  const theme = themeOf(level);
  const flat = (colour: string, width: number) => (x: number, y: number) => [line([[x, y + 6], [x + WIDTH, y + 6]], colour, width)];
  const all: readonly (readonly [boolean, MessageKey, Entry["sample"]])[] = [
    [true, `chart-legend-${level}`, (x, y) => scale(level, x, y)],
    [true, "chart-value-pulse", flat(theme.pulse, 2)],
    [present.motion, "chart-value-motion", flat(theme.motion, 1)],
    [true, "chart-legend-threshold", (x, y) => thresholds(theme, x, y)],
    [present.counted, "chart-legend-desaturation", (x, y) => [box(x, y, theme.counted)]],
    [present.uncounted, "chart-legend-uncounted", (x, y) => uncounted(theme, x, y)],
    [present.belowRange, "chart-legend-below-range", (x, y) => [box(x, y + 6, theme.belowRange, 6)]],
    [present.gap, "chart-legend-gap", (x, y) => [box(x, y, theme.gap)]],
  ];
  const width = (key: MessageKey) => (key === `chart-legend-${level}` ? 2 * WIDTH : WIDTH);
  const shown = all.filter(([isPresent]) => isPresent);
  return shown.map(([, key, sample]) => ({ words: messages.say(key, { value: depth }), width: width(key), sample }));
}

/** The colours of the levels from low to high, in steps of two pixels. */
function scale(level: LevelProfile, x: number, y: number): Stroke[] {
  const pct = (step: number) => Math.round(LOWEST_PCT + ((100 - LOWEST_PCT) * (step + 0.5)) / WIDTH);
  return Array.from({ length: WIDTH }, (_, step) => box(x + 2 * step, y, colourAt(level, pct(step)), HEIGHT, 2));
}

function thresholds({ thresholds: both }: Theme, x: number, y: number): Stroke[] {
  return both.map(({ colour, dash }, index) => line([[x, y + 3 + 6 * index], [x + WIDTH, y + 3 + 6 * index]], colour, 1, dash));
}

function uncounted(theme: Theme, x: number, y: number): Stroke[] {
  const ends = [x, x + WIDTH].map((end) => line([[end, y], [end, y + HEIGHT]], theme.bounds, 1, [2, 3]));
  return [box(x, y, theme.uncounted), ...ends];
}

function box(x: number, y: number, fill: string, height = HEIGHT, width = WIDTH): Stroke {
  return rect(x, y, width, height, fill);
}
