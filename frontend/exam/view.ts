// The exam on the screen. It reads the sheet and draws; what the candidate does it tells main.ts.
import type { Clock } from "./clock";
import { minutes } from "./clock";
import { el, icon, part } from "./dom";
import { draw, letters, LETTERS, LONGEST, readBlanks, type Hearer } from "./fields";
import { figures } from "./pictures";
import type { Sender } from "./sender";
import type { Sheet } from "./sheet";
import { Tiles } from "./tiles";
import type { Item, Paper, Status } from "./types";
import { say } from "./words";

const ANNOUNCED = [30, 10, 5, 1]; // minutes left
const AFRESH = 10_000; // milliseconds in which an announcement is still true
const SHORT = 5 * 60_000;
const BEIJING = { hour12: false, timeZone: "Asia/Shanghai" } as const;

const STATES = {
  saved: ["ok", "circle-check"],
  saving: ["info", "loader-2"],
  local: ["bad", "device-floppy"],
  blank: ["", "circle"],
} as const;

export class View {
  current = 0;
  private readonly tiles: Tiles;
  private readonly announced = new Set<number>();
  /** The cases in the order in which this candidate meets them. */
  private readonly cases: number[];

  constructor(
    private readonly paper: Paper,
    private readonly sheet: Sheet,
    private readonly sender: Sender,
    private readonly clock: Clock,
    private readonly hearer: Hearer,
  ) {
    this.tiles = new Tiles(paper, sheet, sender);
    this.cases = [...new Set(paper.items.flatMap(({ group }) => (group ? [group.number] : [])))];
  }

  get item(): Item {
    const item = this.paper.items[this.current];
    if (!item) throw new Error(`no item ${this.current} of ${this.paper.items.length}`);
    return item;
  }

  /** Turn to an item and draw it anew. `read`: the focus goes to the question, to be read aloud. */
  show(index: number, read = false): void {
    this.current = Math.min(Math.max(index, 0), this.paper.items.length - 1);
    const { item } = this;
    const points = item.points ?? "";
    part("kind").textContent = this.paper.kinds[item.kind];
    part("number").textContent = say("question", { number: this.current + 1 });
    part("of").textContent = say("of", { count: this.paper.items.length });
    part("points").textContent = points && say("points", { points });
    part("place").textContent = `${this.current + 1} / ${this.paper.items.length}`;
    part<HTMLButtonElement>("previous").disabled = this.current === 0;
    part<HTMLButtonElement>("next").disabled = this.current === this.paper.items.length - 1;
    this.drawCase(item);
    this.drawQuestion(item);
    part("main").scrollTop = 0;
    if (read) part("number").focus({ preventScroll: true });
    this.refresh();
  }

  /** Draw what changes while an item stays: its state, the tiles, the network. */
  refresh(): void {
    this.drawSaved();
    this.drawFlag();
    this.drawNetwork();
    this.tiles.draw(this.current);
  }

  tick(): void {
    const left = this.clock.left();
    const clock = part("clock");
    clock.textContent = minutes(left);
    clock.classList.toggle("exam-clock-short", left < SHORT);
    part("until").textContent = say("until", { time: this.clock.end().toLocaleTimeString("zh-CN", { ...BEIJING, hour: "2-digit", minute: "2-digit" }) });
    if (this.clock.paused) return;
    for (const at of ANNOUNCED) {
      const since = at * 60_000 - left;
      if (since < 0 || since > AFRESH || this.announced.has(at)) continue;
      this.announced.add(at);
      this.aloud(say("minutes_left", { minutes: at }));
    }
  }

  /** Said by a screen reader at once. */
  aloud(sentence: string): void {
    part("aloud").textContent = sentence;
  }

  /** Nothing more can be changed. */
  lock(locked: boolean): void {
    part("exam").classList.toggle("exam-locked", locked);
    part("question").toggleAttribute("disabled", locked);
  }

  /** Tick the option at this place, as a press of its letter does. */
  press(index: number): void {
    const input = part("choices").querySelectorAll<HTMLInputElement>("input[name=choice]")[index];
    if (!input || part("question").hasAttribute("disabled")) return;
    input.focus();
    input.click();
  }

  private drawCase(item: Item): void {
    const box = part("case");
    const { group } = item;
    part("main").classList.toggle("exam-main-case", Boolean(group));
    box.hidden = !group;
    if (!group || box.dataset["number"] === String(group.number)) return;
    box.dataset["number"] = String(group.number);
    box.scrollTop = 0;
    part("case-title").textContent = say("case", { number: this.cases.indexOf(group.number) + 1 });
    part("case-text").textContent = group.stem;
    part("case-pictures").replaceChildren(...figures(group.pictures ?? []));
  }

  private drawQuestion(item: Item): void {
    const { choice } = this.sheet.of(item.place);
    const { legend, stem, field } = draw(item, choice, this.paper.longest ?? LONGEST, this.hearer);
    part("asked").textContent = legend;
    part("stem").replaceChildren(...stem);
    part("pictures").replaceChildren(...figures(item.pictures ?? []));
    part("choices").replaceChildren(...field);
  }

  private drawSaved(): void {
    const { item } = this;
    const mark = this.sheet.of(item.place);
    const status = this.sheet.status(item.place, this.sender.failing);
    const time = new Date(mark.ackedAt).toLocaleTimeString("zh-CN", BEIJING);
    const word = status === "saved" && !mark.ackedAt ? say("saved", { time: "" }).trim() : say(status, { time });
    const sentence = this.sentence(item, status);
    const box = part("saved");
    if (box.dataset["said"] === word + sentence) return; // a screen reader says it once
    box.dataset["said"] = word + sentence;
    const [tone, name] = STATES[status];
    const state = el("span", { class: tone ? `state state-${tone}` : "state" }, icon(name), word);
    box.replaceChildren(state, el("span", {}, sentence));
    this.speak(item, status, word);
  }

  /** A screen reader hears that an answer is safe, or is not; not every letter on its way. */
  private speak(item: Item, status: Status, word: string): void {
    const box = part("spoken");
    const now = `${item.place} ${status}`;
    if (status === "saving" || box.dataset["said"] === now) return;
    box.dataset["said"] = now;
    box.textContent = status === "blank" ? "" : word;
  }

  private sentence(item: Item, status: Status): string {
    if (status === "blank") return say(`${item.kind}_hint`);
    const { choice } = this.sheet.of(item.place);
    const where = say({ saved: "at_server", saving: "to_server", local: "at_home" }[status]);
    return `${this.given(item, choice)}，${where}`;
  }

  /** The answer in a few words. */
  private given(item: Item, choice: string): string {
    if (!choice) return say("taken_back");
    if (item.kind === "essay") return say("given_essay", { count: letters(choice) });
    if (item.kind === "blank") {
      const texts = readBlanks(choice);
      return say("given_blanks", { done: texts.filter(Boolean).length, count: texts.length });
    }
    const shown = item.options.flatMap(([letter], index) => (choice.includes(letter) ? LETTERS[index] : []));
    return say("given_letters", { letters: shown.join("、") });
  }

  private drawFlag(): void {
    const { flagged } = this.sheet.of(this.item.place);
    const button = part("flag");
    if (button.getAttribute("aria-pressed") === String(flagged)) return;
    button.replaceChildren(icon(flagged ? "flag-filled" : "flag"), say(flagged ? "unflag" : "flag"));
    button.setAttribute("aria-pressed", String(flagged));
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
}
