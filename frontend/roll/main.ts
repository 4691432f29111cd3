// The roll on a phone: every tap is on the phone's disk at once and reaches the server when it can.
import "./roll.css";
import { keep } from "./keep";
import { send } from "./sender";
import { openStore, phoneName, uuid, type Kind, type Mark, type Store } from "./store";
import { Line, type Learner } from "./view";

interface Data {
  lesson: number;
  user: number;
  sync: string;
  page: string;
  worker: string;
  rows: Learner[];
}

const SOON = 1_500; // milliseconds after the last tap
const AGAIN = 20_000; // milliseconds between two tries

class Roll {
  private readonly lines = new Map<number, Line>();
  private readonly marks = new Map<string, Mark>();
  private readonly phone = phoneName();
  private busy = false;
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly data: Data,
    private readonly store: Store,
  ) {}

  async start(): Promise<void> {
    const list = this.part("lines");
    for (const row of this.data.rows) {
      const line = new Line(row, (enrolment, kind) => void this.tap(enrolment, kind));
      this.lines.set(row.enrolment, line);
      list.append(line.element);
    }
    for (const mark of await this.store.of(this.data.lesson)) this.marks.set(mark.id, mark);
    this.part("fleeting").hidden = this.store.lasting;
    this.part<HTMLButtonElement>("sync").addEventListener("click", () => void this.send());
    addEventListener("online", () => void this.send());
    addEventListener("offline", () => this.draw());
    document.addEventListener("visibilitychange", () => void this.send());
    setInterval(() => void this.send(), AGAIN);
    this.draw();
    void this.send();
    void this.store.forgetOld(Date.now());
    const kept = await keep(this.data.worker, this.data.page, this.data.user);
    this.part("ready").hidden = !kept;
    this.part("unready").hidden = kept;
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the roll has no part named ${name}`);
    return found;
  }

  private async tap(enrolment: number, kind: Kind): Promise<void> {
    const { lesson, user } = this.data;
    const mark: Mark = { id: uuid(), lesson, user, enrolment, kind, at: Date.now(), state: "kept" };
    await this.store.put(mark);
    this.marks.set(mark.id, mark);
    this.draw();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.send(), SOON);
  }

  private pending(): Mark[] {
    return [...this.marks.values()].filter((one) => one.state === "kept").sort((a, b) => a.at - b.at);
  }

  private async send(): Promise<void> {
    const marks = this.pending().filter((one) => one.user === this.data.user);
    if (this.busy || !marks.length || document.visibilityState !== "visible") return;
    this.busy = true;
    this.draw();
    const answer = await send(this.data.sync, this.data.user, this.phone, marks);
    this.busy = false;
    this.part("login").hidden = answer.how !== "login";
    this.part("trouble").hidden = answer.how !== "refused";
    if (answer.how === "refused") this.part("trouble-words").textContent = answer.sentence;
    if (answer.how === "taken") {
      for (const mark of marks) {
        if (answer.kept.has(mark.id)) await this.settle(mark, "synced");
        else if (answer.refused.has(mark.id)) await this.settle(mark, "refused", answer.refused.get(mark.id));
      }
      for (const [enrolment, row] of Object.entries(answer.rows)) this.lines.get(Number(enrolment))?.hear(row);
    }
    this.draw();
  }

  private async settle(mark: Mark, state: Mark["state"], reason?: string): Promise<void> {
    const settled: Mark = reason ? { ...mark, state, reason } : { ...mark, state };
    this.marks.set(mark.id, settled);
    await this.store.put(settled);
  }

  private draw(): void {
    const newest = new Map<number, Mark>();
    for (const mark of [...this.marks.values()].sort((a, b) => a.at - b.at)) newest.set(mark.enrolment, mark);
    for (const [enrolment, line] of this.lines) line.show(newest.get(enrolment));
    const pending = this.pending().length;
    this.part("others").hidden = this.pending().every((one) => one.user === this.data.user);
    this.part("offline").hidden = navigator.onLine;
    this.part("marked").textContent = `${newest.size} / ${this.lines.size}`;
    this.part("state").textContent = this.busy
      ? "正在同步…"
      : pending
        ? `${pending} 条已存在手机上，还没有同步`
        : newest.size
          ? "全部已同步"
          : "还没有点名";
    this.part("state").dataset["pending"] = String(pending);
    this.part<HTMLButtonElement>("sync").disabled = this.busy || !pending;
  }
}

async function begin(): Promise<void> {
  const root = document.querySelector<HTMLElement>("[data-roll]");
  const data = document.getElementById("roll-data")?.textContent;
  if (root && data) {
    await new Roll(root, JSON.parse(data) as Data, await openStore()).start();
    return;
  }
  // On the ordinary roll: have the offline one ready before it is needed.
  const link = document.querySelector<HTMLElement>("[data-keep-roll]");
  if (!link) return;
  const { keepRoll, worker, user } = link.dataset;
  const kept = await keep(worker ?? "", keepRoll ?? "", Number(user));
  const said = document.querySelector<HTMLElement>("[data-kept-roll]");
  if (said) said.hidden = !kept;
}

void begin();
