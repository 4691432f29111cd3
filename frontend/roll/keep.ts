// Asks the service worker to keep a page with all it needs, so that it opens without network.

export interface Kept {
  page: string;
  user: number;
  assets: string[];
}

const WHO = "zhupei-roll-user";
const PATIENCE = 20_000; // milliseconds

/** True once the page opens without network; false where the browser cannot promise that. */
export async function keep(worker: string, page: string, user: number): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register(worker);
    const ready = await navigator.serviceWorker.ready;
    if (!ready.active) return false;
    if (another(user)) await ask(ready.active, { forget: true });
    return (await ask(ready.active, { page, assets: assets() })) || openedWithout();
  } catch {
    return openedWithout();
  }
}

/** A page that stands here without network has just shown that it can. */
function openedWithout(): boolean {
  return !navigator.onLine && navigator.serviceWorker.controller !== null;
}

/** On a phone that changed hands, what was kept for the other person goes first. */
function another(user: number): boolean {
  try {
    const before = localStorage.getItem(WHO);
    localStorage.setItem(WHO, String(user));
    return before !== null && before !== String(user);
  } catch {
    return false;
  }
}

function assets(): string[] {
  const tags = document.querySelectorAll<HTMLElement>("link[rel=stylesheet], link[rel=modulepreload], link[rel=icon], script[src], use");
  const found = [...tags].map((tag) => tag.getAttribute("href") ?? tag.getAttribute("src") ?? "");
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
