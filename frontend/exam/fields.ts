// How a question of each kind is answered on the screen: what is drawn, and the answer it gives.
// How an answer is written is told in zhupei/questions/rules.py.
import { el } from "./dom";
import { surplus } from "./surplus";
import type { Item } from "./types";
import { say } from "./words";

export const LETTERS = "ABCDEFGH";
export const LONGEST = 2_000; // characters of a written answer, unless the paper says otherwise
const LONGEST_BLANK = 100;
const GAP = /[_＿]{2,}/g;
const BRACKETS = /[（(][\s　]*[)）]|【[\s　]*】/g; // where no gap is drawn

export interface Hearer {
  /** `typing`: more is likely to follow at once. */
  answered(item: Item, answer: string, typing: boolean): void;
}

export interface Drawn {
  /** What is asked, as the group of fields is called by a screen reader. */
  legend: string;
  stem: (Node | string)[];
  field: HTMLElement[];
}

export function draw(item: Item, answer: string, longest: number, hearer: Hearer): Drawn {
  if (item.kind === "blank") return blanks(item, answer, hearer);
  if (item.kind === "essay") return essay(item, answer, longest, hearer);
  return { legend: item.stem, stem: [item.stem], field: choices(item, answer, hearer) };
}

// ── Letters ──────────────────────────────────────────────────────────────────────────────────

function choices(item: Item, answer: string, hearer: Hearer): HTMLElement[] {
  const type = item.kind === "multiple" ? "checkbox" : "radio";
  const inputs = item.options.map(([letter]) =>
    el("input", { type, name: "choice", value: letter, checked: answer.includes(letter) }),
  );
  const told = () => {
    const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
    hearer.answered(item, ticked.sort().join(""), false);
  };
  return item.options.map(([, text], index) => {
    const input = inputs[index]!;
    input.addEventListener("change", told);
    return el("label", { class: "choice" }, input, el("b", {}, LETTERS[index]), el("span", { dir: "auto" }, text));
  });
}

// ── Gaps ─────────────────────────────────────────────────────────────────────────────────────

/** The stem cut at its gaps: one more part than there are gaps. */
export function cut(stem: string): string[] {
  const parts = stem.split(GAP);
  return parts.length > 1 ? parts : stem.split(BRACKETS);
}

/** The texts of an answer; one that is no list of texts has none. */
export function readBlanks(answer: string): string[] {
  try {
    const texts: unknown = JSON.parse(answer);
    return Array.isArray(texts) ? texts.filter((text): text is string => typeof text === "string") : [];
  } catch {
    return [];
  }
}

export function writeBlanks(texts: string[]): string {
  return texts.some(Boolean) ? JSON.stringify(texts) : "";
}

function blanks(item: Item, answer: string, hearer: Hearer): Drawn {
  const parts = cut(item.stem);
  const shown = parts.length - 1;
  const texts = readBlanks(answer);
  const told = () => hearer.answered(item, writeBlanks(inputs.map((input) => clean(input.value))), true);
  const known = Math.max(item.blanks ?? 0, shown);
  const count = known || Math.max(texts.length, 1);
  const inputs = Array.from({ length: count }, (_, index) => gap(index, count, texts[index] ?? ""));
  for (const input of inputs) listen(input, told);
  const stem = parts.flatMap((part, index) => (index ? [inputs[index - 1]!, part] : [part]));
  const legend = parts.map((part, index) => (index ? say("gap", { number: index }) : "") + part).join("");
  const below: HTMLElement[] = inputs.slice(shown).map((input, index) => line(input, shown + index));
  if (!known) below.push(another(inputs, told));
  return { legend, stem, field: below };
}

function line(input: HTMLInputElement, index: number): HTMLElement {
  return el("label", { class: "exam-gap-line" }, el("b", {}, say("gap", { number: index + 1 })), input);
}

/** A stem that draws no gap does not say how many there are. */
function another(inputs: HTMLInputElement[], told: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "btn btn-small exam-another" }, say("another_gap"));
  button.addEventListener("click", () => {
    const input = gap(inputs.length, inputs.length + 1, "");
    listen(input, told);
    button.before(line(input, inputs.push(input) - 1));
    input.focus();
  });
  return button;
}

function gap(index: number, count: number, text: string): HTMLInputElement {
  const input = el("input", {
    type: "text",
    class: "exam-gap",
    dir: "auto",
    maxlength: String(LONGEST_BLANK),
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": say("gap_of", { number: index + 1, count }),
  });
  input.value = text;
  const grow = () => input.setAttribute("size", String(Math.min(Math.max(wide(input.value), 8), 32)));
  input.addEventListener("input", grow);
  grow();
  return input;
}

/** How many half-width characters a text takes. */
function wide(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2E7F" ? 2 : 1), 1);
}

// ── Written answers ──────────────────────────────────────────────────────────────────────────

function essay(item: Item, answer: string, longest: number, hearer: Hearer): Drawn {
  const text = el("textarea", {
    class: "exam-essay",
    dir: "auto",
    maxlength: String(longest),
    autocomplete: "off",
    "aria-labelledby": "stem",
    "aria-describedby": "exam-count",
  });
  text.value = answer;
  const count = el("p", { class: "exam-count", id: "exam-count" });
  const tell = () => {
    const left = longest - text.value.length;
    count.textContent = say("written", { count: letters(text.value), longest });
    count.classList.toggle("warn", left <= 0);
    if (left <= 0) count.append(el("b", {}, say("written_full")));
  };
  const told = () => {
    tell();
    hearer.answered(item, clean(text.value), true);
  };
  listen(text, told);
  tell();
  return { legend: item.stem, stem: [item.stem], field: [text, count, surplus(item.place, text, longest, told)] };
}

/** Characters without blanks, as a reader counts them. */
export function letters(text: string): number {
  return [...text.replace(/\s/g, "")].length;
}

/** Hears what was written, but not the letters of a word that an input method has not made yet. */
function listen(field: HTMLInputElement | HTMLTextAreaElement, told: () => void): void {
  field.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) told();
  });
  field.addEventListener("compositionend", told);
  field.addEventListener("change", told);
}

/** Text the server can keep: no zeros, no halves of a pair. */
function clean(text: string): string {
  return text.replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "$1");
}
