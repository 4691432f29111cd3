// What the page is given (see zhupei/exams/views/page.py) and what it keeps.

export type Kind = "single" | "multiple" | "judge" | "blank" | "essay";

export interface Picture {
  src: string;
  alt: string;
}

/** The text that several questions share. */
export interface Case {
  number: number;
  text: string;
  pictures?: Picture[];
}

export interface Item {
  /** Place in the sealed paper: the name of the item everywhere but on this screen. */
  place: number;
  kind: Kind;
  stem: string;
  /** Letter of the sealed paper, and text; in the order of this candidate. */
  options: [string, string][];
  pictures?: Picture[];
  group?: Case | null;
  /** What it is worth; absent where all are worth the same. */
  points?: string;
  /** How many gaps a fill-in has; those the stem does not show stand below it. */
  blanks?: number;
}

export type Stored = [place: number, choice: string, turn: number];

export interface Paper {
  attempt: number;
  items: Item[];
  kinds: Record<Kind, string>;
  points?: string;
  /** The longest written answer, in characters. */
  longest?: number;
  now: number;
  closes: number;
  grace: number;
  paused?: boolean;
  hot: string;
  urls: { ticket: string; handIn: string; result: string };
  ticket: string;
  answers: Stored[];
  /** Nobody marks it and nothing is kept by the site. */
  rehearsal?: boolean;
}

/** One item as this browser knows it. `acked` is the newest turn the server has confirmed. */
export interface Mark {
  attempt: number;
  place: number;
  choice: string;
  turn: number;
  acked: number;
  ackedAt: number;
  flagged: boolean;
}

export type Status = "blank" | "saved" | "saving" | "local";
export type Network = "online" | "slow" | "offline";
