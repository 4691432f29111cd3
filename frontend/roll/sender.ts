// Sending what this phone kept: all of it, again until the server answers, never twice counted.
import type { Mark } from "./store";

const PATIENCE = 15_000; // milliseconds for one request
const AT_MOST = 200; // marks in one request

export interface Row {
  said: string;
  differ: boolean;
  waiting?: boolean;
}

/** What the server said, or why it could not be asked. */
export type Answer =
  | { how: "taken"; rows: Record<string, Row>; refused: Map<string, string>; kept: Set<string> }
  | { how: "offline" }
  | { how: "login" }
  | { how: "refused"; sentence: string };

interface Reply {
  sentence?: string;
  rows?: Record<string, Row>;
  marks?: { id: string; kept: boolean; reason?: string }[];
}

export async function send(url: string, user: number, phone: string, marks: Mark[]): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, request(user, phone, marks.slice(0, AT_MOST)));
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
  return { how: "taken", rows: reply.rows ?? {}, refused, kept };
}

function request(user: number, phone: string, marks: Mark[]): RequestInit {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  const said = marks.map(({ id, enrolment, kind, at }) => ({ id, enrolment, kind, at }));
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ user, phone, now: Date.now(), marks: said }),
    signal: controller.signal,
  };
}

/** The cookie's token: the one written into a page kept for days may be an old one. */
function token(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? "";
}
