/**
 * The viewer without a connection. It keeps the viewer's empty page, as anybody sees it, and its programs; it answers for the viewer
 * alone, and nothing of a recording, a patient or an account ever passes through it.
 */

/** Files of this build, put in by the build: names under /assets/. */
declare const ASSETS: readonly string[];
declare const BUILD: string;

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface ServiceScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

const scope = self as unknown as ServiceScope;
const lang = new URL(scope.location.href).searchParams.get("lang") ?? "ro";
const STORE = `viewer-${BUILD}-${lang}`;
const PAGE = "/viewer";
const MORE = [`/viewer.webmanifest?lang=${lang}`];

scope.addEventListener("install", (event) => event.waitUntil(keep().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event) => event.waitUntil(forget().then(() => scope.clients.claim())));
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event.request));
  else if (isKept(url)) event.respondWith(asset(event.request, url));
});

/** Takes the page as a stranger sees it: without cookies, so that no name can be in it. */
async function keep(): Promise<void> {
  const store = await caches.open(STORE);
  const shell = await fetch(PAGE, { credentials: "omit", headers: { "accept-language": lang }, cache: "no-store" });
  if (!shell.ok) throw new Error(`the viewer answered ${shell.status}`);
  await store.put(PAGE, shell);
  await store.addAll([...ASSETS.map((name) => `/assets/${name}`), ...MORE]);
}

async function forget(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)));
}

/** The server's page while it can be had. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(STORE)).match(PAGE);
    if (kept === undefined) throw error;
    return kept;
  }
}

function isKept(url: URL): boolean {
  return nameOf(url) !== null || MORE.includes(url.pathname + url.search);
}

/** A file of this build by either of its addresses. */
function nameOf({ pathname }: URL): string | null {
  const name = /^(?:\/viewer)?\/assets\/([^/]+)$/.exec(pathname)?.[1];
  return name !== undefined && ASSETS.includes(name) ? name : null;
}

async function asset(request: Request, url: URL): Promise<Response> {
  const name = nameOf(url);
  const store = await caches.open(STORE);
  const kept = await store.match(name === null ? url.pathname + url.search : `/assets/${name}`);
  return kept ?? fetch(request);
}
