// The server's clock as a phone knows it: a phone whose own clock is wrong is wrong offline, too.

const KEY = "zhupei-clock"; // milliseconds the server is ahead of this phone
const NEAR = 600_000; // a page this close to what we know was made just now; an older one was kept

let ahead = read();

/** A page says when it was made: believed when it was made just now, or when nothing else is known. */
export function heardFromPage(made: number): void {
  if (ahead === undefined || Math.abs(made - serverNow()) < NEAR) heardFromServer(made);
}

/** An answer says what time it is. */
export function heardFromServer(now: unknown): void {
  if (typeof now !== "number") return;
  ahead = now - Date.now();
  try {
    localStorage.setItem(KEY, String(ahead));
  } catch {
    // known as long as the page is open
  }
}

export function serverNow(): number {
  return Date.now() + (ahead ?? 0);
}

function read(): number | undefined {
  try {
    const kept = Number(localStorage.getItem(KEY) ?? NaN);
    return Number.isNaN(kept) ? undefined : kept;
  } catch {
    return undefined;
  }
}
