// The ways from this page to the server (docs/mechanisms/hot-path.md). The rehearsal has doors of
// its own (rehearsal.ts).
import type { Mark, Stored } from "./types";

const PATIENCE = 8_000; // milliseconds for one request

/** What the hot process says. */
export interface Reply {
  code: string;
  now?: number;
  closes?: number;
  /** How many announcements there were. */
  notice?: number;
  turns?: Record<string, number>;
  /** Places whose answers came too late. */
  late?: number[];
}

/** What a start says when it opens the exam. */
export interface Start extends Reply {
  now: number;
  opens: number;
  closes: number;
  grace: number;
  started: number;
  notice: number;
  seed: string;
  /** SHA-256 of the sealed form, and the key that opens it. */
  form: string;
  key: string;
}

/** What a hand-in says. */
export interface Receipt {
  at: number;
  answered: number;
  receipt: string;
}

export interface Heard<R = Reply> {
  status: number;
  reply: R;
}

/** What the site says: a fresh ticket and the answers as they are stored. */
export interface Fresh {
  ticket: string;
  answers: Stored[];
  handedIn: boolean;
}

/** Every door rejects its promise when there is no network. */
export interface Doors {
  readonly ticket: string;
  save(answers: Mark[]): Promise<Heard>;
  /** The same while the page goes away: nobody waits for the answer. */
  lastWord(answers: Mark[]): void;
  clock(): Promise<Heard>;
  stored(): Promise<Fresh | null>;
  /** The receipt; null when it has to be asked again. */
  handIn(): Promise<Receipt | null>;
}

/** A door that can begin an exam. */
export interface Starter extends Doors {
  start(): Promise<Heard<Start>>;
}

export class HotDoors implements Starter {
  constructor(
    private readonly hot: string,
    public ticket: string,
    private readonly urls: { ticket: string },
  ) {}

  start(): Promise<Heard<Start>> {
    return hear(`${this.hot}/hot/start`, this.post({}));
  }

  save(answers: Mark[]): Promise<Heard> {
    return hear(`${this.hot}/hot/answers`, this.answers(answers));
  }

  lastWord(answers: Mark[]): void {
    void fetch(`${this.hot}/hot/answers`, this.answers(answers)).catch(() => {});
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

  async handIn(): Promise<Receipt | null> {
    const { status, reply } = await hear<Reply & Receipt>(`${this.hot}/hot/hand-in`, this.post({}));
    if (status === 403) await this.stored(); // a fresh ticket for the next try
    return status === 200 ? reply : null;
  }

  private answers(marks: Mark[]): RequestInit {
    return this.post({ answers: marks.map(({ place, choice, turn }) => ({ item: place, choice, turn })) });
  }

  /** A simple request: no preflight, no cookie. The ticket is the only authority. */
  private post(said: object): RequestInit {
    return {
      method: "POST",
      body: JSON.stringify({ ticket: this.ticket, ...said }),
      headers: { "Content-Type": "text/plain" },
      credentials: "omit",
      keepalive: true,
    };
  }
}

async function hear<R = Reply>(address: string, request: RequestInit): Promise<Heard<R>> {
  const response = await fetch(address, { ...request, signal: patience() });
  return { status: response.status, reply: (await response.json()) as R };
}

/** AbortSignal.timeout, which browsers of 2021 do not have. */
export function patience(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  return controller.signal;
}
