/** A scene on a canvas: for PNG and JPG. */
import { levelGradient, type LevelProfile } from "../theme/level";
import { PICTURE, type Scene } from "./scene";
import type { Stroke, Words } from "./strokes";

/** Twice the pixels of the layout, so that it stays sharp in print. */
const SCALE = 2;
const JPEG_QUALITY = 0.92;

/** The picture as a file. */
export async function raster(scene: Scene, level: LevelProfile, type: "image/png" | "image/jpeg"): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = PICTURE.width * SCALE;
  canvas.height = PICTURE.height * SCALE;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("the browser gives no canvas");
  pen.scale(SCALE, SCALE);
  pen.lineJoin = "round";
  const gradient = levelGradient(pen, level, scene.levelY);
  for (const stroke of scene.strokes) paint(pen, stroke, gradient);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the browser made no picture")) : resolve(blob)), type, JPEG_QUALITY);
  });
}

function paint(pen: CanvasRenderingContext2D, stroke: Stroke, gradient: CanvasGradient | string): void {
  if (stroke.kind === "rect") {
    pen.fillStyle = stroke.fill;
    pen.fillRect(stroke.x, stroke.y, stroke.width, stroke.height);
  } else if (stroke.kind === "line") {
    pen.strokeStyle = stroke.stroke === "level" ? gradient : stroke.stroke;
    pen.lineWidth = stroke.width;
    pen.setLineDash([...(stroke.dash ?? [])]);
    pen.beginPath();
    stroke.points.forEach(([x, y], index) => (index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
    pen.stroke();
  } else {
    write(pen, stroke);
  }
}

function write(pen: CanvasRenderingContext2D, stroke: Words): void {
  pen.save();
  pen.translate(stroke.x, stroke.y);
  if (stroke.turned === true) pen.rotate(-Math.PI / 2);
  pen.fillStyle = stroke.fill;
  pen.font = `${stroke.weight ?? 400} ${stroke.size}px system-ui, sans-serif`;
  pen.textAlign = stroke.anchor === "middle" ? "center" : stroke.anchor;
  pen.fillText(stroke.text, 0, 0);
  pen.restore();
}
