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
const LANGUAGES = ["ro", "en"];
/** The language of the page that registered this worker last. */
const lang = new URL(scope.location.href).searchParams.get("lang") ?? "ro";
const STORE = `viewer-${BUILD}`;
const PAGE = "/viewer";
/** The page is kept in every language, so that it can be changed without a connection. */
const shellOf = (tag: string): string => `${PAGE}?lang=${tag}`;
const MORE = LANGUAGES.map((tag) => `/viewer.webmanifest?lang=${tag}`);

scope.addEventListener("install", (event) => event.waitUntil(keep().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event) => event.waitUntil(forget().then(() => scope.clients.claim())));
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event.request));
  else if (isKept(url)) event.respondWith(asset(event.request, url));
});

async function keep(): Promise<void> {
  const store = await caches.open(STORE);
  await Promise.all(LANGUAGES.map((tag) => keepShell(store, tag)));
  await store.addAll([...ASSETS.map((name) => `/assets/${name}`), ...MORE]);
}

/** Takes the page as a stranger sees it: without cookies, so that no name can be in it. */
async function keepShell(store: Cache, tag: string): Promise<void> {
  const shell = await fetch(PAGE, { credentials: "omit", headers: { "accept-language": tag }, cache: "no-store" });
  if (!shell.ok) throw new Error(`the viewer answered ${shell.status}`);
  await store.put(shellOf(tag), shell);
}

async function forget(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)));
}

/** The server's page while it can be had, else the kept one in the language that the address asks for. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const asked = new URL(request.url).searchParams.get("lang") ?? lang;
    const store = await caches.open(STORE);
    const kept = (await store.match(shellOf(asked))) ?? (await store.match(shellOf(lang)));
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
