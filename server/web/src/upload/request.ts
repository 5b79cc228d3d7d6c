/** One file on its way to the server, and the server's word on it. */

/** What became of a file. */
export interface Outcome {
  /** The address of its page; null when it is not stored. */
  readonly recording: string | null;
  /** `stored`, `duplicate`, or the code of the refusal. */
  readonly result: string;
  /** Why it was not stored now. */
  readonly message: string | null;
  /** What to send with the file again to store what is there of it; null where that is no way. */
  readonly incomplete: string | null;
}

/** Why an answer carries no word on the file. */
export type Trouble = "upload-network" | "upload-session" | "upload-clinic" | "upload-too-large";

/**
 * Sends a file as the form does; `decision` is the doctor's, to store it though its end is missing. `fetch` cannot tell how much of a
 * body has been sent; `XMLHttpRequest` can.
 */
export function send(
  form: HTMLFormElement,
  file: File,
  decision: string | null,
  progress: (share: number) => void,
): Promise<Outcome | Trouble> {
  const body = new FormData(form);
  body.delete("files");
  if (decision !== null) body.append("incomplete", decision); // before the file: the server reads in order
  body.append("files", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => progress(event.total > 0 ? event.loaded / event.total : 0));
    request.addEventListener("load", () => resolve(outcomeOf(request)));
    request.addEventListener("error", () => resolve("upload-network"));
    request.addEventListener("abort", () => resolve("upload-network"));
    request.send(body);
  });
}

function outcomeOf(request: XMLHttpRequest): Outcome | Trouble {
  const answer = request.response as { files?: readonly Outcome[] } | null;
  const [first] = answer?.files ?? [];
  if (first !== undefined) return first;
  if (request.status === 413) return "upload-too-large";
  if (request.status === 409) return "upload-clinic";
  return request.status === 401 || request.status === 403 ? "upload-session" : "upload-network";
}
