/** Draws a panel's line: as a stroke where its readings lie apart, column by column where many fall on a pixel. */
import type uPlot from "uplot";
import { columnsOf, thicken } from "./columns";
import { firstFrom, traceLine, type Line, type Scales } from "./line";
import { paintColumns, type Area } from "./pixels";

/** Pixels between readings from which on the line is stroked: a stroke back and forth over itself costs more than its length. */
const SPARSE_PX = 2;

/** The plot's scales on its canvas, and the window; null before there are any. */
export function scalesOf({ scales, bbox }: uPlot): (Scales & { readonly from: number; readonly to: number }) | null {
  const [from, to, low, high] = [scales["x"]?.min, scales["x"]?.max, scales["y"]?.min, scales["y"]?.max];
  if (from == null || to == null || low == null || high == null) return null;
  const perSecond = bbox.width / (to - from);
  const perUnit = -bbox.height / (high - low);
  return { from, to, x: bbox.left - from * perSecond, perSecond, y: bbox.top - high * perUnit, perUnit };
}

/** Draws the line with the width its series has. */
export function drawLine(u: uPlot, line: Line, colour: string | CanvasGradient): void {
  const scales = scalesOf(u);
  if (scales === null) return;
  const { ctx, bbox } = u;
  const width = (u.series[1]?.width ?? 1) * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top - width, bbox.width, bbox.height + 2 * width);
  ctx.clip();
  const readings = firstFrom(line.at, scales.to) - firstFrom(line.at, scales.from);
  if (readings * SPARSE_PX < bbox.width) strokeLine(ctx, line, scales, colour, width);
  else {
    const area = areaOf(u, width);
    paintColumns(ctx, thicken(columnsOf(line, { ...scales, ...area }), width), area, colour);
  }
  ctx.restore();
}

function strokeLine(
  ctx: CanvasRenderingContext2D,
  line: Line,
  scales: Scales & { readonly from: number; readonly to: number },
  colour: string | CanvasGradient,
  width: number,
): void {
  const path = new Path2D();
  traceLine(path, line, scales, scales.from, scales.to);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.lineJoin = "round";
  ctx.stroke(path);
}

/** The plot on its canvas in whole pixels, with room for half the line's width above and below. */
function areaOf({ bbox }: uPlot, width: number): Area {
  const beyond = Math.ceil(width);
  const [left, top] = [Math.floor(bbox.left), Math.floor(bbox.top) - beyond];
  return { left, top, width: Math.ceil(bbox.width), height: Math.ceil(bbox.height) + 2 * beyond };
}
