// Carries the deeds of one page to the server: on the phone's disk first, sent when there is a
// network, and what was refused stays with its reason.
import { send, type Answer } from "./sender";
import { openStore, phoneName, type Deed, type Shelf, type Store } from "./store";

const SOON = 1_500; // milliseconds after the last deed
const AGAIN = 20_000; // milliseconds between two tries

export interface Route<T extends Deed> {
  url: string;
  user: number;
  about: number;
  shelf: Shelf;
  /** What of a deed is sent. */
  said: (deed: T) => object;
  /** Before deeds are sent: those that are ready now, in order. */
  ready?: (deeds: T[]) => Promise<T[]>;
  /** Something changed: draw. */
  changed: () => void;
  heard?: (answer: Answer) => void;
}

export class Carrier<T extends Deed> {
  readonly deeds = new Map<string, T>();
  busy = false;
  last: Answer["how"] | "" = "";
  sentence = "";
  private readonly phone: string;
  private soon: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    private readonly route: Route<T>,
    readonly store: Store<T>,
  ) {
    this.phone = phoneName(route.shelf.name);
  }

  static async open<T extends Deed>(route: Route<T>): Promise<Carrier<T>> {
    const carrier = new Carrier(route, await openStore<T>(route.shelf));
    for (const deed of await carrier.store.of(route.about)) carrier.deeds.set(deed.id, deed);
    return carrier;
  }

  /** Begin to send, now and whenever there may be a network again. */
  start(): void {
    addEventListener("online", () => void this.send());
    addEventListener("offline", () => this.route.changed());
    document.addEventListener("visibilitychange", () => void this.send());
    setInterval(() => void this.send(), AGAIN);
    void this.send();
    void this.store.forgetOld(Date.now());
  }

  /** Resolves when the deed is on disk. */
  async add(deed: T): Promise<void> {
    await this.store.put(deed);
    this.deeds.set(deed.id, deed);
    this.route.changed();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.send(), SOON);
  }

  async change(deed: T): Promise<void> {
    this.deeds.set(deed.id, deed);
    await this.store.put(deed);
  }

  inOrder(): T[] {
    return [...this.deeds.values()].sort((a, b) => a.at - b.at);
  }

  pending(): T[] {
    return this.inOrder().filter((one) => one.state === "kept");
  }

  /** Deeds of somebody else that wait on this phone for their own hand. */
  others(): boolean {
    return this.pending().some((one) => one.user !== this.route.user);
  }

  async send(): Promise<void> {
    const own = this.pending().filter((one) => one.user === this.route.user);
    if (this.busy || !own.length || document.visibilityState !== "visible") return;
    this.busy = true;
    this.route.changed();
    try {
      const ready = this.route.ready ? await this.route.ready(own) : own;
      if (ready.length) await this.hear(ready);
    } finally {
      this.busy = false;
      this.route.changed();
    }
  }

  private async hear(deeds: T[]): Promise<void> {
    const answer = await send(this.route.url, this.route.user, this.phone, deeds, this.route.said);
    this.last = answer.how;
    this.sentence = answer.how === "refused" ? answer.sentence : "";
    if (answer.how === "taken") {
      for (const deed of deeds) {
        if (answer.kept.has(deed.id)) await this.settle(deed, "synced");
        else if (answer.refused.has(deed.id)) await this.settle(deed, "refused", answer.refused.get(deed.id));
      }
    }
    this.route.heard?.(answer);
  }

  private async settle(deed: T, state: Deed["state"], reason?: string): Promise<void> {
    await this.change(reason ? { ...deed, state, reason } : { ...deed, state });
  }
}

/** The parts of a page every island that keeps deeds has; see ``core/_kept.html``. */
export function drawState<T extends Deed>(part: (name: string) => HTMLElement, carrier: Carrier<T>, words: { none: string }): void {
  const pending = carrier.pending().length;
  part("others").hidden = !carrier.others();
  part("offline").hidden = navigator.onLine;
  part("login").hidden = carrier.last !== "login";
  part("trouble").hidden = carrier.last !== "refused";
  part("trouble-words").textContent = carrier.sentence;
  part("state").textContent = carrier.busy
    ? "正在同步…"
    : pending
      ? `${pending} 条已存在手机上，还没有同步`
      : carrier.deeds.size
        ? "全部已同步"
        : words.none;
  part("state").dataset["pending"] = String(pending);
  (part("sync") as HTMLButtonElement).disabled = carrier.busy || !pending;
}
