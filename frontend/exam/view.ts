// The exam on the screen. It reads the sheet and draws; what the candidate does it tells main.ts.
import type { Clock } from "./clock";
import { minutes } from "./clock";
import { el, icon, part } from "./dom";
import type { Sender } from "./sender";
import type { Sheet } from "./sheet";
import type { Item, Paper, Status } from "./types";
import { say } from "./words";

const LETTERS = "ABCDEFGH";
const NEARBY = 14; // tiles of the strip on a phone
const ANNOUNCED = [30, 10, 5, 1]; // minutes left
const AFRESH = 10_000; // milliseconds in which an announcement is still true
const SHORT = 5 * 60_000;

const STATES = {
  saved: ["ok", "circle-check"],
  saving: ["info", "loader-2"],
  local: ["bad", "device-floppy"],
  blank: ["", "circle"],
} as const;

export class View {
  current = 0;
  private readonly announced = new Set<number>();

  constructor(
    private readonly paper: Paper,
    private readonly sheet: Sheet,
    private readonly sender: Sender,
    private readonly clock: Clock,
    private readonly choose: (item: Item, choice: string) => void,
  ) {}

  get item(): Item {
    const item = this.paper.items[this.current];
    if (!item) throw new Error(`no item ${this.current} of ${this.paper.items.length}`);
    return item;
  }

  /** Turn to an item and draw it anew. */
  show(index: number): void {
    this.current = Math.min(Math.max(index, 0), this.paper.items.length - 1);
    const { item } = this;
    part("kind").textContent = this.paper.kinds[item.kind];
    part("number").textContent = say("question", { number: this.current + 1 });
    part("of").textContent = say("of", { count: this.paper.items.length });
    part("points").textContent = say("points", { points: this.paper.points });
    part("stem").textContent = item.stem;
    part("choices").replaceChildren(...this.choices(item));
    part("place").textContent = `${this.current + 1} / ${this.paper.items.length}`;
    part<HTMLButtonElement>("previous").disabled = this.current === 0;
    part<HTMLButtonElement>("next").disabled = this.current === this.paper.items.length - 1;
    part("main").scrollTop = 0;
    this.refresh();
  }

  /** Draw what changes while an item stays: its state, the tiles, the network. */
  refresh(): void {
    this.drawSaved();
    this.drawFlag();
    this.drawTiles();
    this.drawNetwork();
    this.drawCounts();
  }

  tick(): void {
    const left = this.clock.left();
    const clock = part("clock");
    clock.textContent = minutes(left);
    clock.classList.toggle("exam-clock-short", left < SHORT);
    for (const at of ANNOUNCED) {
      const since = at * 60_000 - left;
      if (since < 0 || since > AFRESH || this.announced.has(at)) continue;
      this.announced.add(at);
      part("aloud").textContent = say("minutes_left", { minutes: at });
    }
  }

  /** Nothing more can be changed. */
  lock(locked: boolean): void {
    part("exam").classList.toggle("exam-locked", locked);
    for (const field of document.querySelectorAll<HTMLFieldSetElement>("[data-part=choices], [data-part=question]")) {
      field.toggleAttribute("disabled", locked);
    }
  }

  private choices(item: Item): HTMLElement[] {
    const { choice } = this.sheet.of(item.place);
    const type = item.kind === "multiple" ? "checkbox" : "radio";
    return item.options.map(([letter, text], index) => {
      const input = el("input", { type, name: "choice", value: letter, checked: choice.includes(letter) });
      input.addEventListener("change", () => this.choose(item, this.chosen()));
      return el("label", { class: "choice" }, input, el("b", {}, LETTERS[index]), el("span", {}, text));
    });
  }

  /** The letters of the sealed paper that are ticked now, sorted. */
  private chosen(): string {
    const ticked = part("choices").querySelectorAll<HTMLInputElement>("input:checked");
    return [...ticked].map((input) => input.value).sort().join("");
  }

  /** Tick the option at this place, as a press of its letter does. */
  press(index: number): void {
    const input = part("choices").querySelectorAll("input")[index];
    if (!input || part("choices").hasAttribute("disabled")) return;
    input.focus();
    input.click();
  }

