// The rehearsal: the same page on doors that lead nowhere. A save goes as far as the process that
// would have stored it, so the marks speak the truth of this network; then it is dropped.
import type { Fresh, Heard, Receipt, Start, Starter } from "./doors";
import { patience } from "./doors";
import { el, icon, part } from "./dom";
import { sleep } from "./sender";
import type { Mark, Paper } from "./types";
import { say } from "./words";

const ENDS = "zhupei.rehearsal.ends"; // of one that began the long way
const STARTED = "zhupei.rehearsal.started"; // what the start of this tab said
const DONE = "zhupei.rehearsal.done";
const PAUSE = 6_000; // milliseconds
const WIDE = 768; // pixels
const TASKS = ["save", "cut", "back", "size", "flag", "reload"] as const;

type Task = (typeof TASKS)[number];

/** A reload goes on where it stopped; the first time, and after the end, it begins anew. */
export function timed(paper: Paper): Paper {
  const kept = Number(sessionStorage.getItem(ENDS));
  const closes = kept > paper.now + paper.grace ? kept : paper.closes;
  sessionStorage.setItem(ENDS, String(closes));
  return { ...paper, closes };
}

export function begun(): boolean {
  return sessionStorage.getItem(ENDS) !== null || started() !== null;
}

/** Its end has not come: the time since then is this machine's. */
function started(): Start | null {
  const said = JSON.parse(sessionStorage.getItem(STARTED) ?? "null") as (Start & { here: number }) | null;
  if (!said) return null;
  const now = said.now + (Date.now() - said.here);
  return now < said.closes ? { ...said, now } : null;
}

export class RehearsalDoors implements Starter {
  readonly ticket = "";
  cut = false;
  paused = false;
  private handedIn = false;

  constructor(private readonly paper: Pick<Paper, "hot" | "urls">) {}

  /** As at a seat: small, and it hands out the key of the form that lies here. */
  async start(): Promise<Heard<Start>> {
    const before = started();
    if (before) return { status: 200, reply: before };
    const response = await fetch(this.paper.urls.start!, { signal: patience() });
    const reply = (await response.json()) as Start;
    sessionStorage.setItem(STARTED, JSON.stringify({ ...reply, here: Date.now() }));
    return { status: response.status, reply };
  }

  async save(answers: Mark[]): Promise<Heard> {
    await this.knock();
    const turns = Object.fromEntries(answers.map(({ place, turn }) => [place, turn]));
    return { status: 200, reply: { code: "saved", turns } };
  }

  lastWord(): void {
    // What did not arrive is on this machine.
  }

  async clock(): Promise<Heard> {
    await this.knock();
    return { status: 200, reply: { code: this.paused ? "paused" : "open" } };
  }

  async stored(): Promise<Fresh> {
    await this.knock();
    return { ticket: "", answers: [], handedIn: this.handedIn };
  }

  async handIn(): Promise<Receipt> {
    await this.knock();
    sessionStorage.removeItem(ENDS);
    sessionStorage.removeItem(STARTED);
    sessionStorage.removeItem(DONE);
    this.handedIn = true;
    return { at: Date.now(), answered: 0, receipt: "" };
  }

  private async knock(): Promise<void> {
    if (this.cut) throw new Error("cut off, to try it");
    const response = await fetch(`${this.paper.hot}/hot/healthz`, { signal: patience() });
    if (!response.ok) throw new Error(`the hot process answered ${response.status}`);
  }
}

export interface Stage {
  /** Look at the network again. */
  wake(): void;
  /** How many answers are only here. */
  pending(): number;
  saved(): number;
  flagged(): number;
}

/** What to try, ticked off as it is done, and the switches to try it with. */
export class Guide {
  private readonly done: Set<Task>;

  constructor(
    private readonly doors: RehearsalDoors,
    private readonly stage: Stage,
  ) {
    this.done = new Set(JSON.parse(sessionStorage.getItem(DONE) ?? "[]") as Task[]);
    const box = part<HTMLDetailsElement>("guide");
    box.hidden = false;
    box.open = innerWidth >= WIDE || !this.done.size; // a phone has little room
    part("guide-network").addEventListener("click", () => this.cut(!doors.cut));
    part("guide-pause").addEventListener("click", () => void this.pause());
    for (const button of document.querySelectorAll("[data-size-of]")) {
      button.addEventListener("click", () => this.tick("size"));
    }
    const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (way?.type === "reload" && stage.saved()) this.tick("reload");
    this.draw();
  }

  /** Something changed on the sheet. */
  changed(): void {
    if (this.stage.saved()) this.tick("save");
    if (this.doors.cut && this.stage.pending()) this.tick("cut");
    if (!this.doors.cut && this.done.has("cut") && !this.stage.pending()) this.tick("back");
    if (this.stage.flagged()) this.tick("flag");
  }

  private cut(cut: boolean): void {
    this.doors.cut = cut;
    part("guide-network").replaceChildren(icon(cut ? "wifi" : "wifi-off"), say(cut ? "guide_mend" : "guide_off"));
    this.stage.wake();
  }

  private async pause(): Promise<void> {
    this.doors.paused = true;
    this.stage.wake();
    await sleep(PAUSE);
    this.doors.paused = false;
    this.stage.wake();
  }

  private tick(task: Task): void {
    if (this.done.has(task)) return;
    this.done.add(task);
    sessionStorage.setItem(DONE, JSON.stringify([...this.done]));
    this.draw();
  }

  private draw(): void {
    const lines = TASKS.map((task) => {
      const done = this.done.has(task);
      const word = el("span", { class: "unseen" }, say(done ? "guide_done" : "guide_open"));
      return el("li", { class: done ? "ok" : undefined }, icon(done ? "circle-check" : "circle"), word, say(`guide_${task}`));
    });
    part("guide-tasks").replaceChildren(...lines);
    part("guide-count").textContent = say("guide_count", { done: this.done.size, count: TASKS.length });
  }
}
