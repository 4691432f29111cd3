// Asks the service worker to keep this page with all it needs, so that it opens without network.

const PATIENCE = 20_000; // milliseconds

/** True once the page opens without network; false where the browser cannot promise that. */
export async function keepPage(worker: string, page: string, also: string[] = []): Promise<boolean> {
  return ask(worker, { page, also, assets: assets() });
}

export async function dropPages(worker: string, addresses: string[]): Promise<void> {
  await ask(worker, { forget: addresses });
}

function assets(): string[] {
  const tags = document.querySelectorAll<HTMLElement>("link[rel=stylesheet], link[rel=icon], script[src], use");
  const named = [...tags].map((tag) => tag.getAttribute("href") ?? tag.getAttribute("src") ?? "");
  // What scripts import stands in no tag.
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name.replace(location.origin, ""));
  const found = [...named, ...loaded.filter((url) => url.startsWith("/static/"))];
  return [...new Set(found.map((url) => url.split("#")[0] ?? "").filter((url) => url.startsWith("/")))];
}

async function ask(worker: string, message: object): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    if (!active) return false;
    return await new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = (event) => resolve(event.data === true);
      setTimeout(() => resolve(false), PATIENCE);
      active.postMessage(message, [channel.port2]);
    });
  } catch {
    return false;
  }
}
