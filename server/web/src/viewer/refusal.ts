/** Why a file could not be read, in the page's language. */
import { RefusedFile, UNREADABLE } from "../core/night";
import type { Messages } from "../ui/messages";

/** The parse error, with what the file says, where, and a form that would do: the sentence of the platform's own refusals. */
export function reason(error: unknown, messages: Messages): string {
  if (!(error instanceof RefusedFile)) return messages.say("parse-error-unknown");
  if (error.refusal.code === UNREADABLE) return messages.say("viewer-unreadable");
  const { code, field, found, expected } = error.refusal;
  const place = placeOf(error, messages);
  const parts = [messages.parseError(code, field)];
  if (found !== undefined) parts.push(messages.say("parse-error-found", { text: found }));
  if (place !== null) parts.push(found === undefined ? `(${place})` : `(${place}).`);
  if (expected !== undefined) parts.push(messages.say("parse-error-expected", { text: expected }));
  return parts.join(" ");
}

/** The first byte is no place to look at: there the file as a whole is meant. */
function placeOf({ refusal: { line, column, offset } }: RefusedFile, messages: Messages): string | null {
  if (line !== undefined && column !== undefined) return messages.say("parse-error-place-line-column", { line, column });
  if (line !== undefined) return messages.say("parse-error-place-line", { line });
  return offset === undefined || offset === 0 ? null : messages.say("parse-error-place-offset", { offset });
}
