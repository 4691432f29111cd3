// Words between the room and this screen: what the invigilator says to all or to this seat, which
// has to be acknowledged; and a hand raised from here.
import { part } from "./dom";
import { patience } from "./doors";
import { sleep } from "./sender";
import type { Paper } from "./types";
import { say } from "./words";

const SPREAD = 2_000; // milliseconds over which the screens of a room ask what was said

interface Notice {
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

export class Notices {
  private readonly key: string;
  private known = 0;
  private asking = false;
  private waiting: Notice[] = [];

  constructor(private readonly paper: Paper) {
    this.key = `zhupei.exam.heard.${paper.attempt}`;
    const box = part<HTMLDialogElement>("said");
    box.addEventListener("cancel", (event) => event.preventDefault()); // acknowledged, not closed
    part("said-heard").addEventListener("click", () => this.acknowledge());
    const button = part("call");
    button.hidden = !paper.urls.call;
    button.addEventListener("click", () => void this.call());
  }

  /** A reply of the server counts the announcements of the sitting. */
  told(count: number): void {
    if (count <= this.known || this.asking || !this.paper.urls.heard) return;
    this.asking = true;
    void this.ask(count).finally(() => (this.asking = false));
  }

  private async ask(count: number): Promise<void> {
    await sleep(Math.random() * SPREAD);
    const response = await fetch(this.paper.urls.heard!, { signal: patience() }).catch(() => null);
    if (!response?.ok || response.redirected) return; // the next reply counts again
    const { notices } = (await response.json()) as { notices: Notice[] };
    this.known = count;
    const heard = this.heard();
    const shown = Math.max(heard, ...this.waiting.map(({ at }) => at));
    this.waiting.push(...notices.filter(({ at }) => at > shown));
    this.show();
  }

  private show(): void {
    const [first] = this.waiting;
    const box = part<HTMLDialogElement>("said");
    if (!first) return box.close();
    const time = new Date(first.at).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
    part("said-at").textContent = say("said_at", { time });
    part("said-text").textContent = first.text;
    if (!box.open) box.showModal();
  }

  private acknowledge(): void {
    const first = this.waiting.shift();
    try {
      if (first) localStorage.setItem(this.key, String(first.at));
    } catch {
      // A browser that remembers nothing says it again after a reload.
    }
    this.show();
  }

  private heard(): number {
    try {
      return Number(localStorage.getItem(this.key));
    } catch {
      return 0;
    }
  }

  /** A hand raised: an invigilator sees the seat. */
  private async call(): Promise<void> {
    const said = part("called");
    said.textContent = say("calling");
    const headers = { Accept: "application/json", "X-CSRFToken": token() };
    const response = await fetch(this.paper.urls.call!, { method: "POST", headers, signal: patience() }).catch(() => null);
    said.textContent = say(response?.ok ? "called" : "not_called");
  }
}

/** The page's token against forged requests, as every form of the site sends it. */
function token(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  return headers["X-CSRFToken"] ?? "";
}
