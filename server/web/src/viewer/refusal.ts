/** Why a file could not be read, in the page's language. */
import { RefusedFile, UNREADABLE } from "../core/night";
import type { Messages } from "../ui/messages";

/** The parse error, with the place where the file has it. */
export function reason(error: unknown, messages: Messages): string {
  if (!(error instanceof RefusedFile)) return messages.say("parse-error-unknown");
  if (error.refusal.code === UNREADABLE) return messages.say("viewer-unreadable");
  const place = placeOf(error, messages);
  const text = messages.parseError(error.refusal.code);
  return place === null ? text : `${text} (${place})`;
}

/** The first byte is no place to look at: there the file as a whole is meant. */
function placeOf({ refusal: { line, column, offset } }: RefusedFile, messages: Messages): string | null {
  if (line !== undefined && column !== undefined) return messages.say("parse-error-place-line-column", { line, column });
  if (line !== undefined) return messages.say("parse-error-place-line", { line });
  return offset === undefined || offset === 0 ? null : messages.say("parse-error-place-offset", { offset });
}
