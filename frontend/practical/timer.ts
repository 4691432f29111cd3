// The time of one task: started and stopped by the assessor, every press is a tap on record.
// Nothing stops by itself at the end: the assessor decides, the page only says so.
import { button, element } from "../kept/dom";
import type { Known } from "../kept/form";
import type { Task } from "./types";

const SECOND = 1000;
const MINUTE = 60;

export class Timer {
  readonly element = element("div", "score-timer");
  private readonly clock = element("span", "score-clock");
  private readonly said = element("span", "unseen");
  private readonly press: HTMLButtonElement;
  private taps: Known[] = [];
  private announced = "";

  constructor(
    private readonly task: Task,
    private readonly warn: number,
    tap: (kind: "begin" | "end") => void,
  ) {
    this.said.setAttribute("role", "status");
    this.press = button("btn", "开始计时", () => tap(this.running() ? "end" : "begin"));
    this.element.append(this.clock, this.press, this.said);
    setInterval(() => this.tick(), SECOND);
  }

  show(taps: Known[], closed: boolean): void {
    this.taps = taps.filter((one) => one.kind === "begin" || one.kind === "end");
    this.press.textContent = this.running() ? "停止计时" : this.taps.length ? "继续计时" : "开始计时";
    this.press.setAttribute("aria-label", `${this.task.title}：${this.press.textContent}`);
    this.press.disabled = closed;
    this.tick();
  }

  private running(): boolean {
    return this.taps.at(-1)?.kind === "begin";
  }

  /** Seconds between every start and the stop after it. */
  private spent(): number {
    let spent = 0;
    let since: number | undefined;
    for (const tap of this.taps) {
      if (tap.kind === "begin") since ??= tap.at;
      else if (since !== undefined) {
        spent += tap.at - since;
        since = undefined;
      }
    }
    if (since !== undefined) spent += Date.now() - since;
    return Math.floor(spent / SECOND);
  }

  private tick(): void {
    const left = this.task.minutes * MINUTE - this.spent();
    const sign = left < 0 ? "超 " : "剩 ";
    const seconds = Math.abs(left);
    this.clock.textContent = `${sign}${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;
    const state = left <= 0 ? "over" : left <= this.warn * MINUTE ? "warn" : "";
    this.clock.dataset["state"] = this.taps.length ? state : "";
    if (this.running() && state !== this.announced) this.announce(state);
  }

  private announce(state: string): void {
    this.announced = state;
    if (!state) return;
    this.said.textContent =
      state === "over" ? `${this.task.title}：时间到` : `${this.task.title}：还剩 ${this.warn} 分钟`;
    navigator.vibrate?.(state === "over" ? [300, 150, 300] : 200);
  }
}
