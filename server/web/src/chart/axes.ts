/** Scales and tick labels. Times are the device's wall clock counted as if it were UTC; the browser's own zone never enters. */

import { CLOCK_STEPS_S, PULSE_AXIS, SPO2_AXIS } from "./theme/generated";

/** From a ten below the lowest reading, at least 80 to 100 %, so that no dip leaves the picture and none looks larger than it is. */
export function spo2Range(lowest: number | null): [number, number] {
  const { top, highestFloor, step } = SPO2_AXIS;
  const below = lowest === null ? highestFloor : Math.floor(Math.max(0, lowest - 1) / step) * step;
  return [Math.min(highestFloor, below), top];
}

/** Whole tens around the pulse, at least 40 bpm apart, so that a swing of a few beats does not look dramatic. */
export function pulseRange(lowest: number | null, highest: number | null): [number, number] {
  const { span, step } = PULSE_AXIS;
  const from = Math.floor((lowest ?? 50) / step) * step;
  return [from, Math.max(Math.ceil((highest ?? 90) / step) * step, from + span)];
}

const MINUTE = 60;
const HOUR = 3600;

/** Ticks at round clock times, at least `spacing` pixels apart when the window is `pixels` wide. */
export function timeTicks(from: number, to: number, pixels: number, spacing: number): number[] {
  const perPixel = (to - from) / Math.max(1, pixels);
  const step = CLOCK_STEPS_S.find((seconds) => seconds >= perPixel * spacing) ?? 24 * HOUR;
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

/** Writes times and dates of the device's clock in the page's language. */
export class ClockWords {
  readonly #withSeconds: Intl.DateTimeFormat;
  readonly #toMinute: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #fullDay: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;

  constructor(lang: string) {
    const locale = lang === "en" ? "en-GB" : lang;
    const utc = { timeZone: "UTC", hourCycle: "h23" } as const;
    this.#withSeconds = new Intl.DateTimeFormat(locale, { ...utc, hour: "2-digit", minute: "2-digit", second: "2-digit" });
    this.#toMinute = new Intl.DateTimeFormat(locale, { ...utc, hour: "2-digit", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" });
    this.#fullDay = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
    this.#date = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" });
  }

  /** "03:15:08" */
  exact(seconds: number): string {
    return this.#withSeconds.format(seconds * 1000);
  }

  /** "03:15" */
  minute(seconds: number): string {
    return this.#toMinute.format(seconds * 1000);
  }

  /** "miercuri, 29 ianuarie 2025" */
  date(seconds: number): string {
    return this.#date.format(seconds * 1000);
  }

  /** "29 ian." */
  day(seconds: number): string {
    return this.#day.format(seconds * 1000);
  }

  /** "29 ian. 2025" */
  fullDay(seconds: number): string {
    return this.#fullDay.format(seconds * 1000);
  }

  /** Tick labels; the first one and every midnight also name the day. */
  ticks(ticks: readonly number[]): string[] {
    const close = ticks.length > 1 && (ticks[1] ?? 0) - (ticks[0] ?? 0) < MINUTE;
    return ticks.map((tick, index) => {
      const time = close ? this.exact(tick) : this.minute(tick);
      const newDay = index === 0 || tick % (24 * HOUR) === 0;
      return newDay ? `${time}\n${this.#day.format(tick * 1000)}` : time;
    });
  }
}
