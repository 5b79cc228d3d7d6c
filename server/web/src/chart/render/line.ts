/** A line through readings: prepared once for a night, reduced to the pixels of the screen at every drawing. */
import type { ChannelValues, Night } from "../../core/night";

/** Longest missing time that a line is drawn across, as in the printed picture. */
export const LONGEST_BRIDGE_S = 10;

/** The readings of one channel; those that are missing are left out. */
export interface Line {
  /** Seconds of the axis the line is drawn along, growing. */
  readonly at: Float64Array;
  readonly value: Float64Array;
  /** 1 where nothing joins a reading to the one before it. */
  readonly begins: Uint8Array;
}

/** Where the plot's units lie on the canvas: pixel = origin + unit * scale. */
export interface Scales {
  readonly x: number;
  readonly perSecond: number;
  readonly y: number;
  readonly perUnit: number;
}

/** What a line is drawn with: a path, or what counts in a test. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** The line of a channel, its night beginning at `start` of the axis. */
export function lineOf({ atS, intervalS }: Pick<Night, "atS" | "intervalS">, channel: ChannelValues, start: number): Line {
  const read = [...atS.keys()].filter((index) => channel.valid[index] === 1);
  const at = Float64Array.from(read, (index) => start + (atS[index] ?? 0));
  const value = Float64Array.from(read, (index) => channel.values[index] ?? 0);
  const apart = (_: number, index: number) => (index === 0 || at[index]! - at[index - 1]! - intervalS > LONGEST_BRIDGE_S ? 1 : 0);
  return { at, value, begins: Uint8Array.from(read, apart) };
}

/** Position of the first reading that is not before `moment`. */
export function firstFrom(at: Float64Array, moment: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Draws the line from `from` to `to`, and to the readings next to it outside. Of the readings in one column of pixels only the
 * lowest and the highest are drawn: no dip is lost, and a column takes two points however many readings fall on it.
 */
export function traceLine(pen: Pen, line: Line, { x, perSecond, y, perUnit }: Scales, from: number, to: number): void {
  const { at, value, begins } = line;
  const end = Math.min(at.length, firstFrom(at, to) + 1);
  const column = new Column(pen, y, perUnit);
  for (let index = Math.max(0, firstFrom(at, from) - 1); index < end; index += 1) {
    column.take(Math.round(x + at[index]! * perSecond), value[index]!, begins[index] === 1);
  }
  column.finish();
}

/** The readings that fall on one column of pixels. */
class Column {
  readonly #pen: Pen;
  readonly #y: number;
  readonly #perUnit: number;
  #x = NaN;
  #low = 0;
  #high = 0;
  #last = 0;
  /** Points drawn since the line began. */
  #drawn = 0;

  constructor(pen: Pen, y: number, perUnit: number) {
    this.#pen = pen;
    this.#y = y;
    this.#perUnit = perUnit;
  }

  take(x: number, value: number, begins: boolean): void {
    if (begins) this.finish();
    else if (x !== this.#x) this.#draw();
    if (begins || x !== this.#x) {
      this.#x = x;
      this.#low = this.#high = value;
    } else if (value < this.#low) this.#low = value;
    else if (value > this.#high) this.#high = value;
    this.#last = value;
  }

  /** Ends the line; a single point is given a length, or nobody would see it. */
  finish(): void {
    this.#draw();
    if (this.#drawn === 1) this.#pen.lineTo(this.#x + 1, this.#y + this.#last * this.#perUnit);
    this.#drawn = 0;
    this.#x = NaN;
  }

  /** The end that lies nearer to where the line goes on is drawn last. */
  #draw(): void {
    if (Number.isNaN(this.#x)) return;
    const endsHigh = this.#high - this.#last <= this.#last - this.#low;
    if (this.#low !== this.#high) this.#point(endsHigh ? this.#low : this.#high);
    this.#point(endsHigh ? this.#high : this.#low);
  }

  #point(value: number): void {
    const y = this.#y + value * this.#perUnit;
    if (this.#drawn === 0) this.#pen.moveTo(this.#x, y);
    else this.#pen.lineTo(this.#x, y);
    this.#drawn += 1;
  }
}
