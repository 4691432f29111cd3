// The lines of a score sheet: a criterion with its big targets, a fatal error that asks twice.
import { button, element } from "../kept/dom";
import { Choices, Note, Reason } from "../kept/lines";
import type { Criterion } from "./types";

const MOST_BUTTONS = 21;
const LONGEST_NOTE = 300;

export class CriterionLine {
  readonly element = element("div", "kept-line");
  private readonly choices: Choices;
  private readonly typed = element("input", "form-control");
  private readonly note: Note;
  private readonly reason = new Reason();

  constructor(
    readonly one: Criterion,
    tap: (value: string) => void,
    note: (value: string) => void,
  ) {
    this.choices = new Choices(this.buttons(), tap, one.text);
    this.note = new Note("备注", LONGEST_NOTE, note);
    this.element.append(element("div", "score-head", element("b", "", one.text), element("span", "muted", `${one.weight} 分`)));
    if (one.guide) this.element.append(element("p", "small muted", one.guide));
    this.element.append(this.choices.element, this.note.element, this.reason.element);
    if (one.choices.length > MOST_BUTTONS) this.type(tap);
  }

  private buttons(): { value: string; word: string; small: string }[] {
    if (this.one.choices.length > MOST_BUTTONS) return [];
    return this.one.choices.map(({ points, word }) => ({ value: points, word: word || points, small: word && `${points} 分` }));
  }

  /** Where there are too many points for buttons, they are typed. */
  private type(tap: (value: string) => void): void {
    Object.assign(this.typed, { type: "number", min: "0", max: String(this.one.weight), step: this.one.step, inputMode: "decimal" });
    this.typed.setAttribute("aria-label", this.one.text);
    this.typed.addEventListener("change", () => this.typed.value !== "" && tap(this.typed.value));
    this.choices.element.append(this.typed);
  }

  show(points: string | undefined, note: string | undefined, reason: string, closed: boolean): void {
    this.choices.show((value) => points !== undefined && Number(value) === Number(points), closed);
    if (document.activeElement !== this.typed) this.typed.value = points ?? "";
    this.typed.disabled = closed;
    this.note.show(note, closed);
    this.reason.show(reason);
  }
}

export class FatalLine {
  readonly element = element("div", "kept-line");
  private readonly press: HTMLButtonElement;
  private readonly ask = element("div", "score-ask");
  private seen = false;

  constructor(
    private readonly text: string,
    tap: (value: string) => void,
  ) {
    this.press = button("kept-choice kept-bad", "没有出现", () => (this.seen ? tap("") : this.asking(true)));
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
