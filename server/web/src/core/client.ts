/** The page's side of the worker: one promise a question. */
import type { Night } from "./night";
import { RefusedFile } from "./night";
import type { Format, Reply, Request, Source } from "./protocol";

/** Address of the worker's script, put in by the build. */
declare const WORKER_URL: string;

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** Answers questions about files, without the page's own time. */
export class Core {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #broken: Error | null = null;

  /** Starts the worker; the core is loading from now on. */
  constructor() {
    this.#worker = new Worker(WORKER_URL, { type: "module" });
    this.#worker.addEventListener("message", (event: MessageEvent<Reply>) => this.#settle(event.data));
    this.#worker.addEventListener("error", (event) => this.#fail(new Error(event.message || "the worker could not be started")));
  }

  /**
   * Reads and analyses a file.
   *
   * @throws RefusedFile when it is no recording
   */
  async open(source: Source): Promise<Night> {
    const reply = await this.#ask({ id: this.#next(), wish: "open", source });
    if (!("night" in reply)) throw new Error("the worker answered something else");
    return reply.night;
  }

  /** The recording as a file of another format. */
  async convert(source: Source, format: Format): Promise<Uint8Array<ArrayBuffer>> {
    const reply = await this.#ask({ id: this.#next(), wish: format, source });
    if (!("bytes" in reply)) throw new Error("the worker answered something else");
    return reply.bytes;
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  #ask(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== null) return reject(this.#broken);
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("refusal" in reply) waiting?.reject(new RefusedFile(reply.refusal));
    else if ("failure" in reply) waiting?.reject(new Error(reply.failure));
    else waiting?.resolve(reply);
  }

  #fail(error: Error): void {
    this.#broken = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