  private drawSaved(): void {
    const { item } = this;
    const mark = this.sheet.of(item.place);
    const status = this.sheet.status(item.place, this.sender.failing);
    const time = new Date(mark.ackedAt).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
    const word = status === "saved" && !mark.ackedAt ? say("saved", { time: "" }).trim() : say(status, { time });
    const [tone, name] = STATES[status];
    const state = el("span", { class: tone ? `state state-${tone}` : "state" }, icon(name), word);
    part("saved").replaceChildren(state, el("span", {}, this.sentence(item, status)));
  }

  private sentence(item: Item, status: Status): string {
    if (status === "blank") return say(`${item.kind}_hint`);
    const { choice } = this.sheet.of(item.place);
    const shown = item.options.flatMap(([letter], index) => (choice.includes(letter) ? LETTERS[index] : []));
    const letters = shown.join("、") || "—";
    return say({ saved: "chosen", saving: "chosen_saving", local: "chosen_local" }[status], { letters });
  }

  private drawFlag(): void {
    const { flagged } = this.sheet.of(this.item.place);
    const button = part("flag");
    button.replaceChildren(icon(flagged ? "flag-filled" : "flag"), say(flagged ? "unflag" : "flag"));
    button.setAttribute("aria-pressed", String(flagged));
  }

  private drawTiles(): void {
    const { items } = this.paper;
    const groups = Object.entries(this.paper.kinds).map(([kind, name]) => {
      const places = items.flatMap((item, index) => (item.kind === kind ? [index] : []));
      if (!places.length) return null;
      const range = `${places[0]! + 1}–${places[places.length - 1]! + 1}`;
      const head = el("div", { class: "exam-group" }, el("b", {}, name), el("span", { class: "muted push" }, range));
      return el("div", {}, head, el("div", { class: "questions" }, ...places.map((index) => this.tile(index))));
    });
    part("tiles").replaceChildren(...groups.filter((group): group is HTMLDivElement => group !== null));
    const first = Math.max(Math.min(this.current - 7, items.length - NEARBY), 0);
    const near = items.slice(first, first + NEARBY).map((_, index) => this.tile(first + index));
    part("nearby").replaceChildren(...near);
  }

  private tile(index: number): HTMLButtonElement {
    const { place } = this.paper.items[index]!;
    const { flagged } = this.sheet.of(place);
    const status = this.sheet.status(place, this.sender.failing);
    const state = { saved: say("saved", { time: "" }).trim(), saving: say("saving"), local: say("local"), blank: say("blank") };
    const word = flagged ? `${state[status]}，${say("tile_flagged")}` : state[status];
    const sign = { saved: "check", saving: "loader-2", local: "device-floppy", blank: "" }[status];
    const shown = flagged && status !== "local" ? "flag-filled" : sign;
    const tile = el(
      "button",
      {
        type: "button",
        class: "question-tile",
        "data-index": String(index),
        "data-state": status === "blank" ? undefined : status,
        "data-flagged": flagged && status !== "local",
        "aria-current": index === this.current ? "true" : undefined,
        "aria-label": say("tile", { number: index + 1, state: word }),
      },
      String(index + 1),
      shown ? icon(shown) : null,
    );
    return tile;
  }

  private drawNetwork(): void {
    const { network } = this.sender;
    const [tone, name] = { online: ["ok", "wifi"], slow: ["warn", "refresh"], offline: ["bad", "wifi-off"] }[network];
    const state = part("network");
    state.className = `state state-${tone}`;
    if (state.dataset["network"] === network) return;
    state.dataset["network"] = network;
    state.replaceChildren(icon(name!), say(network));
  }

  private drawCounts(): void {
    const local = this.sheet.pending().length;
    const done = this.sheet.answered().length;
    const flagged = this.sheet.flagged().length;
    const blank = this.sheet.blank().length;
    part("answered").textContent = say("answered", { done, count: this.paper.items.length });
    part("counts").textContent = say("short_counts", { done, blank, flagged });
    const saved = this.paper.items.filter((item) => this.sheet.status(item.place, true) === "saved").length;
    part("legend").replaceChildren(
      el("span", { class: "ok" }, icon("check"), say("count_saved", { count: saved })),
      el("span", { class: local ? "bad" : "muted" }, icon("device-floppy"), say("count_local", { count: local })),
      el("span", { class: "warn" }, icon("flag-filled"), say("count_flagged", { count: flagged })),
      el("span", { class: "muted" }, icon("square"), say("count_blank", { count: blank })),
    );
  }
}
