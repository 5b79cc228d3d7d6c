/** The strokes of a picture, before anything paints them. */
export type Anchor = "start" | "middle" | "end";
export type Point = readonly [number, number];

export interface Rect {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

export interface Line {
  readonly kind: "line";
  readonly points: readonly Point[];
  /** A colour, or `level` for the gradient of the chosen colours. */
  readonly stroke: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

export interface Words {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly anchor: Anchor;
  readonly fill: string;
  readonly weight?: number;
  /** Read from below. */
  readonly turned?: boolean;
}

export type Stroke = Rect | Line | Words;

/** Colour of words. */
export const TEXT_COLOUR = "#18222E";

export function rect(x: number, y: number, width: number, height: number, fill: string): Rect {
  return { kind: "rect", x, y, width, height, fill };
}

export function line(points: readonly Point[], stroke: string, width: number, dash?: readonly number[]): Line {
  return { kind: "line", points, stroke, width, ...(dash === undefined ? {} : { dash }) };
}

export function text(x: number, y: number, words: string, size: number, anchor: Anchor, fill: string, weight = 400): Words {
  return { kind: "text", x, y, text: words, size, anchor, fill, weight };
}
