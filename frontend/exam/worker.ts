// The service worker of the exams: a candidate's page opens again without network, once it was there
// before the start. It keeps what it is asked to keep and never touches what is sent.

export {}; // a module for TypeScript, so that its names are its own

interface WaitingEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface AskingEvent extends WaitingEvent {
  readonly data: { page?: string; also?: string[]; assets?: string[]; forget?: string[] };
  readonly ports: readonly MessagePort[];
}
interface FetchingEvent extends WaitingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Scope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", hear: (event: WaitingEvent) => void): void;
  addEventListener(type: "message", hear: (event: AskingEvent) => void): void;
  addEventListener(type: "fetch", hear: (event: FetchingEvent) => void): void;
}

const scope = self as unknown as Scope;
const PAGES = "zhupei-exam-pages-1";
const ASSETS = "zhupei-exam-assets-1";
const AS_IS = { ignoreVary: true }; // one machine, one language, one person
const WEAK = 6_000; // milliseconds a weak network has before the kept page is shown

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => {
  const answer = (done: boolean): void => event.ports[0]?.postMessage(done);
  const { page = "", also = [], assets = [], forget } = event.data;
  const work = forget ? drop(forget) : keep(page, also, assets);
  event.waitUntil(work.then(() => answer(true)).catch(() => answer(false)));
});
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(event.request));
});

/** Keeps a page, under other addresses too: that of the exam which begins on it. */
async function keep(address: string, also: string[], assets: string[]): Promise<void> {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Error(`${address} answered ${response.status}`);
  const [pages, files] = [await caches.open(PAGES), await caches.open(ASSETS)];
  await Promise.all(assets.map(async (one) => (await files.match(one, AS_IS)) ?? files.add(one)));
  await Promise.all([address, ...also].map((one) => pages.put(one, response.clone())));
}

async function drop(addresses: string[]): Promise<void> {
  const pages = await caches.open(PAGES);
  await Promise.all(addresses.map((one) => pages.delete(one, AS_IS)));
}

async function page(request: Request, url: URL): Promise<Response> {
  const known = await (await caches.open(PAGES)).match(url.pathname, AS_IS);
  if (!known) return fetch(request);
  try {
    const response = await inTime(request);
    return response.status < 500 ? response : known;
  } catch {
    return known;
  }
}

function inTime(request: Request): Promise<Response> {
  return Promise.race([
    fetch(request),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error("slow")), WEAK)),
  ]);
}

async function asset(request: Request): Promise<Response> {
  const known = await (await caches.open(ASSETS)).match(request, AS_IS);
  return known ?? fetch(request);
}
