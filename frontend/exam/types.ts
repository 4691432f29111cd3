// What the page is given (see zhupei/exams/views/page.py) and what it keeps.

export type Kind = "single" | "multiple" | "judge" | "blank" | "essay";

export interface Picture {
  src: string;
  alt: string;
}

/** The text that several questions share. */
export interface Case {
  /** Its name in the bank. */
  number: number;
  stem: string;
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
  /** What it is worth. */
  points?: string;
  /** How many gaps a fill-in has; those the stem does not show stand below it. */
  blanks?: number;
}

export type Stored = [place: number, choice: string, turn: number];

/** A rehearsal has a `start` of its own, and neither ticket nor result nor worker. */
export interface Urls {
  door: string;
  paper: string;
  ticket: string;
  result: string;
  worker: string;
  heard?: string;
  call?: string;
  start?: string;
}

export interface Paper {
  attempt: number;
  items: Item[];
  kinds: Record<Kind, string>;
  /** The longest written answer, in characters. */
  longest?: number;
  now: number;
  closes: number;
  grace: number;
  paused?: boolean;
  /** How many announcements there were. */
  notice?: number;
  hot: string;
  /** `worker` keeps the page; `heard` says what was announced; `call` raises a hand. */
  urls: Urls;
  /** The public key of the sitting, for a file of answers. */
  carry?: { sitting: number; key: string };
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
