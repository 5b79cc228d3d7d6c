/** The worker: reads, analyses and converts files beside the page, which stays free for the reader's hands. */
import { UNREADABLE, type Night } from "./night";
import type { Part, Reply, Request } from "./protocol";
import { convert, prepareCore, readNight, refusalOf, type Content } from "./read";

interface WorkerScope {
  addEventListener(type: "message", listener: (event: MessageEvent<Request>) => void): void;
  postMessage(reply: Reply, transfer?: readonly Transferable[]): void;
}

const scope = self as unknown as WorkerScope;
scope.addEventListener("message", (event) => void answer(event.data));
await prepareCore();

async function answer(request: Request): Promise<void> {
  try {
    await prepareCore();
    const files = await Promise.all(request.source.map(contentOf));
    if (request.wish === "open") return sendNight(request.id, readNight(files));
    const converted = new Uint8Array(convert(files, request.wish));
    scope.postMessage({ id: request.id, bytes: converted }, [converted.buffer]);
  } catch (error) {
    const refusal = error instanceof Unreadable ? NOT_HANDED_OVER : refusalOf(error);
    scope.postMessage(refusal === null ? { id: request.id, failure: String(error) } : { id: request.id, refusal });
  }
}

/** The device would not hand the file over. */
class Unreadable extends Error {}
const NOT_HANDED_OVER = { code: UNREADABLE, line: undefined, column: undefined, offset: undefined };

async function contentOf({ file, name, dateOrder }: Part): Promise<Content> {
  const content = await file.arrayBuffer().catch((error: unknown) => {
    throw new Unreadable(name, { cause: error });
  });
  return { bytes: new Uint8Array(content), name, dateOrder: dateOrder ?? null };
}

/** The columns change hands instead of being copied. */
function sendNight(id: number, night: Night): void {
  const columns = [night.atS, ...[night.spo2, night.pulse, night.motion].flatMap((channel) => [channel.values, channel.valid])];
  scope.postMessage({ id, night }, columns.map((column) => column.buffer as ArrayBuffer));
}
