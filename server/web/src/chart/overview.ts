/** The strip under the chart: the whole night small, and a window in it that can be dragged, stretched and moved with keys. */
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";
import { spo2Range, type ClockWords } from "./axes";
import { extremes, type Rows } from "./series";
import type { ChartStyle } from "./style";
import { levelGradient } from "./theme/level";
import type { TimeWindow } from "./window";

const HEIGHT = 44;
/** Width of a grip, and the least to take hold of between the two. */
const GRIP = 24;
const KEY_SHARE = 0.01;
const BIG_KEY_SHARE = 0.1;

export interface OverviewContext {
  readonly rows: Rows;
  readonly window: TimeWindow;
  readonly style: ChartStyle;
  readonly messages: Messages;
  readonly clock: ClockWords;
}

type Edge = "from" | "to";

export class Overview {
  readonly element = element("div", "night-overview");
  readonly #context: OverviewContext;
  readonly #canvas = element("canvas", "overview-canvas");
  readonly #brush = element("div", "overview-brush");
  readonly #edges: Readonly<Record<Edge, HTMLElement>>;
  #width = 0;

  constructor(context: OverviewContext) {
    this.#context = context;
    this.#edges = { from: this.#edge("from"), to: this.#edge("to") };
    this.#canvas.setAttribute("aria-hidden", "true");
    this.element.append(this.#canvas, this.#brush, this.#edges.from, this.#edges.to);
    context.window.follow(() => this.#place());
    this.#takeDrags();
  }

  /** Lays the strip under the plots, `left` pixels from the stack's edge, and paints it. */
  layOut(left: number, width: number): void {
    this.element.style.marginLeft = `${left}px`;
    this.element.style.width = `${width}px`;
    this.#width = width;
    this.#place();
    this.paint();
  }

  /** Paints the night anew, in the colours of the style. */
  paint(): void {
    const width = Math.max(1, Math.round(this.element.clientWidth));
    const ratio = devicePixelRatio;
    this.#canvas.width = width * ratio;
    this.#canvas.height = HEIGHT * ratio;
    const pen = this.#canvas.getContext("2d");
    if (pen === null) return;
    const [low, high] = spo2Range(extremes(this.#context.rows.spo2)[0]);
    const y = (pct: number) => ((high - pct) / (high - low)) * HEIGHT * ratio;
    pen.fillStyle = levelGradient(pen, this.#context.style.level, y);
    this.#columns(width).forEach((column, at) => {
      if (column === null) return;
      const top = y(column[1]);
      pen.fillRect(at * ratio, top, ratio, Math.max(1.5 * ratio, y(column[0]) - top));
    });
  }

  /** Lowest and highest level of the line under each pixel; none where it breaks. */
  #columns(width: number): ([number, number] | null)[] {
    const { rows, window } = this.#context;
    const columns = new Array<[number, number] | null>(width).fill(null);
    const perPixel = (window.last - window.first) / width;
    let last: { at: number; value: number } | null = null;
    rows.spo2.forEach((value, index) => {
      if (value === null) last = null;
      if (value == null) return;
      const at = Math.min(width - 1, Math.floor(((rows.x[index] ?? 0) - window.first) / perPixel));
      const from: { at: number; value: number } = last ?? { at, value };
      for (let x = from.at; x <= at; x += 1) {
        widen(columns, x, at === from.at ? value : from.value + ((value - from.value) * (x - from.at)) / (at - from.at));
      }
      last = { at, value };
    });
    return columns;
  }

  #edge(edge: Edge): HTMLElement {
    const handle = element("div", `overview-edge overview-edge-${edge}`);
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", this.#context.messages.say(edge === "from" ? "chart-overview-from" : "chart-overview-to"));
    handle.addEventListener("keydown", (event) => this.#key(event, edge));
    return handle;
  }

  #place(): void {
    const { window, clock } = this.#context;
    const whole = window.last - window.first;
    const pixel = (moment: number) => ((moment - window.first) / whole) * this.#width;
    const brush = { from: pixel(window.from), to: pixel(window.to) };
    const held = holdOf(brush, this.#width);
    this.#brush.style.left = `${brush.from}px`;
    this.#brush.style.width = `${brush.to - brush.from}px`;
    this.#brush.style.setProperty("--before", `${held.from - brush.from + GRIP / 2}px`);
    this.#brush.style.setProperty("--after", `${brush.to - held.to + GRIP / 2}px`);
    for (const [edge, moment] of [["from", window.from], ["to", window.to]] as const) {
      const handle = this.#edges[edge];
      handle.style.left = `${held[edge]}px`;
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", String(Math.round(whole)));
      handle.setAttribute("aria-valuenow", String(Math.round(moment - window.first)));
      handle.setAttribute("aria-valuetext", clock.exact(moment));
    }
  }

  #key(event: KeyboardEvent, edge: Edge): void {
    const { window } = this.#context;
    const whole = window.last - window.first;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -KEY_SHARE,
      ArrowDown: -KEY_SHARE,
      ArrowRight: KEY_SHARE,
      ArrowUp: KEY_SHARE,
      PageDown: -BIG_KEY_SHARE,
      PageUp: BIG_KEY_SHARE,
      Home: -1,
      End: 1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the chart's own keys would move the window a second time
    window.stretch(edge, window[edge] + step * whole);
  }

  #takeDrags(): void {
    this.element.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button !== 0) return;
      const grip = event.target === this.#edges.from ? "from" : event.target === this.#edges.to ? "to" : "whole";
      if (grip === "whole" && event.target !== this.#brush) this.#centre(this.#timeAt(event.clientX));
      this.element.setPointerCapture(event.pointerId);
      this.#follow(grip, this.#timeAt(event.clientX));
      event.preventDefault();
    });
  }

  #follow(grip: Edge | "whole", pressed: number): void {
    const { window } = this.#context;
    let last = pressed;
    const beside = grip === "whole" ? 0 : window[grip] - pressed; // a grip is taken where it is, often beside its edge
    const move = (event: PointerEvent) => {
      const now = this.#timeAt(event.clientX);
      if (grip === "whole") window.move(now - last);
      else window.stretch(grip, now + beside);
      last = now;
    };
    const end = () => {
      this.element.removeEventListener("pointermove", move);
      for (const kind of ["pointerup", "pointercancel"] as const) this.element.removeEventListener(kind, end);
    };
    this.element.addEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel"] as const) this.element.addEventListener(kind, end);
  }

  #centre(moment: number): void {
    const { window } = this.#context;
    window.show(moment - window.width / 2, moment + window.width / 2);
  }

  #timeAt(clientX: number): number {
    const { left, width } = this.element.getBoundingClientRect();
    const { window } = this.#context;
    return window.first + ((clientX - left) / Math.max(1, width)) * (window.last - window.first);
  }
}

interface Ends {
  readonly from: number;
  readonly to: number;
}

/** Middles of the grips: on the edges of a wide brush; outside of a narrow one, so that there is something to take hold of between. */
function holdOf({ from, to }: Ends, strip: number): Ends {
  if (to - from >= 2 * GRIP) return { from, to };
  const lacking = Math.max(0, GRIP - (to - from));
  const left = Math.max(0, Math.min(from - lacking / 2, strip - GRIP));
  const right = Math.min(Math.max(to + lacking / 2, GRIP), Math.max(strip, to));
  return { from: Math.min(left, from) - GRIP / 2, to: Math.max(right, to) + GRIP / 2 };
}

function widen(columns: ([number, number] | null)[], at: number, value: number): void {
  const column = columns[at];
  columns[at] = column == null ? [value, value] : [Math.min(column[0], value), Math.max(column[1], value)];
}
