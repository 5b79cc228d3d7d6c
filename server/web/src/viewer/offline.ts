/** Keeps the viewer's own page and programs on the device, so that it opens without a connection. Never a recording. */
import { element } from "../ui/dom";
import type { Messages } from "../ui/messages";

/** Registers the service worker and says so when the page no longer needs a connection. */
export async function workOffline(section: HTMLElement, messages: Messages): Promise<void> {
  const script = section.dataset["offline"];
  if (script === undefined || !("serviceWorker" in navigator)) return;
  const line = element("p", "hint viewer-offline");
  line.setAttribute("role", "status");
  section.querySelector(".viewer-private")?.after(line);
  try {
    const registration = await navigator.serviceWorker.register(script, { scope: "/viewer" });
    await active(registration);
    line.textContent = messages.say("viewer-offline-ready");
    section.dataset["offlineReady"] = "yes";
  } catch {
    line.remove(); // private windows and some settings forbid it; everything else works
  }
}

/** Waits until this registration's worker has taken everything it needs. */
function active(registration: ServiceWorkerRegistration): Promise<void> {
  const coming = registration.installing ?? registration.waiting;
  if (coming === null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve();
      if (coming.state === "redundant") reject(new Error("the viewer could not be kept on this device"));
    });
    if (coming.state === "activated") resolve();
  });
}
