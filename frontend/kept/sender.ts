// Sending what this phone kept: all of it, again until the server answers, never twice counted.
import type { Deed } from "./store";

const PATIENCE = 15_000; // milliseconds for one request
const AT_MOST = 200; // deeds in one request

/** What the server said, or why it could not be asked. ``rest`` is what an island asked for. */
export type Answer =
  | { how: "taken"; rest: Record<string, unknown>; refused: Map<string, string>; kept: Set<string> }
  | { how: "offline" }
  | { how: "login" }
  | { how: "refused"; sentence: string };

interface Reply extends Record<string, unknown> {
  sentence?: string;
  marks?: { id: string; kept: boolean; reason?: string }[];
}

export async function send<T extends Deed>(
  url: string,
  user: number,
  phone: string,
  deeds: T[],
  said: (deed: T) => object,
): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, request(user, phone, deeds.slice(0, AT_MOST).map(said)));
  } catch {
    return { how: "offline" };
  }
  if (response.redirected || response.status === 401) return { how: "login" };
  if (response.status >= 500) return { how: "offline" };
  let reply: Reply;
  try {
    reply = (await response.json()) as Reply;
  } catch {
    return response.status === 403 ? { how: "login" } : { how: "refused", sentence: "" };
  }
  if (!response.ok) return { how: "refused", sentence: reply.sentence ?? "" };
  const refused = new Map<string, string>();
  const kept = new Set<string>();
  for (const mark of reply.marks ?? []) {
    if (mark.kept) kept.add(mark.id);
    else refused.set(mark.id, mark.reason ?? "");
  }
  return { how: "taken", rest: reply, refused, kept };
}

function request(user: number, phone: string, marks: object[]): RequestInit {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ user, phone, now: Date.now(), marks }),
    signal: controller.signal,
  };
}

/** The cookie's token: the one written into a page kept for days may be an old one. */
export function token(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? "";
}
