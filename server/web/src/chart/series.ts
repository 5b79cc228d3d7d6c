/** A night as rows for the plot: one x a sample, one more null row wherever nothing was recorded. */
import type { ChannelValues, Night } from "../core/night";

/** `null` breaks the line; `undefined` is a missing reading that the line is drawn across. */
export type Row = (number | null | undefined)[];

export interface Rows {
  /** Wall clock in seconds. */
  readonly x: number[];
  readonly spo2: Row;
  readonly pulse: Row;
  readonly motion: Row;
  /** Positions in `x` that hold no sample but a break. */
  readonly breaks: ReadonlySet<number>;
}

/** Stretch of the wall clock, in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Longest missing time that a line is drawn across, as in the printed picture. */
const LONGEST_BRIDGE_S = 10;

/** The line breaks where nothing was recorded for longer than it is drawn across; a clock that trembles breaks nothing. */
export function rows(night: Night): Rows {
  const out = { x: [] as number[], spo2: [] as Row, pulse: [] as Row, motion: [] as Row, breaks: new Set<number>() };
  night.atS.forEach((at, index) => {
    const clock = night.startS + at;
    const previous = out.x.at(-1);
    if (previous !== undefined && clock - previous - night.intervalS > LONGEST_BRIDGE_S) {
      out.breaks.add(out.x.length);
      pushRow(out, previous + night.intervalS, [null, null, null]);
    }
    pushRow(out, clock, [reading(night.spo2, index), reading(night.pulse, index), reading(night.motion, index)]);
  });
  for (const row of [out.spo2, out.pulse, out.motion]) bridge(row, out.x, night.intervalS);
  return out;
}

function pushRow(out: Omit<Rows, "breaks">, x: number, [spo2, pulse, motion]: [Row[number], Row[number], Row[number]]): void {
  out.x.push(x);
  out.spo2.push(spo2);
  out.pulse.push(pulse);
  out.motion.push(motion);
}

function reading(channel: ChannelValues, index: number): number | null {
  return channel.valid[index] === 1 ? (channel.values[index] ?? null) : null;
}

/** Lets the line run on where readings are missing for at most 10 s. */
function bridge(row: Row, x: readonly number[], intervalS: number): void {
  let last = -1;
  row.forEach((value, index) => {
    if (value == null) return;
    const missing = (x[index] ?? 0) - (x[last] ?? 0) - intervalS;
    if (last >= 0 && index - last > 1 && missing <= LONGEST_BRIDGE_S) row.fill(undefined, last + 1, index);
    last = index;
  });
}

/** Readings with no neighbour: a line through them has no length, so they are drawn as points. */
export function isolated(row: Row): number[] {
  const apart = (index: number) => index < 0 || index >= row.length || row[index] === null;
  return [...row.keys()].filter((index) => row[index] != null && apart(index - 1) && apart(index + 1));
}

/** Where SpO2 lay below the range of the ring, as the core says: from the end of the reading before to the reading after. */
export function belowRange({ belowRangeRuns, startS, intervalS }: Pick<Night, "belowRangeRuns" | "startS" | "intervalS">): Stretch[] {
  return belowRangeRuns.map(({ before_s, after_s }) => ({ from: startS + before_s + intervalS, to: startS + after_s }));
}

/** Stretches between a break and the next sample. */
export function gaps(all: Rows): Stretch[] {
  return [...all.breaks].map((index) => ({ from: all.x[index] ?? 0, to: all.x[index + 1] ?? 0 }));
}

/** Lowest and highest reading, or nulls when there is none. */
export function extremes(row: Row): [number | null, number | null] {
  let low: number | null = null;
  let high: number | null = null;
  for (const value of row) {
    if (value == null) continue;
    low = low === null ? value : Math.min(low, value);
    high = high === null ? value : Math.max(high, value);
  }
  return [low, high];
}
