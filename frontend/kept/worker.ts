// The service worker of the islands that keep deeds: keeps the pages it is asked to keep, and shows
// them when the network is dead. It answers nothing else from memory and never touches what is sent.
// It is one file served at several addresses: each app's rules over the addresses below its own.

interface WaitingEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface AskingEvent extends WaitingEvent {
  readonly data: { page?: string; assets?: string[]; forget?: boolean };
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
const AREA = location.pathname.split("/")[1] ?? "";
const SHELVES: Record<string, [pages: string, assets: string]> = {
  attendance: ["zhupei-roll-pages-1", "zhupei-roll-assets-1"],
  practical: ["zhupei-practical-pages-1", "zhupei-practical-assets-1"],
};
const [PAGES, ASSETS] = SHELVES[AREA] ?? [`zhupei-${AREA}-pages-1`, `zhupei-${AREA}-assets-1`];
const WORDS: Record<string, { some: string; none: string }> = {
  attendance: {
    some: "这台手机上存着这些点名册：",
    none: "这台手机上没有存点名册。有网络时打开一次“离线点名”，下次没网也能用。",
  },
  practical: {
    some: "这台手机上存着这些评分表：",
    none: "这台手机上没有存评分表。有网络时打开一次“实操评分”，下次没网也能用。",
  },
  patrols: {
    some: "这台手机上存着这些巡查表：",
    none: "这台手机上没有存巡查表。有网络时打开一次“我的巡查”，下次没网也能用。",
  },
  inspections: {
    some: "这台手机上存着这些检查清单：",
    none: "这台手机上没有存检查清单。有网络时打开一次“检查任务”，下次没网也能用。",
  },
};
const AS_IS = { ignoreVary: true }; // one phone, one language, one person
const MOST_PAGES = 40;
const WEAK = 6_000; // milliseconds a weak network has before the kept page is shown

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => {
  const answer = (done: boolean): void => event.ports[0]?.postMessage(done);
  const work = event.data.forget ? forget() : keep(event.data.page ?? "", event.data.assets ?? []);
  event.waitUntil(work.then(() => answer(true)).catch(() => answer(false)));
});
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(event.request));
});

async function forget(): Promise<void> {
  await Promise.all([caches.delete(PAGES), caches.delete(ASSETS)]);
}

async function keep(address: string, assets: string[]): Promise<void> {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Error(`${address} answered ${response.status}`);
  const [pages, files] = [await caches.open(PAGES), await caches.open(ASSETS)];
  await Promise.all(assets.map(async (one) => (await files.match(one, AS_IS)) ?? files.add(one)));
  await pages.put(address, response);
  const old = (await pages.keys()).slice(0, -MOST_PAGES);
  await Promise.all(old.map((one) => pages.delete(one)));
}

async function page(request: Request, url: URL): Promise<Response> {
  const offline = url.pathname.replace(/\/roll\/$/, "/offline/");
  const known = await (await caches.open(PAGES)).match(offline, AS_IS);
  try {
    const response = await (known ? inTime(request) : fetch(request));
    if (response.status < 500 || !known) return response;
  } catch {
    if (!known) return list();
  }
  return url.pathname === offline ? (known as Response) : Response.redirect(offline);
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

/** Without network and without this page: which rolls this phone has. */
async function list(): Promise<Response> {
  const kept = await (await caches.open(PAGES)).matchAll();
  const lines = await Promise.all(kept.map(line));
  const words = WORDS[AREA] ?? { some: "", none: "" };
  const text = lines.length ? `<p>${words.some}</p><ul>${lines.join("")}</ul>` : `<p>${words.none}</p>`;
  const body = `<!doctype html><html lang="zh-hans"><meta charset="utf-8"><meta name="viewport"
    content="width=device-width"><title>没有网络</title><h1>没有网络</h1>${text}`;
  return new Response(body, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function line(response: Response): Promise<string> {
  const title = /<title>([^<]*)<\/title>/.exec(await response.text())?.[1] ?? response.url;
  return `<li><p><a href="${new URL(response.url).pathname}">${title.trim()}</a></p></li>`;
}
