/** A line with many readings on every pixel, as the stretch it covers in each column of pixels: painted fast, and no dip is lost. */
import { firstFrom, type Line, type Scales } from "./line";

/** Upper and lower end of the line in each column, in pixels of the canvas; the upper end is Infinity where there is no line. */
export interface Columns {
  readonly top: Float64Array;
  readonly bottom: Float64Array;
}

/** The window on the line, and the columns of the plot. */
export interface Stage extends Scales {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly width: number;
}

/** What the line covers, a reading outside at both ends of the window included. */
export function columnsOf({ at, value, begins }: Line, stage: Stage): Columns {
  const columns = emptyColumns(stage.width);
  const end = Math.min(at.length, firstFrom(at, stage.to) + 1);
  let [x, y] = [0, 0];
  let isFirst = true;
  for (let index = Math.max(0, firstFrom(at, stage.from) - 1); index < end; index += 1) {
    const nextX = stage.x + at[index]! * stage.perSecond - stage.left;
    const nextY = stage.y + value[index]! * stage.perUnit;
    if (isFirst || begins[index] === 1) cover(columns, Math.floor(nextX), nextY, nextY);
    else coverStretch(columns, [x, y], [nextX, nextY]);
    [x, y, isFirst] = [nextX, nextY, false];
  }
  return columns;
}

/** The same columns with a line `width` pixels thick. */
export function thicken({ top, bottom }: Columns, width: number): Columns {
  const beside = Math.round((width - 1) / 2);
  const thick = emptyColumns(top.length);
  top.forEach((high, column) => {
    if (high === Infinity) return;
    for (let near = column - beside; near <= column + beside; near += 1) cover(thick, near, high - width / 2, bottom[column]! + width / 2);
  });
  return thick;
}

function emptyColumns(width: number): Columns {
  return { top: new Float64Array(width).fill(Infinity), bottom: new Float64Array(width).fill(-Infinity) };
}

function cover({ top, bottom }: Columns, column: number, high: number, low: number): void {
  if (column < 0 || column >= top.length) return;
  if (high < top[column]!) top[column] = high;
  if (low > bottom[column]!) bottom[column] = low;
}

type Point = readonly [number, number];

function coverStretch(columns: Columns, [x1, y1]: Point, [x2, y2]: Point): void {
  const [first, last] = [Math.floor(x1), Math.floor(x2)];
  const slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0;
  for (let column = first; column <= last; column += 1) {
    const from = column === first ? y1 : y1 + (column - x1) * slope;
    const to = column === last ? y2 : y1 + (column + 1 - x1) * slope;
    cover(columns, column, Math.min(from, to), Math.max(from, to));
  }
}
