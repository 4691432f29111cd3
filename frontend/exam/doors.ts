// The ways from this page to the server. The rehearsal has doors of its own (rehearsal.ts).
import type { Mark, Stored } from "./types";

const PATIENCE = 8_000; // milliseconds for one request

/** What the hot process says. */
export interface Reply {
  code: string;
  now?: number;
  closes?: number;
  paused?: boolean;
  turns?: Record<string, number>;
}

export interface Heard {
  status: number;
  reply: Reply;
}

/** What the site says: a fresh ticket and the answers as they are stored. */
export interface Fresh {
  ticket: string;
  answers: Stored[];
  handedIn: boolean;
}

/** Every door rejects its promise when there is no network. */
export interface Doors {
  save(answers: Mark[]): Promise<Heard>;
  /** The same while the page goes away: nobody waits for the answer. */
  lastWord(answers: Mark[]): void;
  clock(): Promise<Heard>;
  stored(): Promise<Fresh | null>;
  handIn(): Promise<boolean>;
}

export class HotDoors implements Doors {
  constructor(
    private readonly hot: string,
    private ticket: string,
    private readonly urls: { ticket: string; handIn: string },
    private readonly form: () => FormData,
  ) {}

  save(answers: Mark[]): Promise<Heard> {
    return hear(`${this.hot}/hot/answers`, this.request(answers));
  }

  lastWord(answers: Mark[]): void {
    void fetch(`${this.hot}/hot/answers`, this.request(answers)).catch(() => {});
  }

  clock(): Promise<Heard> {
    return hear(`${this.hot}/hot/clock?ticket=${encodeURIComponent(this.ticket)}`, {});
  }

  async stored(): Promise<Fresh | null> {
    const response = await fetch(this.urls.ticket, { signal: patience() });
    if (!response.ok || response.redirected) return null;
    const fresh = (await response.json()) as Fresh;
    this.ticket = fresh.ticket;
    return fresh;
  }

  async handIn(): Promise<boolean> {
    await fetch(this.urls.handIn, { method: "POST", body: this.form(), redirect: "manual" });
    return (await this.stored())?.handedIn ?? false;
  }

  /** A simple request: no preflight, no cookie. The ticket is the only authority. */
  private request(marks: Mark[]): RequestInit {
    const answers = marks.map(({ place, choice, turn }) => ({ item: place, choice, turn }));
    return {
      method: "POST",
      body: JSON.stringify({ ticket: this.ticket, answers }),
      headers: { "Content-Type": "text/plain" },
      credentials: "omit",
      keepalive: true,
    };
  }
}

async function hear(address: string, request: RequestInit): Promise<Heard> {
  const response = await fetch(address, { ...request, signal: patience() });
  return { status: response.status, reply: (await response.json()) as Reply };
}

/** AbortSignal.timeout, which browsers of 2021 do not have. */
export function patience(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  return controller.signal;
}
