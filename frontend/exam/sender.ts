// Sending answers: at once, again until the server answers, newest turn only.
import type { Clock } from "./clock";
import type { Doors, Fresh, Heard, Reply } from "./doors";
import type { Sheet } from "./sheet";
import type { Mark, Network } from "./types";

const AT_MOST = 100; // answers in one request
const LARGEST = 30_000; // bytes of answers in one request: the server takes 64 KB, a farewell 64 KB of all pages
const PULSE = 15_000; // milliseconds between two looks at the server's clock
const QUIET = 900; // milliseconds without a key before what is typed is sent
const LOUD = 1_800; // milliseconds after which it is sent although the keys go on
const WAIT_FIRST = 500;
const WAIT_LONGEST = 8_000;

export interface Hearer {
  /** Something about an answer or the network changed. */
  changed(): void;
  /** The server said how the exam stands. */
  told(reply: Reply): void;
  /** Another device wrote something newer. */
  overtaken(): void;
  /** The server takes nothing more. */
  closed(): void;
  /** No ticket helps any more. */
  ticketLost(): void;
}

export class Sender {
  network: Network = "online";
  private failures = 0;
  private renewed = false;
  private stopped = false;
  private busy = false;
  private wakeUp: (() => void) | null = null;
  private typing: { timer: number; since: number } | null = null;

  constructor(
    private readonly doors: Doors,
    private readonly sheet: Sheet,
    private readonly clock: Clock,
    private readonly hearer: Hearer,
  ) {}

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
    if (this.typing) clearTimeout(this.typing.timer);
    this.typing = null;
    this.wakeUp?.();
    void this.send();
    if (look) void this.pulse();
  }

  /** There is something to send, and more is being typed: wait for a rest, but not for long. */
  wakeSoon(): void {
    const since = this.typing?.since ?? Date.now();
    if (this.typing) clearTimeout(this.typing.timer);
    const wait = Math.max(Math.min(QUIET, since + LOUD - Date.now()), 0);
    this.typing = { since, timer: window.setTimeout(() => this.wake(), wait) };
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
    const began = Date.now();
    try {
      const heard = await this.doors.clock();
      if (heard.status === 403) return await this.renew();
      if (heard.status !== 200) return false;
      this.heard(heard.reply, Date.now() - began);
      return true;
    } catch {
      this.failed();
      return false;
    }
  }

  /** The answers as the site has them now; null without network. */
  async fetchStored(): Promise<Fresh | null> {
    try {
      return await this.doors.stored();
    } catch {
      return null;
    }
  }

  private async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (!this.stopped) {
      const batch = this.batch();
      if (!batch.length) break;
      this.hearer.changed();
      if (!(await this.post(batch))) await this.pause();
    }
    this.busy = false;
    this.hearer.changed();
  }

  /** What goes with one request; a single answer always does. */
  batch(): Mark[] {
    let room = LARGEST;
    return this.sheet
      .pending()
      .slice(0, AT_MOST)
      .filter((mark, index) => (room -= 60 + 3 * mark.choice.length) > 0 || index === 0);
  }

  private async post(batch: Mark[]): Promise<boolean> {
    const began = Date.now();
    let heard: Heard;
    try {
      heard = await this.doors.save(batch);
    } catch {
      this.failed();
      return false;
    }
    const { status, reply } = heard;
    if (status === 403) return this.renew();
    if (status === 409) {
      this.heard(reply, Date.now() - began);
      return this.stopped;
    }
    if (status !== 200) {
      this.failed();
      return false;
    }
    this.acknowledge(reply.turns ?? {});
    this.renewed = false;
    this.heard(reply, Date.now() - began);
    return true;
  }

  /** The page is going away: one more try that outlives it. What it does not reach is kept here. */
  private lastWord(): void {
    const batch = this.batch();
    if (batch.length && !this.stopped) this.doors.lastWord(batch);
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
    this.hearer.told(reply);
    if (reply.code === "closed" || reply.code === "handed_in") {
      this.stop();
      this.hearer.closed();
    }
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

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
