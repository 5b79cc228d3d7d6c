/** What is painted around the SpO2 line: desaturations, thresholds, gaps, and readings below the range of the ring. */
import type uPlot from "uplot";
import type { Desaturation } from "../core/night";
import { scalesOf } from "./render/draw-line";
import type { Stretch } from "./series";
import type { ChartStyle } from "./style";
import { themeOf } from "./theme/colours";
import { THRESHOLDS_PCT } from "./theme/generated";

const UNCOUNTED_FILL = "rgba(90, 100, 120, 0.14)";
const UNCOUNTED_STRIPE = "rgba(60, 70, 90, 0.55)";
const CHOSEN_STROKE = "#0B5A7C";
const BELOW_RANGE_HEIGHT = 6;
const LABEL_SIZE = 11;
const LABEL_GAP = 4;
/** Room right of the plot that the labels of the thresholds need, pixels. */
export const LABEL_ROOM = 36;

/** Shades each desaturation from onset to end; one that is not counted is grey and striped, so colour alone never tells. */
export function shadeDesaturations(style: ChartStyle, startS: number): (u: uPlot) => void {
  const stretch = (event: Desaturation) => ({ from: startS + event.onset_s, to: startS + event.end_s });
  return (u) => {
    const counted = style.events.filter((event) => event.counted).map(stretch);
    const uncounted = style.events.filter((event) => !event.counted).map(stretch);
    fillStretches(u, counted, themeOf(style.level).countedGlass);
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
export function shadeGaps(gaps: readonly Stretch[], style: ChartStyle): (u: uPlot) => void {
  return (u) => fillStretches(u, gaps, themeOf(style.level).gap);
}

/** A foot at the bottom of the panel for each stretch without SpO2 but with a pulse; never thinner than two pixels. */
export function markBelowRange(runs: readonly Stretch[], style: ChartStyle): (u: uPlot) => void {
  return (u) => fillStretches(u, runs, themeOf(style.level).belowRange, BELOW_RANGE_HEIGHT * devicePixelRatio, 2);
}

/** Dashed lines at 90 and 88 %, each with its number beside the plot: there it hides no dip, and no curve runs over it. */
export function drawThresholds(label: (pct: number) => string, style?: ChartStyle): (u: uPlot) => void {
  return (u) => {
    const { ctx, bbox } = u;
    const heights = THRESHOLDS_PCT.map((pct) => Math.round(u.valToPos(pct, "y", true)));
    const right = bbox.left + bbox.width;
    ctx.save();
    ctx.font = `600 ${LABEL_SIZE * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = devicePixelRatio;
    const middles = keptApart(heights, (LABEL_SIZE + 1) * devicePixelRatio);
    themeOf(style?.level ?? "steps").thresholds.forEach(({ colour, dash }, index) => {
      const pct = THRESHOLDS_PCT[index] ?? 90;
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
      ctx.beginPath();
      ctx.moveTo(bbox.left, heights[index] ?? 0);
      ctx.lineTo(right, heights[index] ?? 0);
      ctx.stroke();
      ctx.fillText(label(pct), right + LABEL_GAP * devicePixelRatio, middles[index] ?? 0);
    });
    ctx.restore();
  };
}

/** Middles of two labels, moved apart where their lines lie too close. */
export function keptApart([upper = 0, lower = 0]: readonly number[], space: number): [number, number] {
  const lacking = Math.max(0, space - (lower - upper)) / 2;
  return [upper - lacking, lower + lacking];
}

/** Stretches come in their order; each begins where the one before ended, so that the colour does not add up on a pixel. */
function fillStretches(
  u: uPlot,
  stretches: readonly Stretch[],
  fill: string | CanvasPattern,
  height = u.bbox.height,
  thinnest = 1,
): void {
  const { ctx, bbox } = u;
  const scales = scalesOf(u);
  if (scales === null) return;
  ctx.save();
  ctx.fillStyle = fill;
  let done = bbox.left;
  for (const { from, to } of stretches) {
    if (to < scales.from || from > scales.to) continue;
    const start = Math.max(bbox.left, Math.round(scales.x + from * scales.perSecond));
    const end = Math.max(start + Math.round(thinnest * devicePixelRatio), Math.round(scales.x + to * scales.perSecond));
    const left = Math.max(done, start);
    done = Math.max(done, Math.min(end, bbox.left + bbox.width));
    if (done > left) ctx.fillRect(left, bbox.top + bbox.height - height, done - left, height);
  }
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
