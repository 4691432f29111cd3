// What the page of a score sheet is given.
import type { FormData } from "../kept/form";

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

export interface Data extends FormData {
  warn: number; // minutes before the end of a task
  tasks: Task[];
  fatal: { key: string; text: string }[];
}
