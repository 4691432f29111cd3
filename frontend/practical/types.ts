// What the page of a score sheet is given, and what an assessor's tap is.
import type { Deed, Shelf } from "../kept/store";

export type Kind = "here" | "points" | "note" | "fatal" | "begin" | "end" | "evidence" | "hand_in";

export interface Tap extends Deed {
  sheet: number;
  kind: Kind;
  about: string;
  value: string;
  file?: string; // the name of the picture or recording that waits for its upload
}

/** A tap the server has, perhaps from another phone. */
export type Known = Pick<Tap, "id" | "kind" | "about" | "value" | "at">;

export const SHELF: Shelf<Tap> = { name: "zhupei-practical", table: "taps", by: "sheet", files: true };

export interface Choice {
  points: string;
  word: string;
}

export interface Criterion {
  key: string;
  text: string;
  guide: string;
  weight: number;
  step: string;
  choices: Choice[];
}

export interface Task {
  key: string;
  title: string;
  brief: string;
  minutes: number;
  weight: number;
  criteria: Criterion[];
}

export interface Data {
  sheet: number;
  user: number;
  sync: string;
  page: string;
  worker: string;
  uploads: string;
  warn: number; // minutes before the end of a task
  closed: string; // why nothing can be tapped, or empty
  tasks: Task[];
  fatal: { key: string; text: string }[];
  taps: Known[];
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

export function button(className: string, words: string, press: () => void): HTMLButtonElement {
  const made = element("button", className, words);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
