/**
 * Sheets of links and a link's own page: copying, printing, times on the reader's clock. Without a script addresses are marked by
 * hand and the browser prints.
 */
import { showLocalTimes } from "../ui/local-time";
import { pageMessages } from "../ui/messages";

const messages = pageMessages();

function offer(button: HTMLElement, act: () => void): void {
  button.hidden = false;
  button.addEventListener("click", act);
}

async function copy(id: string): Promise<void> {
  const source = document.getElementById(id);
  if (!(source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement)) return;
  await navigator.clipboard.writeText(source.value.trim());
  const said = document.getElementById("copied");
  if (said !== null) said.textContent = messages.say("link-copied");
}

// Without a secure connection browsers lend no clipboard: then the address is marked by hand.
if ("clipboard" in navigator) {
  for (const button of document.querySelectorAll<HTMLElement>("button[data-copies]")) {
    offer(button, () => void copy(button.dataset["copies"] ?? ""));
  }
}
const print = document.getElementById("print-slip");
if (print !== null) offer(print, () => window.print());
showLocalTimes(document, messages.lang);
