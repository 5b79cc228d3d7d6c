/** Hands on the chart: drag, Shift+drag, wheel, fingers, keys and double click all end in one call to the window. */
import type { TimeWindow } from "./window";

/** Where the plot lies on the screen, in CSS pixels of the viewport. */
export interface PlotBox {
  readonly left: number;
  readonly width: number;
}

export interface GestureTarget {
  readonly host: HTMLElement;
  /** Element that takes the keyboard; the panels need not be in it alone. */
  readonly keys: HTMLElement;
  readonly window: TimeWindow;
  plotBox(): PlotBox;
  /** A single finger moves the read-out. */
  point(clientX: number): void;
  /** Moves the read-out by samples, for the keyboard. */
  step?(samples: number): void;
  /** Shows the stretch being chosen, in pixels of the plot; null hides it. */
  select(range: readonly [number, number] | null): void;
}

const ZOOM_STEP = 0.6;
const MOVE_SHARE = 0.2;
const SHORTEST_DRAG_PX = 6;

export function listen(target: GestureTarget): void {
  target.host.addEventListener("wheel", (event) => wheel(target, event), { passive: false });
  target.host.addEventListener("dblclick", () => target.window.reset());
  target.keys.addEventListener("keydown", (event) => key(target, event));
  new Pointers(target);
}

/** The five movements; keys and buttons share them. */
export const MOVES: Readonly<Record<"in" | "out" | "left" | "right" | "whole", (window: TimeWindow) => void>> = {
  in: (window) => window.zoom(ZOOM_STEP),
  out: (window) => window.zoom(1 / ZOOM_STEP),
  left: (window) => window.move(-window.width * MOVE_SHARE),
  right: (window) => window.move(window.width * MOVE_SHARE),
  whole: (window) => window.reset(),
};

const KEYS: Readonly<Record<string, keyof typeof MOVES>> = {
  "+": "in",
  "=": "in", // the key of + without Shift
  "-": "out",
  ArrowLeft: "left",
  ArrowRight: "right",
  "0": "whole",
};

/** Keys that read the chart sample by sample, and in strides of 15. */
const STEPS: Readonly<Record<string, number>> = { ",": -1, ".": 1, "<": -15, ">": 15 };

function key(target: GestureTarget, event: KeyboardEvent): void {
  const samples = STEPS[event.key];
  if (samples !== undefined && target.step !== undefined) {
    event.preventDefault();
    return target.step(samples);
  }
  const move = KEYS[event.key];
  if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  MOVES[move](target.window);
}

/** Below this, the window did not change, seconds. */
const UNCHANGED_S = 1e-3;

/** The wheel is the page's; the chart takes it with Ctrl or while it holds the focus, and where it can do nothing, gives it back. */
function wheel(target: GestureTarget, event: WheelEvent): void {
  const { window } = target;
  const pinch = event.ctrlKey || event.metaKey; // two fingers on a track pad arrive with Ctrl
  if (!pinch && !hasFocus(target.host)) return;
  const { from, to } = window;
  const sideways = !pinch && Math.abs(event.deltaX) > Math.abs(event.deltaY);
  if (sideways) window.move((event.deltaX / target.plotBox().width) * window.width);
  else if (event.deltaY !== 0) window.zoom(wheelFactor(event, pinch), timeAt(target, event.clientX));
  const changed = Math.abs(window.from - from) + Math.abs(window.to - to) > UNCHANGED_S;
  if (pinch || changed) event.preventDefault(); // with Ctrl the browser would enlarge the whole page
}

/** The chart with its buttons and its strip. */
function hasFocus(host: HTMLElement): boolean {
  return (host.parentElement ?? host).contains(document.activeElement);
}

/** A notch of the wheel is a step; fingers on a track pad come in many small parts of one. */
function wheelFactor({ deltaY, deltaMode }: WheelEvent, pinch: boolean): number {
  const isFine = pinch && deltaMode === WheelEvent.DOM_DELTA_PIXEL;
  const step = isFine ? Math.min(0.25, Math.abs(deltaY) / 100) : 0.25;
  return deltaY > 0 ? 1 + step : 1 / (1 + step);
}

