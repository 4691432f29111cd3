// The lines of a score sheet: a criterion with its big targets, a fatal error that asks twice.
import { button, element, type Criterion } from "./types";

const MOST_BUTTONS = 21;

export class CriterionLine {
  readonly element = element("div", "score-line");
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly typed = element("input", "form-control");
  private readonly note = element("input", "form-control");
  private readonly reason = element("p", "score-reason");

  constructor(
    readonly one: Criterion,
    tap: (value: string) => void,
    note: (value: string) => void,
  ) {
    const head = element("div", "score-head", element("b", "", one.text), element("span", "muted", `${one.weight} 分`));
    const id = `line-${one.key}`;
    this.element.id = id;
    this.element.append(head);
    if (one.guide) this.element.append(element("p", "small muted", one.guide));
    this.element.append(this.choices(tap), this.noteField(note), this.reason);
    this.reason.setAttribute("role", "status");
  }

  private choices(tap: (value: string) => void): HTMLElement {
    const group = element("div", "score-choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.one.text);
    if (this.one.choices.length > MOST_BUTTONS) {
      Object.assign(this.typed, { type: "number", min: "0", max: String(this.one.weight), step: this.one.step, inputMode: "decimal" });
      this.typed.setAttribute("aria-label", this.one.text);
      this.typed.addEventListener("change", () => this.typed.value !== "" && tap(this.typed.value));
      group.append(this.typed);
      return group;
    }
    for (const { points, word } of this.one.choices) {
      const made = button("score-choice", "", () => tap(points));
      if (word) made.append(word, element("small", "", `${points} 分`));
      else made.append(points);
      this.buttons.set(points, made);
      group.append(made);
    }
    return group;
  }

  private noteField(note: (value: string) => void): HTMLElement {
    const label = element("label", "score-note", element("span", "", "备注"), this.note);
    this.note.maxLength = 300;
    this.note.addEventListener("change", () => note(this.note.value.trim()));
    return label;
  }

  show(points: string | undefined, note: string | undefined, reason: string, closed: boolean): void {
    for (const [value, made] of this.buttons) {
      made.setAttribute("aria-pressed", String(Number(value) === Number(points) && points !== undefined));
      made.disabled = closed;
    }
    if (document.activeElement !== this.typed) this.typed.value = points ?? "";
    if (document.activeElement !== this.note) this.note.value = note ?? "";
    this.typed.disabled = this.note.disabled = closed;
    this.element.dataset["scored"] = String(points !== undefined);
    this.reason.textContent = reason ? `没有收下：${reason}` : "";
  }
}

export class FatalLine {
  readonly element = element("div", "score-fatal");
  private readonly press: HTMLButtonElement;
  private readonly ask = element("div", "score-ask");
  private seen = false;

  constructor(
    private readonly text: string,
    tap: (value: string) => void,
  ) {
    this.press = button("score-choice", "没有出现", () => (this.seen ? tap("") : this.asking(true)));
    const sure = button("btn btn-danger", "确认出现：本次实操不合格", () => {
      this.asking(false);
      tap("yes");
    });
    this.ask.append(element("p", "", `您看到“${text}”，确认吗？`), sure, button("btn", "没有出现", () => this.asking(false)));
    this.ask.hidden = true;
    this.ask.setAttribute("role", "group");
    this.element.append(element("b", "", text), this.press, this.ask);
  }

  private asking(open: boolean): void {
    this.ask.hidden = !open;
    if (open) this.ask.querySelector("button")?.focus();
  }

  show(seen: boolean, closed: boolean): void {
    this.seen = seen;
    this.press.textContent = seen ? "已认定出现（点此撤回）" : "没有出现";
    this.press.setAttribute("aria-label", `${this.text}：${this.press.textContent}`);
    this.press.setAttribute("aria-pressed", String(seen));
    this.press.disabled = closed;
    if (closed) this.ask.hidden = true;
  }
}
