// The room's screen: fetches a code, counts down, fetches the next one.
// Loses the network without a fuss: says so, hides the dead code, tries again, at once when the
// machine says that the network is back.

interface Code {
  code: string;
  svg: string;
  seconds_left: number;
  class: string;
  lesson: string;
  present: number;
  waiting: number;
  expected: number;
  phase: string;
  live: boolean;
}

const RETRY_SECONDS = [1, 2, 4, 8];
const PATIENCE = 8_000; // milliseconds for one request

class RoomScreen {
  private expires = 0;
  private life = 1;
  private failures = 0;
  private next: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly root: HTMLElement) {
    setInterval(() => this.tick(), 250);
    addEventListener("online", () => void this.fetch());
    document.addEventListener("visibilitychange", () => void this.awake());
    void this.awake();
    void this.fetch();
  }

  private part<T extends HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the screen page has no part named ${name}`);
    return found;
  }

  private async fetch(): Promise<void> {
    clearTimeout(this.next);
    const controller = new AbortController();
    const patience = setTimeout(() => controller.abort(), PATIENCE);
    try {
      const response = await fetch(this.root.dataset["url"] ?? "", {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: controller.signal,
      });
      if (response.redirected || response.status === 404) return this.signedOut();
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      this.show((await response.json()) as Code);
      this.failures = 0;
    } catch {
      this.lost();
      return;
    } finally {
      clearTimeout(patience);
    }
    this.wait((this.expires - performance.now()) / 1000);
  }

  private show(code: Code): void {
    this.life = Math.max(code.seconds_left, 1);
    this.expires = performance.now() + this.life * 1000;
    this.part("digits").textContent = code.code.replace(/(...)(?=.)/g, "$1 ");
    this.part<HTMLImageElement>("qr").src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(code.svg)}`;
    this.part("class").textContent = code.class;
    this.part("lesson").textContent = code.lesson;
    this.part("phase").textContent = code.phase;
    this.part("present").textContent = String(code.present);
    this.part("expected").textContent = String(code.expected);
    this.part("waiting").textContent = String(code.waiting);
    this.part("waiting-line").hidden = code.waiting === 0;
    this.part("lost").hidden = true;
    this.part("signed-out").hidden = true;
    this.root.classList.remove("screen-stale");
    this.root.classList.toggle("screen-dead", !code.live);
    this.tick();
  }

  private lost(): void {
    this.part("lost").hidden = false;
    const pause = RETRY_SECONDS[Math.min(this.failures, RETRY_SECONDS.length - 1)] ?? 8;
    this.failures += 1;
    this.wait(pause);
  }

  /** Somebody has to sign in again; the page looks now and then whether they did. */
  private signedOut(): void {
    this.part("signed-out").hidden = false;
    this.part("lost").hidden = true;
    this.root.classList.add("screen-stale");
    this.wait(8);
  }

  private tick(): void {
    const left = Math.max(0, (this.expires - performance.now()) / 1000);
    const bar = this.part<HTMLProgressElement>("left");
    bar.max = this.life;
    bar.value = left;
    if (left === 0) this.root.classList.add("screen-stale");
  }

  private wait(seconds: number): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => void this.fetch(), Math.max(seconds, 0.2) * 1000);
  }

  /** Asks the machine not to dim; a browser that cannot is not a fault. */
  private async awake(): Promise<void> {
    if (document.visibilityState !== "visible") return;
    if (this.expires && performance.now() > this.expires) void this.fetch();
    await navigator.wakeLock?.request("screen").catch(() => undefined);
  }
}

const root = document.querySelector<HTMLElement>("[data-screen]");
if (root) new RoomScreen(root);
