/** A scene as SVG: for the file and for paper. Built as elements, so that no text can become markup. */
import { levelStops, type LevelProfile } from "../theme/level";
import { PICTURE, type Scene } from "./scene";
import type { Stroke, Words } from "./strokes";

const NAMESPACE = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number>>;

function make(name: string, attributes: Attributes, ...children: readonly Node[]): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** The picture as an element with a title that says what it shows. */
export function svgOf(scene: Scene, level: LevelProfile, title: string): SVGElement {
  const id = `level-${Math.random().toString(36).slice(2)}`;
  const name = make("title", {}, document.createTextNode(title));
  const drawn = scene.strokes.map((stroke) => draw(stroke, `url(#${id})`));
  return make(
    "svg",
    { xmlns: NAMESPACE, viewBox: `0 0 ${PICTURE.width} ${PICTURE.height}`, width: PICTURE.width, height: PICTURE.height, role: "img" },
    name,
    make("defs", {}, gradient(id, scene, level)),
    ...drawn,
  );
}

/** The picture as a file. */
export function svgFile(scene: Scene, level: LevelProfile, title: string): Blob {
  const markup = new XMLSerializer().serializeToString(svgOf(scene, level, title));
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`], { type: "image/svg+xml" });
}

function gradient(id: string, { levelY }: Scene, level: LevelProfile): SVGElement {
  const [low, high] = [levelY(0), levelY(100)];
  const stops = levelStops(level).map(([pct, colour]) => make("stop", { offset: fixed(pct / 100, 5), "stop-color": colour }));
  return make("linearGradient", { id, gradientUnits: "userSpaceOnUse", x1: 0, x2: 0, y1: fixed(low), y2: fixed(high) }, ...stops);
}

const fixed = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));

function draw(stroke: Stroke, level: string): SVGElement {
  if (stroke.kind === "rect") {
    const { x, y, width, height, fill } = stroke;
    return make("rect", { x: fixed(x), y: fixed(y), width: fixed(width), height: fixed(height), fill });
  }
  if (stroke.kind === "line") {
    const points = stroke.points.map(([x, y]) => `${fixed(x)},${fixed(y)}`).join(" ");
    const dash = stroke.dash === undefined ? {} : { "stroke-dasharray": stroke.dash.join(" ") };
    const colour = stroke.stroke === "level" ? level : stroke.stroke;
    const pen = { stroke: colour, "stroke-width": fixed(stroke.width), "stroke-linejoin": "round", ...dash };
    return make("polyline", { points, fill: "none", ...pen });
  }
  return write(stroke);
}

function write(stroke: Words): SVGElement {
  const turn = stroke.turned === true ? { transform: `rotate(-90 ${fixed(stroke.x)} ${fixed(stroke.y)})` } : {};
  return make(
    "text",
    {
      x: fixed(stroke.x),
      y: fixed(stroke.y),
      fill: stroke.fill,
      "font-family": "system-ui, sans-serif",
      "font-size": stroke.size,
      "font-weight": stroke.weight ?? 400,
      "text-anchor": stroke.anchor,
      ...turn,
    },
    document.createTextNode(stroke.text),
  );
}
