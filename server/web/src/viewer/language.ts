/**
 * The language switch belongs to the server. Without a connection it would end on the browser's own error page, so the page asks first
 * whether the server is there, and shows the other language's kept page if it is not.
 */
import { required } from "../ui/dom";
import type { Messages } from "../ui/messages";

const PAGE = "/viewer";

/** The address under which the service worker keeps the page in a language. */
const keptAddress = (lang: string): string => `${PAGE}?lang=${lang}`;

/** `tell` says to the reader why nothing happens. */
export function switchLanguageSafely(messages: Messages, tell: (text: string) => void): void {
  const form = document.querySelector<HTMLFormElement>("form.language-switch");
  let isSure = false;
  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (isSure || !(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    void freshToken().then(async (token) => {
      if (token === null) return showKept(button.value, () => tell(messages.say("viewer-language-offline")));
      required(form, "input[name=csrf]", HTMLInputElement).value = token;
      isSure = true;
      form.requestSubmit(button);
      isSure = false;
    });
  });
  forgetAddress(messages.lang);
}

async function showKept(lang: string, orElse: () => void): Promise<void> {
  if (await isKept(lang)) location.assign(keptAddress(lang));
  else orElse();
}

/** The form's token as the server gives it now; a page that was kept has none that holds. Null without a connection. */
async function freshToken(): Promise<string | null> {
  try {
    const text = await (await fetch(PAGE, { cache: "no-store" })).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.querySelector<HTMLInputElement>("form.language-switch input[name=csrf]")?.value ?? null;
  } catch {
    return null;
  }
}

async function isKept(lang: string): Promise<boolean> {
  if (!("caches" in globalThis) || navigator.serviceWorker.controller === null) return false;
  return (await caches.match(keptAddress(lang))) !== undefined;
}

/** With a connection again the server decides on the language, and the address must not say another. */
function forgetAddress(lang: string): void {
  const asked = new URL(location.href).searchParams.get("lang");
  if (asked !== null && asked !== lang) history.replaceState(null, "", PAGE);
}
