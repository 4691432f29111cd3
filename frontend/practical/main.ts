// A score sheet on an assessor's phone: every tap is on the phone's disk at once and reaches the
// server when it can. Of several taps about one thing the newest counts, here as on the server.
import "../kept/kept.css";
import "./practical.css";
import { Carrier, drawState } from "../kept/carrier";
import { keep } from "../kept/keep";
import { uuid } from "../kept/store";
import { camera, keepFile, uploaded } from "./evidence";
import { CriterionLine, FatalLine } from "./lines";
import { Timer } from "./timer";
import { element, SHELF, type Data, type Kind, type Known, type Tap, type Task } from "./types";

class Sheet {
  private readonly lines = new Map<string, CriterionLine>();
  private readonly fatal = new Map<string, FatalLine>();
  private readonly timers = new Map<string, Timer>();
  private readonly shots = new Map<string, HTMLElement>();
  private carrier!: Carrier<Tap>;
  private sure = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly data: Data,
  ) {}

  async start(): Promise<void> {
    const { data } = this;
    this.carrier = await Carrier.open<Tap>({
      url: data.sync,
      user: data.user,
      about: data.sheet,
      shelf: SHELF,
      said: ({ id, kind, about, value, at }) => ({ id, kind, about, value, at }),
      ready: (taps) => uploaded(this.carrier, data.uploads, taps),
      changed: () => this.draw(),
      heard: () => void this.dropFiles(),
    });
    this.build();
    this.part("fleeting").hidden = this.carrier.store.lasting;
    this.part<HTMLButtonElement>("sync").addEventListener("click", () => void this.carrier.send());
    this.part<HTMLButtonElement>("hand-in").addEventListener("click", () => void this.handIn());
    this.part<HTMLButtonElement>("here").addEventListener("click", () => void this.tap("here", "", ""));
    this.root.hidden = false;
    document.querySelector<HTMLElement>("[data-plain]")?.remove();
    this.draw();
    this.carrier.start();
    const kept = await keep(data.worker, [data.page], data.user, SHELF.name);
    this.part("ready").hidden = !kept;
    this.part("unready").hidden = kept;
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the sheet has no part named ${name}`);
    return found;
  }

  private build(): void {
    const place = this.part("tasks");
    this.data.tasks.forEach((task, n) => place.append(this.task(task, n + 1)));
    const errors = this.part("fatal");
    for (const { key, text } of this.data.fatal) {
      const line = new FatalLine(text, (value) => void this.tap("fatal", key, value));
      this.fatal.set(key, line);
      errors.append(line.element);
    }
  }

  private task(task: Task, number: number): HTMLElement {
    const timer = new Timer(task, this.data.warn, (kind) => void this.tap(kind, task.key, ""));
    this.timers.set(task.key, timer);
    const shots = element("p", "small muted");
    shots.setAttribute("role", "status");
    this.shots.set(task.key, shots);
    const shoot = camera("拍照或录像取证", (file) => void this.shoot(task.key, file));
    const head = element("div", "panel-head", element("h2", "", `${number}. ${task.title}`));
    head.append(element("span", "muted small", `${task.minutes} 分钟，${task.weight} 分`), timer.element);
    const section = element("section", "panel score-task", head);
    if (task.brief) section.append(element("p", "panel-body small", task.brief));
    for (const one of task.criteria) {
      const line = new CriterionLine(
        one,
        (value) => void this.tap("points", one.key, value),
        (value) => void this.tap("note", one.key, value),
      );
      this.lines.set(one.key, line);
      section.append(line.element);
    }
    section.append(element("div", "score-shots", shoot, shots));
    return section;
  }

  private async tap(kind: Kind, about: string, value: string): Promise<void> {
    if (this.closed()) return;
    if (kind !== "hand_in") this.sure = false;
    const { sheet, user } = this.data;
    await this.carrier.add({ id: uuid(), sheet, user, kind, about, value, at: Date.now(), state: "kept" });
  }

  private async shoot(about: string, file: File): Promise<void> {
    if (this.closed()) return;
    const { sheet, user } = this.data;
    const trouble = await keepFile(this.carrier, { sheet, user, about, at: Date.now() }, file);
    const shots = this.shots.get(about);
    if (trouble && shots) shots.textContent = trouble;
  }

  private async dropFiles(): Promise<void> {
    for (const tap of this.carrier.deeds.values())
      if (tap.kind === "evidence" && tap.state === "synced") await this.carrier.store.dropFile(tap.id);
  }

  /** Asked once more before it is done: nothing can be changed afterwards. */
  private async handIn(): Promise<void> {
    const open = this.unscored();
    if (open.length) {
      this.lines.get(open[0]!)?.element.scrollIntoView({ block: "center" });
      this.part("hand-in-words").textContent = `还有 ${open.length} 个评分点没有评。`;
      return;
    }
    if (this.sure) await this.tap("hand_in", "", "");
    this.sure = !this.sure;
    this.draw();
  }

  /** Everything tapped, here and elsewhere, refused taps apart, in order of time. */
  private taps(): Known[] {
    const here = [...this.carrier.deeds.values()].filter((one) => one.user === this.data.user);
    const known = new Set(here.map((one) => one.id));
    return [...this.data.taps.filter((one) => !known.has(one.id)), ...here.filter((one) => one.state !== "refused")].sort(
      (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
    );
  }

  private newest(kind: Kind): Map<string, string> {
    return new Map(this.taps().filter((one) => one.kind === kind).map((one) => [one.about, one.value]));
  }

  private seen(): string[] {
    return [...this.newest("fatal")].filter(([, value]) => value).map(([key]) => key);
  }

  private unscored(): string[] {
    if (this.seen().length) return [];
    const points = this.newest("points");
    return [...this.lines.keys()].filter((key) => !points.has(key));
  }

  private handedIn(): boolean {
    return this.newest("hand_in").size > 0;
  }

  private closed(): boolean {
    return this.data.closed !== "" || this.handedIn();
  }

  private draw(): void {
    const points = this.newest("points");
    const notes = this.newest("note");
    const seen = this.seen();
    const closed = this.closed();
    const reasons = this.reasons();
    for (const [key, line] of this.lines) line.show(points.get(key), notes.get(key), reasons.get(key) ?? "", closed);
    for (const [key, line] of this.fatal) line.show(seen.includes(key), closed);
    for (const [key, timer] of this.timers) timer.show(this.taps().filter((one) => one.about === key), closed);
    this.drawShots();
    const here = this.newest("here").size > 0;
    this.part<HTMLButtonElement>("here").hidden = here || closed;
    const total = [...points.values()].reduce((sum, one) => sum + Number(one), 0);
    this.part("total").textContent = `${Math.round(total * 100) / 100} 分`;
    this.part("scored").textContent = `已评 ${points.size} / ${this.lines.size}`;
    this.drawEnd(closed, reasons.get("hand_in") ?? "");
    drawState((name) => this.part(name), this.carrier, { none: "还没有评分" });
  }

  private drawEnd(closed: boolean, reason: string): void {
    const press = this.part<HTMLButtonElement>("hand-in");
    press.hidden = closed;
    press.textContent = this.sure ? "确认提交，不再修改" : "提交评分";
    const left = this.unscored().length;
    this.part("hand-in-words").textContent = this.data.closed
      ? this.data.closed
      : this.handedIn()
        ? "已提交，不能再改。"
        : reason
          ? `没有收下：${reason}`
          : this.sure
            ? "提交后不能再改，另一名考评员看不到您的评分。"
            : left
              ? `还有 ${left} 个评分点没有评。`
              : "全部评完，可以提交。";
  }

  /** Of what was refused, the reason of the newest about each thing. */
  private reasons(): Map<string, string> {
    const found = new Map<string, string>();
    for (const one of this.carrier.inOrder()) {
      const about = one.kind === "hand_in" ? "hand_in" : one.about;
      if (one.kind !== "points" && one.kind !== "note" && one.kind !== "hand_in") continue;
      if (one.state === "refused") found.set(about, one.reason ?? "");
      else found.delete(about);
    }
    return found;
  }

  private drawShots(): void {
    for (const [key, place] of this.shots) {
      const all = this.carrier.inOrder().filter((one) => one.kind === "evidence" && one.about === key);
      const known = this.data.taps.filter((one) => one.kind === "evidence" && one.about === key && !this.carrier.deeds.has(one.id));
      if (!all.length && !known.length) continue;
      const waits = all.filter((one) => one.state === "kept").length;
      const bad = all.find((one) => one.state === "refused");
      place.textContent =
        `取证 ${all.length + known.length} 份` +
        (waits ? `，${waits} 份在手机上等上传` : "，已上传") +
        (bad ? `；有一份没有收下：${bad.reason ?? ""}` : "");
    }
  }
}

async function begin(): Promise<void> {
  const root = document.querySelector<HTMLElement>("[data-sheet]");
  const data = document.getElementById("sheet-data")?.textContent;
  if (root && data) {
    await new Sheet(root, JSON.parse(data) as Data).start();
    return;
  }
  // On the list of turns: have every sheet ready before it is needed.
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  if (!desk) return;
  const { worker, user, pages } = desk.dataset;
  const wanted = (pages ?? "").split(" ").filter(Boolean);
  const kept = await keep(worker ?? "", wanted, Number(user), SHELF.name);
  for (const one of document.querySelectorAll<HTMLElement>("[data-kept]")) one.hidden = !kept;
}

void begin();
