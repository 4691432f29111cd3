// The end: handing in by hand, by the clock, or finding that the server has closed the exam.
import { offerFile } from "./carry";
import type { Clock } from "./clock";
import { el, part } from "./dom";
import type { Doors, Receipt } from "./doors";
import { dropPages } from "./keep";
import { sleep, type Sender } from "./sender";
import type { Sheet } from "./sheet";
import type { Store } from "./store";
import type { Item, Paper } from "./types";
import type { View } from "./view";
import { say } from "./words";

const FLUSH = 10_000; // milliseconds to wait for the last answers when handing in by hand
const BRIEFLY = 2_000; // the same when there is no network anyhow
const AGAIN = 3_000;
const SPREAD = 3_000; // milliseconds over which those who handed in go on

export class Finish {
  private over = false;
  private title = say("time_up"); // why it is over, said until the page of the result is there

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
    part("trouble-file").hidden = true;
    part<HTMLButtonElement>("confirm").disabled = false;
    part<HTMLDialogElement>("ask").showModal();
  }

  /** The candidate confirmed. Nothing is handed in before everything has arrived. */
  async confirm(): Promise<void> {
    const button = part<HTMLButtonElement>("confirm");
    button.disabled = true;
    part("trouble").textContent = say("handing_in");
    this.view.lock(true);
    const receipt = (await this.sender.flush(this.sender.network === "offline" ? BRIEFLY : FLUSH)) ? await this.handIn() : null;
    if (receipt) {
      this.title = say("handed_in");
      return this.leave(receipt);
    }
    if (this.over) return;
    this.view.lock(this.clock.paused);
    button.disabled = false;
    part("trouble").textContent = say("hand_in_offline");
    offerFile(part("trouble-file"), this.paper, this.sheet, this.doors);
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
    this.title = say(this.clock.left() > 0 ? "ended" : "time_up");
    this.tell(this.title, say("time_up_sending"));
    await this.conclude();
  }

  /** Hand in, as long as it takes; then say what came too late. */
  private async conclude(): Promise<void> {
    let receipt = await this.handIn();
    while (!receipt) {
      this.tell(this.title, say("time_up_offline"));
      offerFile(part("end-file"), this.paper, this.sheet, this.doors);
      await sleep(AGAIN);
      receipt = await this.handIn();
    }
    const late = await this.late();
    if (!late.length) return this.leave(receipt);
    const numbers = this.paper.items.flatMap(({ place }, index) => (late.includes(place) ? [index + 1] : []));
    this.tell(this.title, say("what_was_saved", { saved: receipt.answered }), say("what_was_lost", { numbers: numbers.join("、") }));
    part("end-file").hidden = true;
    part("to-result").hidden = false;
  }

  /** What did not arrive in time is still sent: the server keeps it as evidence. Returns its places. */
  private async late(): Promise<number[]> {
    const late: number[] = [];
    for (let batch = this.sender.batch(); batch.length; batch = this.sender.batch()) {
      try {
        const { status, reply } = await this.doors.save(batch);
        if (status === 200 || status === 409) {
          late.push(...(reply.late ?? []));
          for (const { place, turn } of batch) this.sheet.acknowledge(place, turn, 0);
          continue;
        }
      } catch {
        this.tell(this.title, say("time_up_offline"));
      }
      await sleep(AGAIN);
    }
    return late;
  }

  private async handIn(): Promise<Receipt | null> {
    try {
      return await this.doors.handIn();
    } catch {
      return null;
    }
  }

  /** The receipt on the screen, then the page of the result; not all candidates at once. */
  private leave(receipt: Receipt): void {
    this.over = true;
    this.sender.stop();
    if (this.paper.rehearsal) return this.rehearsed();
    part<HTMLDialogElement>("ask").close();
    this.tell(this.title, say("what_was_saved", { saved: receipt.answered }), say("figure"));
    part("end-text").append(el("p", { class: "code receipt" }, receipt.receipt));
    part("to-result").hidden = false;
    const { attempt, urls } = this.paper;
    void this.store
      .forget(attempt)
      .then(() => dropPages(urls.worker, [urls.paper, urls.door]))
      .then(() => sleep(SPREAD * Math.random()))
      .finally(() => location.replace(urls.result));
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
