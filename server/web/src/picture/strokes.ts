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
