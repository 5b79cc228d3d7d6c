/**
 * Paints a line's columns pixel by pixel. A gradient is costly in thousands of narrow strokes and cheap as a list of one colour a
 * row. All charts share the sheet: a line is painted and handed to its chart at once.
 */
import type { Columns } from "./columns";

/** Part of a chart's canvas, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Sheet {
  readonly pen: CanvasRenderingContext2D;
  readonly image: ImageData;
  readonly pixels: Uint32Array;
}

let sheet: Sheet | undefined;
let strip: OffscreenCanvas | undefined;

/** Paints the columns of `area` in the colours that `fill` has at their heights. */
export function paintColumns(ctx: CanvasRenderingContext2D, columns: Columns, area: Area, fill: string | CanvasGradient): void {
  sheet = sheet?.image.width === area.width && sheet.image.height === area.height ? sheet : emptySheet(area);
  if (sheet === undefined) return;
  const { pen, image, pixels } = sheet;
  const colours = coloursOf(fill, area);
  const { from, rows } = rowsOf(columns, area);
  if (rows <= 0) return;
  pixels.fill(0, from * area.width, (from + rows) * area.width);
  columns.top.forEach((top, column) => {
    if (top !== Infinity) paintColumn(pixels, colours, column, top - area.top, (columns.bottom[column] ?? 0) - area.top);
  });
  pen.putImageData(image, 0, 0, 0, from, area.width, rows);
  ctx.drawImage(pen.canvas, 0, from, area.width, rows, area.left, area.top + from, area.width, rows);
}

/** The rows that the line needs. */
function rowsOf({ top, bottom }: Columns, area: Area): { readonly from: number; readonly rows: number } {
  const from = Math.max(0, Math.floor(top.reduce((least, y) => Math.min(least, y), Infinity) - area.top));
  const end = Math.min(area.height, Math.ceil(bottom.reduce((most, y) => Math.max(most, y), -Infinity) - area.top));
  return { from, rows: end - from };
}

function emptySheet({ width, height }: Area): Sheet | undefined {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d");
  if (pen === null) return undefined;
  const image = pen.createImageData(width, height);
  return { pen, image, pixels: new Uint32Array(image.data.buffer) };
}

/** The colour of every row of the area. */
function coloursOf(fill: string | CanvasGradient, { top, height }: Area): Uint32Array {
  strip ??= new OffscreenCanvas(1, height);
  strip.height = height; // forgets what was painted and how
  const pen = strip.getContext("2d", { willReadFrequently: true });
  if (pen === null) return new Uint32Array(height);
  pen.translate(0, -top);
  pen.fillStyle = fill;
  pen.fillRect(0, top, 1, height);
  return new Uint32Array(pen.getImageData(0, 0, 1, height).data.buffer);
}

/** The rows at both ends are as opaque as the column covers them. */
function paintColumn(pixels: Uint32Array, colours: Uint32Array, column: number, top: number, bottom: number): void {
  const [rows, width] = [colours.length, pixels.length / colours.length];
  const [first, last] = [Math.max(0, Math.floor(top)), Math.min(rows, Math.ceil(bottom)) - 1];
  for (let row = first; row <= last; row += 1) {
    const covered = Math.min(bottom, row + 1) - Math.max(top, row);
    const colour = colours[row] ?? 0;
    pixels[row * width + column] = covered >= 1 ? colour : withOpacity(colour, covered);
  }
}

/** The opacity is the last byte in memory, and all machines with a browser keep that as the highest of the number. */
function withOpacity(colour: number, share: number): number {
  return ((colour & 0x00ffffff) | (Math.round(share * 255) << 24)) >>> 0;
}
