/** What is painted around the SpO2 line: desaturations, thresholds, gaps, and readings that are missing while the pulse is there. */
import type uPlot from "uplot";
import type { Desaturation } from "../night";
import { inkOf } from "./ink";
import type { Stretch } from "./series";
import type { ChartStyle } from "./style";

export const THRESHOLDS_PCT = [90, 88] as const;

const UNCOUNTED_FILL = "rgba(90, 100, 120, 0.14)";
const UNCOUNTED_STRIPE = "rgba(60, 70, 90, 0.55)";
const CHOSEN_STROKE = "#0B5A7C";
const GAP_FILL = "rgba(90, 100, 120, 0.10)";
const MISSING_HEIGHT = 6;

/** Shades each desaturation from onset to end; one that is not counted is grey and striped, so colour alone never tells. */
export function shadeDesaturations(style: ChartStyle, startS: number): (u: uPlot) => void {
  const stretch = (event: Desaturation) => ({ from: startS + event.onset_s, to: startS + event.end_s });
  return (u) => {
    const counted = style.events.filter((event) => event.outcome === "complete").map(stretch);
    const uncounted = style.events.filter((event) => event.outcome !== "complete").map(stretch);
    fillStretches(u, counted, inkOf(style.level).countedGlass);
    fillStretches(u, uncounted, UNCOUNTED_FILL);
    fillStretches(u, uncounted, stripePattern(u.ctx));
    if (style.chosen !== null) outline(u, stretch(style.chosen));
  };
}

/** Lines at both ends of the chosen event. */
function outline(u: uPlot, { from, to }: Stretch): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = CHOSEN_STROKE;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.beginPath();
  for (const x of [from, to].map((moment) => Math.round(u.valToPos(moment, "x", true)))) {
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.restore();
}

/** Greys out stretches in which nothing was recorded. */
export function shadeGaps(gaps: readonly Stretch[]): (u: uPlot) => void {
  return (u) => fillStretches(u, gaps, GAP_FILL);
}

/** A foot at the bottom of the panel for each stretch without SpO2 but with a pulse; never thinner than two pixels. */
export function markMissing(missing: readonly Stretch[], style: ChartStyle): (u: uPlot) => void {
  return (u) => fillStretches(u, missing, inkOf(style.level).missing, MISSING_HEIGHT * devicePixelRatio, 2);
}

/** Dashed lines at 90 and 88 %, each with its number at the right edge: the upper above its line, the lower below. */
export function drawThresholds(label: (pct: number) => string, style?: ChartStyle): (u: uPlot) => void {
  return (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.font = `600 ${11 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "right";
    ctx.lineWidth = devicePixelRatio;
    inkOf(style?.level ?? "gradient").thresholds.forEach(({ colour, dash }, index) => {
      const pct = THRESHOLDS_PCT[index] ?? 90;
      const y = Math.round(u.valToPos(pct, "y", true));
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      drawLabel(ctx, label(pct), bbox.left + bbox.width - 4 * devicePixelRatio, y, index === 0 ? "bottom" : "top");
    });
    ctx.restore();
  };
}

/** Text on a pale plate, so that it stays readable over shading and grid. */
function drawLabel(ctx: CanvasRenderingContext2D, text: string, right: number, y: number, side: "bottom" | "top"): void {
  const [width, height] = [ctx.measureText(text).width, 13 * devicePixelRatio];
  const gap = 2 * devicePixelRatio;
  const top = side === "bottom" ? y - height - gap : y + gap;
  ctx.fillStyle = "rgba(255, 255, 255, 0.85)";
  ctx.fillRect(right - width - gap, top, width + 2 * gap, height);
  ctx.fillStyle = ctx.strokeStyle;
  ctx.textBaseline = "middle";
  ctx.fillText(text, right, top + height / 2);
}

/** One path for all stretches: where they touch or fall on one pixel, the colour does not add up. */
function fillStretches(
  u: uPlot,
  stretches: readonly Stretch[],
  fill: string | CanvasPattern,
  height = u.bbox.height,
  thinnest = 1,
): void {
  const { ctx, bbox } = u;
  const { min, max } = u.scales["x"] ?? {};
  if (min == null || max == null) return;
  ctx.save();
  ctx.beginPath();
  for (const { from, to } of stretches) {
    if (to < min || from > max) continue;
    const left = Math.max(bbox.left, u.valToPos(from, "x", true));
    const right = Math.min(bbox.left + bbox.width, u.valToPos(to, "x", true));
    ctx.rect(left, bbox.top + bbox.height - height, Math.max(thinnest * devicePixelRatio, right - left), height);
  }
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.restore();
}

let cachedStripes: { ratio: number; pattern: CanvasPattern | string } | undefined;

function stripePattern(ctx: CanvasRenderingContext2D): CanvasPattern | string {
  if (cachedStripes?.ratio !== devicePixelRatio) {
    cachedStripes = { ratio: devicePixelRatio, pattern: paintStripes(ctx) };
  }
  return cachedStripes.pattern;
}

function paintStripes(ctx: CanvasRenderingContext2D): CanvasPattern | string {
  const size = Math.round(6 * devicePixelRatio);
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  if (pen === null) return UNCOUNTED_FILL;
  pen.strokeStyle = UNCOUNTED_STRIPE;
  pen.lineWidth = devicePixelRatio;
  pen.beginPath();
  // Three strokes, so that the line runs on across the corners of neighbouring tiles.
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, "repeat") ?? UNCOUNTED_FILL;
}
