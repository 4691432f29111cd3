// What the page is given (see zhupei/exams/views/page.py) and what it keeps.

export type Kind = "single" | "multiple" | "judge";

export interface Item {
  /** Place in the sealed paper: the name of the item everywhere but on this screen. */
  place: number;
  kind: Kind;
  stem: string;
  /** Letter of the sealed paper, and text; in the order of this candidate. */
  options: [string, string][];
}

export type Stored = [place: number, choice: string, turn: number];

export interface Paper {
  attempt: number;
  items: Item[];
  kinds: Record<Kind, string>;
  points: string;
  now: number;
  closes: number;
  grace: number;
  hot: string;
  urls: { ticket: string; handIn: string; result: string };
  ticket: string;
  answers: Stored[];
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
