// Sending answers to the hot process: at once, again until it answers, newest turn only.
import type { Clock } from "./clock";
import type { Sheet } from "./sheet";
import type { Mark, Network, Paper, Stored } from "./types";

const AT_MOST = 100; // answers in one request
const PATIENCE = 8_000; // milliseconds for one request
const PULSE = 15_000; // milliseconds between two looks at the server's clock
const WAIT_FIRST = 500;
const WAIT_LONGEST = 8_000;

interface Reply {
  code: string;
  now?: number;
  closes?: number;
  turns?: Record<string, number>;
}

export interface Hearer {
  /** Something about an answer or the network changed. */
  changed(): void;
  /** Another device wrote something newer. */
  overtaken(): void;
  /** The server takes nothing more. */
  closed(): void;
  /** No ticket helps any more. */
  ticketLost(): void;
}

export class Sender {
  network: Network = "online";
  private ticket: string;
  private failures = 0;
  private renewed = false;
  private stopped = false;
  private busy = false;
  private wakeUp: (() => void) | null = null;

  constructor(
    private readonly paper: Paper,
    private readonly sheet: Sheet,
    private readonly clock: Clock,
    private readonly hearer: Hearer,
  ) {
    this.ticket = paper.ticket;
  }

  start(): void {
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.failed(true));
    document.addEventListener("visibilitychange", () => this.wake(true));
    addEventListener("pagehide", () => this.lastWord());
    setInterval(() => void this.pulse(), PULSE);
    this.wake();
  }

  stop(): void {
    this.stopped = true;
  }

  resume(): void {
    this.stopped = false;
    this.wake();
  }

  get failing(): boolean {
    return this.network !== "online";
  }

  /** There is something to send, or the network may be back. */
  wake(look = false): void {
    this.wakeUp?.();
    void this.send();
    if (look) void this.pulse();
  }

  /** True once the server has everything; false when that did not happen in time. */
  async flush(within: number): Promise<boolean> {
    const until = Date.now() + within;
    for (let round = 0; this.sheet.pending().length && Date.now() < until && !this.stopped; round += 1) {
      if (round % 10 === 0) this.wake();
      await sleep(150);
    }
    return this.sheet.pending().length === 0;
  }

  /** Asks the server's clock; the reply also proves the network. */
  async pulse(): Promise<boolean> {
    if (this.stopped) return false;
    const address = `${this.paper.hot}/hot/clock?ticket=${encodeURIComponent(this.ticket)}`;
    const began = Date.now();
    try {
      const response = await fetch(address, { signal: patience() });
      const reply = (await response.json()) as Reply;
      if (response.status === 403) return await this.renew();
      if (!response.ok) return false;
      this.heard(reply, Date.now() - began);
      if (reply.code !== "open") this.hearer.closed();
      return true;
    } catch {
      this.failed();
      return false;
    }
  }

  /** The ticket and the answers as the site has them now; null without network. */
  async fetchStored(): Promise<{ answers: Stored[]; handedIn: boolean } | null> {
    try {
      const response = await fetch(this.paper.urls.ticket, { signal: patience() });
      if (!response.ok || response.redirected) return null;
      const fresh = (await response.json()) as { ticket: string; answers: Stored[]; handedIn: boolean };
      this.ticket = fresh.ticket;
      return fresh;
    } catch {
      return null;
    }
  }

  private async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (!this.stopped) {
      const batch = this.sheet.pending().slice(0, AT_MOST);
      if (!batch.length) break;
      this.hearer.changed();
      if (!(await this.post(batch))) await this.pause();
    }
    this.busy = false;
    this.hearer.changed();
  }

  private async post(batch: Mark[]): Promise<boolean> {
    const began = Date.now();
    let response: Response;
    let reply: Reply;
    try {
      response = await fetch(`${this.paper.hot}/hot/answers`, this.request(batch, patience()));
      reply = (await response.json()) as Reply;
    } catch {
      this.failed();
      return false;
    }
    if (response.status === 403) return this.renew();
    if (response.status === 409) {
      this.heard(reply, Date.now() - began);
      this.stop();
      this.hearer.closed();
      return true;
    }
    if (!response.ok) {
      this.failed();
      return false;
    }
    this.heard(reply, Date.now() - began);
    this.renewed = false;
    this.acknowledge(reply.turns ?? {});
    return true;
  }

  /** A simple request: no preflight, no cookie. The ticket is the only authority. */
  private request(batch: Mark[], signal?: AbortSignal): RequestInit {
    const answers = batch.map(({ place, choice, turn }) => ({ item: place, choice, turn }));
    return {
      method: "POST",
      body: JSON.stringify({ ticket: this.ticket, answers }),
      headers: { "Content-Type": "text/plain" },
      credentials: "omit",
      keepalive: true,
      ...(signal ? { signal } : {}),
    };
  }

  /** The page is going away: one more try that outlives it. What it does not reach is kept here. */
  private lastWord(): void {
    const batch = this.sheet.pending();
    if (batch.length && !this.stopped) void fetch(`${this.paper.hot}/hot/answers`, this.request(batch)).catch(() => {});
  }

  private acknowledge(turns: Record<string, number>): void {
    let overtaken = false;
    for (const [place, turn] of Object.entries(turns)) {
      overtaken = this.sheet.acknowledge(Number(place), turn, this.clock.now()) || overtaken;
    }
    if (overtaken) this.hearer.overtaken();
  }

  /** The ticket was refused: fetch another one, once. */
  private async renew(): Promise<boolean> {
    if (!this.renewed && (await this.fetchStored())) {
      this.renewed = true;
      return true;
    }
    if (this.renewed) {
      this.stop();
      this.hearer.ticketLost();
    }
    this.failed();
    return false;
  }

  private heard(reply: Reply, took: number): void {
    if (reply.now && reply.closes) this.clock.heard(reply.now, reply.closes, took);
    this.failures = 0;
    this.network = "online";
    this.hearer.changed();
  }

  private failed(surely = false): void {
    this.failures += 1;
    this.network = surely || !navigator.onLine || this.failures > 2 ? "offline" : "slow";
    this.hearer.changed();
  }

  /** Waits longer after every failure, never in step with the neighbours. */
  private async pause(): Promise<void> {
    const longest = Math.min(WAIT_FIRST * 2 ** this.failures, WAIT_LONGEST);
    await new Promise<void>((resolve) => {
      this.wakeUp = resolve;
      setTimeout(resolve, longest * (0.5 + Math.random() / 2));
    });
    this.wakeUp = null;
  }
}

/** AbortSignal.timeout, which browsers of 2021 do not have. */
function patience(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  return controller.signal;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
