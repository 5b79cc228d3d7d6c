/** Scales and tick labels. Times are the device's wall clock counted as if it were UTC; the browser's own zone never enters. */

const HIGHEST_SPO2 = 100;
const USUAL_FLOOR_SPO2 = 70;
const SPO2_STEP = 5;

/** 70 to 100 %; opens downward in steps of 5 when the night goes below 70, so that no dip leaves the picture. */
export function spo2Range(lowest: number | null): [number, number] {
  const floor = lowest === null ? USUAL_FLOOR_SPO2 : Math.floor(lowest / SPO2_STEP) * SPO2_STEP;
  return [Math.min(USUAL_FLOOR_SPO2, floor), HIGHEST_SPO2];
}

/** Whole tens around the pulse, at least 40 bpm apart, so that a swing of a few beats does not look dramatic. */
export function pulseRange(lowest: number | null, highest: number | null): [number, number] {
  if (lowest === null || highest === null) return [40, 100];
  const from = Math.floor(lowest / 10) * 10;
  const to = Math.ceil(highest / 10) * 10;
  const lacking = Math.max(0, 40 - (to - from));
  const below = Math.min(from, Math.ceil(lacking / 20) * 10);
  return [from - below, to + lacking - Math.min(below, lacking)];
}

const MINUTE = 60;
const HOUR = 3600;
const TIME_STEPS = [
  5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR,
];

/** Ticks at round clock times, at least `spacing` pixels apart when the window is `pixels` wide. */
export function timeTicks(from: number, to: number, pixels: number, spacing: number): number[] {
  const perPixel = (to - from) / Math.max(1, pixels);
  const step = TIME_STEPS.find((seconds) => seconds >= perPixel * spacing) ?? 24 * HOUR;
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
