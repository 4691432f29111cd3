// What forms are made of: big buttons of which one is chosen, a note, and a line of a check list.
import { button, element } from "./dom";
import { camera } from "./evidence";

export interface Choice {
  value: string;
  word: string;
  small?: string;
}

export class Choices {
  readonly element = element("div", "kept-choices");
  private readonly buttons: HTMLButtonElement[];

  constructor(choices: Choice[], chosen: (value: string) => void, label = "") {
    this.buttons = choices.map(({ value, word, small }) => {
      const made = button("kept-choice", word, () => chosen(value));
      if (small) made.append(element("small", "", small));
      made.dataset["value"] = value;
      return made;
    });
    this.element.append(...this.buttons);
    if (!label) return;
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", label);
  }

  show(chosen: (value: string) => boolean, closed: boolean): void {
    for (const one of this.buttons) {
      one.setAttribute("aria-pressed", String(chosen(one.dataset["value"] ?? "")));
      one.disabled = closed;
    }
  }
}

export class Note {
  readonly element: HTMLLabelElement;
  private readonly input: HTMLInputElement | HTMLTextAreaElement;

  /** ``rows``: of one that takes more than a line. */
  constructor(label: string, longest: number, noted: (value: string) => void, rows = 1) {
    this.input = rows > 1 ? element("textarea", "form-control") : element("input", "form-control");
    Object.assign(this.input, rows > 1 ? { maxLength: longest, rows } : { maxLength: longest, type: "text" });
    this.input.addEventListener("change", () => noted(this.input.value.trim()));
    this.element = element("label", "kept-note", element("span", "", label), this.input);
  }

  show(value: string | undefined, closed: boolean): void {
    if (document.activeElement !== this.input) this.input.value = value ?? "";
    this.input.disabled = closed;
  }
}

/** Why something was not taken, beside it. */
export class Reason {
  readonly element = element("p", "small kept-reason");

  constructor() {
    this.element.setAttribute("role", "alert");
  }

  show(reason: string): void {
    this.element.textContent = reason ? `没有收下：${reason}` : "";
    this.element.hidden = !reason;
  }
}

export interface Item {
  key: string;
  text: string;
  law: string;
}

/** How the lines of one check list are answered; ``grades``: how bad what is not as it should be is. */
export interface Scale {
  answers: Choice[];
  grades?: Choice[];
  note: string;
  longest: number;
  rows?: number;
  bad: string;
}

export interface Told {
  answer: (value: string) => void;
  grade?: (value: string) => void;
  note: (value: string) => void;
  shot: (file: File) => void;
}

export interface Standing {
  answer: string | undefined;
  grade?: string | undefined;
  note: string | undefined;
  shots: string;
  reason: string;
  closed: boolean;
}

export class ItemLine {
  readonly element: HTMLFieldSetElement;
  private readonly answers: Choices;
  private readonly grades: Choices | undefined;
  private readonly note: Note;
  private readonly shots = element("p", "small muted");
  private readonly reason = new Reason();
  private readonly tools: HTMLElement;

  constructor(
    item: Item,
    private readonly scale: Scale,
    told: Told,
  ) {
    this.answers = new Choices(scale.answers, told.answer);
    if (scale.grades && told.grade) this.grades = new Choices(scale.grades, told.grade, "轻重");
    this.note = new Note(scale.note, scale.longest, told.note, scale.rows);
    this.shots.setAttribute("role", "status");
    this.tools = element("div", "kept-tools", camera("拍照", told.shot, "image/*"), this.shots);
    const legend = element("legend", "", item.text, " ", element("span", "muted small", item.law));
    this.element = element("fieldset", "kept-line", legend, this.answers.element);
    if (this.grades) this.element.append(this.grades.element);
    this.element.append(this.note.element, this.tools, this.reason.element);
  }

  show(said: Standing): void {
    this.answers.show((value) => value === said.answer, said.closed);
    this.grades?.show((value) => value === said.grade, said.closed);
    this.note.show(said.note, said.closed);
    this.shots.textContent = said.shots;
    this.reason.show(said.reason);
    // What is as it should be needs no words and no picture, until somebody has some.
    const bad = said.answer === this.scale.bad;
    const more = bad || Boolean(said.note) || Boolean(said.shots);
    if (this.grades) this.grades.element.hidden = !bad;
    this.note.element.hidden = !more;
    this.tools.hidden = !more || (said.closed && !said.shots);
  }
}
