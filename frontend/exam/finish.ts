// The end: handing in by hand, by the clock, or finding that the server has closed the exam.
import type { Clock } from "./clock";
import { el, part } from "./dom";
import type { Doors } from "./doors";
import { sleep, type Sender } from "./sender";
import type { Sheet } from "./sheet";
import type { Store } from "./store";
import type { Item, Paper } from "./types";
import type { View } from "./view";
import { say } from "./words";

const FLUSH = 10_000; // milliseconds to wait for the last answers when handing in by hand
const AGAIN = 3_000;

export class Finish {
  private over = false;

  constructor(
    private readonly paper: Paper,
    private readonly sheet: Sheet,
    private readonly sender: Sender,
    private readonly doors: Doors,
    private readonly clock: Clock,
    private readonly view: View,
    private readonly store: Store,
  ) {}

  /** Before handing in: what is blank, what is flagged, what is only here. */
  ask(): void {
    if (this.over) return;
    const blank = this.sheet.blank();
    const flagged = this.sheet.flagged();
    const local = this.sheet.pending().length;
    part("review").replaceChildren(
      ...(blank.length ? this.list(say("blank_list", { count: blank.length }), blank) : [el("p", { class: "ok" }, say("all_answered"))]),
      ...(flagged.length ? this.list(say("flagged_list", { count: flagged.length }), flagged) : []),
      ...(local ? [el("p", { class: "bad" }, say("local_list", { count: local }))] : []),
    );
    part("trouble").textContent = "";
    part<HTMLButtonElement>("confirm").disabled = false;
    part<HTMLDialogElement>("ask").showModal();
  }

  /** The candidate confirmed. Nothing is handed in before everything has arrived. */
  async confirm(): Promise<void> {
    const button = part<HTMLButtonElement>("confirm");
    button.disabled = true;
    part("trouble").textContent = say("handing_in");
    this.view.lock(true);
    if ((await this.sender.flush(FLUSH)) && (await this.handIn())) return this.leave();
    if (this.over) return;
    this.view.lock(false);
    button.disabled = false;
    part("trouble").textContent = say("hand_in_offline");
  }

  /** The time of this page is over. The server is asked first: the end may have been moved. */
  async timeUp(): Promise<void> {
    if (this.over) return;
    this.over = true;
    this.view.lock(true);
    part<HTMLDialogElement>("ask").close();
    await this.sender.pulse();
    if (this.clock.left() > 0) {
      this.over = false;
      this.view.lock(false);
      this.sender.resume();
      return;
    }
    this.tell(say("time_up"), say(this.sender.network === "offline" ? "time_up_offline" : "time_up_sending"));
    await this.sender.flush(Math.max(this.clock.leftForSending(), 1_000));
    await this.conclude();
  }

  /** The server takes nothing more. */
  async closed(): Promise<void> {
    if (this.over) return;
    this.over = true;
    this.view.lock(true);
    part<HTMLDialogElement>("ask").close();
    this.tell(say("time_up"), say("time_up_sending"));
    await this.conclude();
  }

  /** Hand in, as long as it takes; then say what the server has. */
  private async conclude(): Promise<void> {
    while (!(await this.handIn())) {
      this.tell(say("time_up"), say("time_up_offline"));
      await sleep(AGAIN);
    }
    const stored = await this.sender.fetchStored();
    const has = new Map((stored?.answers ?? []).map(([place, , turn]) => [place, turn]));
    const lost = this.paper.items.flatMap((item, index) =>
      this.sheet.of(item.place).turn > (has.get(item.place) ?? 0) ? [index + 1] : [],
    );
    if (!stored || !lost.length) return this.leave();
    const saved = stored.answers.filter(([, choice]) => choice).length;
    this.tell(say("handed_in"), say("what_was_saved", { saved }), say("what_was_lost", { numbers: lost.join("、") }));
    part("to-result").hidden = false;
  }

  private async handIn(): Promise<boolean> {
    try {
      return await this.doors.handIn();
    } catch {
      return false;
    }
  }

  private leave(): void {
    this.over = true;
    this.sender.stop();
    if (this.paper.rehearsal) return this.rehearsed();
    void this.store.forget(this.paper.attempt).finally(() => location.replace(this.paper.urls.result));
  }

  /** Nobody keeps a rehearsal, this machine neither. */
  private rehearsed(): void {
    const done = this.sheet.answered().length;
    void this.store.forget(this.paper.attempt);
    part<HTMLDialogElement>("ask").close();
    this.tell(say("rehearsed"), say("rehearsed_count", { done, count: this.paper.items.length }), say("rehearsed_then"));
    part("again").hidden = false;
  }

  private tell(title: string, ...sentences: string[]): void {
    part("end-title").textContent = title;
    part("end-text").replaceChildren(...sentences.map((sentence) => el("p", {}, sentence)));
    const dialog = part<HTMLDialogElement>("end");
    if (!dialog.open) dialog.showModal();
  }

  private list(sentence: string, items: Item[]): HTMLElement[] {
    const tiles = items.map((item) => {
      const index = this.paper.items.indexOf(item);
      return el("button", { type: "button", class: "question-tile", "data-index": String(index) }, String(index + 1));
    });
    return [el("p", {}, sentence), el("div", { class: "questions" }, ...tiles)];
  }
}
