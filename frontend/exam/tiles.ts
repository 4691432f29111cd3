// The numbers of the questions, each with its mark, and how many there are of each mark.
import { el, icon, part } from "./dom";
import type { Sender } from "./sender";
import type { Sheet } from "./sheet";
import type { Item, Paper, Status } from "./types";
import { say } from "./words";

const NEARBY = 14; // tiles of the strip on a phone

interface Section {
  name: string;
  from: number;
  items: Item[];
}

const SIGNS: Record<Status, string> = { saved: "check", saving: "loader-2", local: "device-floppy", blank: "" };

export class Tiles {
  private readonly sections: Section[];
  private drawn = "";

  constructor(
    private readonly paper: Paper,
    private readonly sheet: Sheet,
    private readonly sender: Sender,
  ) {
    this.sections = sections(paper);
  }

  /** Draws when something changed: a tile that has the focus keeps it meanwhile. */
  draw(current: number): void {
    const marks = this.paper.items.map(({ place }) => [this.sheet.status(place, this.sender.failing), this.sheet.of(place).flagged]);
    const now = `${current} ${marks.join(" ")}`;
    if (now === this.drawn) return;
    this.drawn = now;
    const groups = this.sections.map((section) => this.section(section, current));
    part("tiles").replaceChildren(...groups);
    const { items } = this.paper;
    const first = Math.max(Math.min(current - 7, items.length - NEARBY), 0);
    const near = items.slice(first, first + NEARBY).map((_, index) => this.tile(first + index, current));
    part("nearby").replaceChildren(...near);
    this.counts();
  }

  private section({ name, from, items }: Section, current: number): HTMLElement {
    const last = from + items.length;
    const range = items.length > 1 ? `${from + 1}–${last}` : String(last);
    const worth = new Set(items.map((item) => item.points ?? ""));
    const [points] = worth;
    const each = worth.size === 1 && points ? say(items.length > 1 ? "range_points" : "one_points", { range, points }) : range;
    const head = el("div", { class: "exam-group" }, el("h3", {}, name), el("span", { class: "muted push" }, each));
    const tiles = items.map((_, index) => this.tile(from + index, current));
    return el("div", {}, head, el("div", { class: "questions" }, ...tiles));
  }

  private tile(index: number, current: number): HTMLButtonElement {
    const { place } = this.paper.items[index]!;
    const { flagged } = this.sheet.of(place);
    const status = this.sheet.status(place, this.sender.failing);
    const state = { saved: say("saved", { time: "" }).trim(), saving: say("saving"), local: say("local"), blank: say("blank") };
    const word = flagged ? `${state[status]}，${say("tile_flagged")}` : state[status];
    const shown = flagged && status !== "local" ? "flag-filled" : SIGNS[status];
    return el(
      "button",
      {
        type: "button",
        class: "question-tile",
        "data-index": String(index),
        "data-state": status === "blank" ? undefined : status,
        "data-flagged": flagged && status !== "local",
        "aria-current": index === current ? "true" : undefined,
        "aria-label": say("tile", { number: index + 1, state: word }),
      },
      String(index + 1),
      shown ? icon(shown) : null,
    );
  }

  private counts(): void {
    const local = this.sheet.pending().length;
    const done = this.sheet.answered().length;
    const flagged = this.sheet.flagged().length;
    const blank = this.sheet.blank().length;
    part("answered").textContent = say("answered", { done, count: this.paper.items.length });
    part("counts").textContent = say("short_counts", { done, blank, flagged });
    const saved = this.sheet.saved().length;
    part("legend").replaceChildren(
      el("span", { class: "ok" }, icon("check"), say("count_saved", { count: saved })),
      el("span", { class: local ? "bad" : "muted" }, icon("device-floppy"), say("count_local", { count: local })),
      el("span", { class: "warn" }, icon("flag-filled"), say("count_flagged", { count: flagged })),
      el("span", { class: "muted" }, icon("square"), say("count_blank", { count: blank })),
    );
  }
}

/** Runs of the same kind; the questions of cases stand under one name. */
function sections(paper: Paper): Section[] {
  const found: Section[] = [];
  for (const [index, item] of paper.items.entries()) {
    const name = item.group ? say("cases") : paper.kinds[item.kind];
    const last = found[found.length - 1];
    if (last?.name === name) last.items.push(item);
    else found.push({ name, from: index, items: [item] });
  }
  return found;
}
