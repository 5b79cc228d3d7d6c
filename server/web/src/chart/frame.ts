/** Work that is done once before the next picture on the screen, however often it is asked for until then. */
export class NextFrame {
  readonly #work: () => void;
  #asked: number | undefined;

  constructor(work: () => void) {
    this.#work = work;
  }

  ask(): void {
    this.#asked ??= requestAnimationFrame(() => this.now());
  }

  /** Does at once what was asked for; nothing when nothing was. */
  now(): void {
    if (this.#asked === undefined) return;
    this.cancel();
    this.#work();
  }

  cancel(): void {
    if (this.#asked !== undefined) cancelAnimationFrame(this.#asked);
    this.#asked = undefined;
  }
}