function timeAt({ window, plotBox }: GestureTarget, clientX: number): number {
  const { left, width } = plotBox();
  const share = Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
  return window.from + share * window.width;
}

/** Mouse and fingers. One mouse button drags a stretch; two fingers hold on to the two moments under them. */
class Pointers {
  readonly #target: GestureTarget;
  readonly #down = new Map<number, number>();
  #drag: { from: number; last: number; moves: boolean } | null = null;
  #held: { time: number; x: number }[] = [];

  constructor(target: GestureTarget) {
    this.#target = target;
    const { host } = target;
    host.addEventListener("pointerdown", (event) => this.#press(event));
    host.addEventListener("pointermove", (event) => this.#move(event));
    host.addEventListener("pointerup", (event) => this.#release(event, true));
    host.addEventListener("pointercancel", (event) => this.#release(event, false));
  }

  #press(event: PointerEvent): void {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    this.#target.host.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, event.clientX);
    if (event.pointerType === "mouse") {
      this.#drag = { from: event.clientX, last: event.clientX, moves: event.shiftKey };
    } else {
      this.#hold();
      if (this.#down.size === 1) this.#target.point(event.clientX);
    }
  }

  #move(event: PointerEvent): void {
    if (!this.#down.has(event.pointerId)) return;
    this.#down.set(event.pointerId, event.clientX);
    if (this.#drag !== null) this.#dragTo(event.clientX, this.#drag);
    if (this.#down.size >= 2) this.#pinch();
    else this.#target.point(event.clientX); // a held pointer belongs to the stack: the plots no longer see it move
  }

  #release(event: PointerEvent, meant: boolean): void {
    if (!this.#down.delete(event.pointerId)) return;
    if (this.#drag !== null) this.#endDrag(this.#drag, meant);
    this.#drag = null;
    this.#hold();
  }

  #dragTo(x: number, drag: { from: number; last: number; moves: boolean }): void {
    const { window, plotBox, select } = this.#target;
    if (drag.moves) window.move(((drag.last - x) / plotBox().width) * window.width);
    else select(this.#stretch(drag.from, x));
    drag.last = x;
  }

  #endDrag(drag: { from: number; last: number; moves: boolean }, meant: boolean): void {
    this.#target.select(null);
    if (drag.moves || !meant || Math.abs(drag.last - drag.from) < SHORTEST_DRAG_PX) return;
    const ends = [timeAt(this.#target, drag.from), timeAt(this.#target, drag.last)] as const;
    this.#target.window.show(Math.min(...ends), Math.max(...ends));
  }

  #stretch(from: number, to: number): [number, number] {
    const { left, width } = this.#target.plotBox();
    const inside = (x: number) => Math.min(width, Math.max(0, x - left));
    return [inside(Math.min(from, to)), inside(Math.max(from, to))];
  }

  /** Remembers which moment lies under each finger. */
  #hold(): void {
    this.#held = [...this.#down.values()].slice(0, 2).map((x) => ({ x, time: timeAt(this.#target, x) }));
  }

  /** Finds the window in which both held moments lie under their fingers again. */
  #pinch(): void {
    const [first, second] = this.#held;
    const [x1, x2] = [...this.#down.values()];
    if (first === undefined || second === undefined || x1 === undefined || x2 === undefined) return;
    const { left, width } = this.#target.plotBox();
    const apart = Math.max(20, Math.abs(x2 - x1)) * Math.sign(second.x - first.x || 1);
    const perPixel = (second.time - first.time) / apart;
    if (!(perPixel > 0)) return;
    const middle = (first.time + second.time) / 2 - ((x1 + x2) / 2 - left) * perPixel;
    this.#target.window.show(middle, middle + perPixel * width);
  }
}
