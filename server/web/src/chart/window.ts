/**
 * The stretch of the night that is shown, in seconds on the device's wall clock. Every panel, key, finger and wheel changes this
 * one object; the panels follow it.
 */
export class TimeWindow {
  readonly first: number;
  readonly last: number;
  readonly #narrowest: number;
  readonly #listeners: ((from: number, to: number) => void)[] = [];
  #from: number;
  #to: number;

  /** `narrowest` is the shortest stretch a zoom may reach, in seconds. */
  constructor(first: number, last: number, narrowest: number) {
    this.first = this.#from = first;
    this.last = this.#to = Math.max(last, first + narrowest);
    this.#narrowest = narrowest;
  }

  get from(): number {
    return this.#from;
  }

  get to(): number {
    return this.#to;
  }

  get width(): number {
    return this.#to - this.#from;
  }

  get isWhole(): boolean {
    return this.#from <= this.first && this.#to >= this.last;
  }

  /** Calls `listener` now and after every change. */
  follow(listener: (from: number, to: number) => void): void {
    this.#listeners.push(listener);
    listener(this.#from, this.#to);
  }

  /** Shows `from` to `to`, kept inside the night and not narrower than allowed. */
  show(from: number, to: number): void {
    const whole = this.last - this.first;
    const width = Math.min(whole, Math.max(this.#narrowest, to - from));
    const centre = (from + to) / 2;
    const start = Math.min(this.last - width, Math.max(this.first, centre - width / 2));
    this.#set(start, start + width);
  }

  /** Moves one edge and leaves the other where it is. */
  stretch(edge: "from" | "to", moment: number): void {
    if (edge === "from") this.#set(Math.min(this.#to - this.#narrowest, Math.max(this.first, moment)), this.#to);
    else this.#set(this.#from, Math.max(this.#from + this.#narrowest, Math.min(this.last, moment)));
  }

  /** Makes the window `factor` times as wide while the moment `at` stays where it is on the screen. */
  zoom(factor: number, at = (this.#from + this.#to) / 2): void {
    const width = Math.min(this.last - this.first, Math.max(this.#narrowest, this.width * factor));
    const share = (at - this.#from) / this.width;
    const from = at - share * width;
    this.show(from, from + width);
  }

  /** Moves by seconds; the edges of the night stop it. */
  move(seconds: number): void {
    this.show(this.#from + seconds, this.#to + seconds);
  }

  reset(): void {
    this.show(this.first, this.last);
  }

  #set(from: number, to: number): void {
    if (from === this.#from && to === this.#to) return;
    this.#from = from;
    this.#to = to;
    for (const listener of this.#listeners) listener(from, to);
  }
}
