// A score sheet on an assessor's phone: tasks with their time and criteria, fatal errors, evidence.
import "./practical.css";
import { element } from "../kept/dom";
import { camera } from "../kept/evidence";
import { begin, Form, type Gap } from "../kept/form";
import { CriterionLine, FatalLine } from "./lines";
import { Timer } from "./timer";
import type { Data, Task } from "./types";

const SHELF = { name: "zhupei-practical", table: "taps", by: "sheet", files: true } as const;

class Sheet extends Form<Data> {
  private readonly lines = new Map<string, CriterionLine>();
  private readonly fatal = new Map<string, FatalLine>();
  private readonly timers = new Map<string, Timer>();
  private readonly places = new Map<string, HTMLElement>();

  constructor(root: HTMLElement, data: Data) {
    const files = { kind: "evidence", noun: "取证", unit: "份" };
    super(root, data, { shelf: SHELF, files, none: "还没有评分", submit: "提交评分", complete: "全部评完，可以提交。" });
  }

  protected build(): void {
    this.data.tasks.forEach((task, n) => this.part("tasks").append(this.task(task, n + 1)));
    for (const { key, text } of this.data.fatal) {
      const line = new FatalLine(text, (value) => void this.do("fatal", key, value));
      this.fatal.set(key, line);
      this.part("fatal").append(line.element);
    }
    this.part("here").addEventListener("click", () => void this.do("here"));
  }

  private task(task: Task, number: number): HTMLElement {
    const timer = new Timer(task, this.data.warn, (kind) => void this.do(kind, task.key));
    this.timers.set(task.key, timer);
    const shots = element("p", "small muted");
    shots.setAttribute("role", "status");
    this.places.set(task.key, shots);
    const head = element("div", "panel-head", element("h2", "", `${number}. ${task.title}`));
    head.append(element("span", "muted small", `${task.minutes} 分钟，${task.weight} 分`), timer.element);
    const section = element("section", "panel score-task", head);
    if (task.brief) section.append(element("p", "panel-body small", task.brief));
    for (const one of task.criteria) {
      const line = new CriterionLine(
        one,
        (value) => void this.do("points", one.key, value),
        (value) => void this.do("note", one.key, value),
      );
      this.lines.set(one.key, line);
      section.append(line.element);
    }
    const shoot = camera("拍照或录像取证", (file) => void this.picture(task.key, file));
    section.append(element("div", "kept-line kept-tools", shoot, shots));
    return section;
  }

  private async picture(about: string, file: File): Promise<void> {
    const trouble = await this.shoot(about, file);
    const place = this.places.get(about);
    if (trouble && place) place.textContent = trouble;
  }

  private seen(): string[] {
    return [...this.newest("fatal")].filter(([, value]) => value).map(([key]) => key);
  }

  protected gap(): Gap | undefined {
    if (this.seen().length) return undefined;
    const points = this.newest("points");
    const open = [...this.lines.keys()].filter((key) => !points.has(key));
    return open.length ? { words: `还有 ${open.length} 个评分点没有评。`, place: this.lines.get(open[0]!)?.element } : undefined;
  }

  protected warning(): string {
    return "提交后不能再改，另一名考评员看不到您的评分。";
  }

  protected show(closed: boolean, reasons: Map<string, string>): void {
    const [points, notes, seen] = [this.newest("points"), this.newest("note"), this.seen()];
    for (const [key, line] of this.lines) line.show(points.get(key), notes.get(key), reasons.get(key) ?? "", closed);
    for (const [key, line] of this.fatal) line.show(seen.includes(key), closed);
    for (const [key, timer] of this.timers) timer.show(this.deeds().filter((one) => one.about === key), closed);
    for (const [key, place] of this.places) place.textContent = this.shots(key) || place.textContent;
    this.part("pad").hidden = this.over();
    this.part("bar").hidden = this.over() && this.untouched();
    this.part("here").hidden = this.newest("here").size > 0 || closed;
    const total = [...points.values()].reduce((sum, one) => sum + Number(one), 0);
    this.part("total").textContent = `${Math.round(total * 100) / 100} 分`;
    this.part("scored").textContent = `已评 ${points.size} / ${this.lines.size}`;
  }
}

void begin(SHELF, Sheet);
