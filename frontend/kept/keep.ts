// Asks the service worker to keep pages with all they need, so that they open without network.

const PATIENCE = 20_000; // milliseconds

/** True once the pages open without network; false where the browser cannot promise that. */
export async function keep(worker: string, pages: string[], user: number, shelf: string): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    if (!active) return false;
    if (another(shelf, user)) await ask(active, { forget: true });
    let all = true;
    for (const page of pages) all = (await ask(active, { page, assets: assets() })) && all;
    return all || openedWithout();
  } catch {
    return openedWithout();
  }
}

/** A page that stands here without network has just shown that it can. */
function openedWithout(): boolean {
  return !navigator.onLine && navigator.serviceWorker.controller !== null;
}

/** On a phone that changed hands, what was kept for the other person goes first. */
function another(shelf: string, user: number): boolean {
  try {
    const who = `${shelf}-user`;
    const before = localStorage.getItem(who);
    localStorage.setItem(who, String(user));
    return before !== null && before !== String(user);
  } catch {
    return false;
  }
}

function assets(): string[] {
  const tags = document.querySelectorAll<HTMLElement>("link[rel=stylesheet], link[rel=modulepreload], link[rel=icon], script[src], use");
  const named = [...tags].map((tag) => tag.getAttribute("href") ?? tag.getAttribute("src") ?? "");
  // What scripts import stands in no tag.
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name.replace(location.origin, ""));
  const found = [...named, ...loaded.filter((url) => url.startsWith("/static/"))];
  return [...new Set(found.map((url) => url.split("#")[0] ?? "").filter((url) => url.startsWith("/")))];
}

function ask(worker: ServiceWorker, message: object): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data === true);
    setTimeout(() => resolve(false), PATIENCE);
    worker.postMessage(message, [channel.port2]);
  });
}
