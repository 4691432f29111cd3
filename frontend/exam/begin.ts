// The door: the sealed form is fetched while one waits, the start hands out the key, and the paper
// stands on the screen without another request. Where any of this cannot be, the form of the page
// does it the long way.
import { part } from "./dom";
import type { Starter, Start } from "./doors";
import { keepPage } from "./keep";
import { canOpen, fetchForm, open, shown, type Form } from "./sealed";
import { sleep } from "./sender";
import { sit } from "./sit";
import type { Begun, Seat, Store } from "./store";
import type { Paper, Stored } from "./types";
import { say } from "./words";

const LONG_BEFORE = 10 * 60_000; // milliseconds: then nobody is in a hurry to fetch
const SPREAD = 120_000; // milliseconds over which those with time fetch
const AGAIN = 5_000;
const TRIES = 4; // at the hot process, before the site is asked
const FINAL = ["too_early", "too_late", "closed", "not_sealed", "handed_in"]; // no, and why
const NOT_YET = ["not_admitted", "paused"];
const SHOWN_AGAIN = 20; // seconds since the start after which there may be answers elsewhere

/** What the page of a seat says (zhupei/exams/views/page.py). */
export interface Door extends Omit<Paper, "items" | "closes" | "grace" | "answers"> {
  form: { url: string; sha256: string };
  opens: number;
}

export class Begin {
  private sealed: ArrayBuffer | null = null;

  constructor(
    private readonly door: Door,
    private readonly store: Store,
    private readonly form: HTMLFormElement,
    private readonly doors: Starter,
  ) {}

  /** Go on where this machine stopped, if it did; else wait at the door. */
  async enter(): Promise<void> {
    const kept = await this.store.seat(this.door.attempt).catch(() => undefined);
    if (kept?.sha256 === this.door.form.sha256) this.sealed = kept.sealed;
    this.form.addEventListener("submit", (event) => {
      if (!canOpen()) return;
      event.preventDefault();
      void this.press();
    });
    // The kept page of an exam under way: this machine had died.
    if (kept?.begun && location.pathname === this.door.urls.paper) return this.press();
    if (!canOpen()) return;
    await this.prefetch();
    const { door, paper, worker } = this.door.urls;
    if (worker) await keepPage(worker, door, [paper]);
  }

  /** The start, pressed: small, repeated until it is yes or no. */
  private async press(): Promise<void> {
    const button = part<HTMLButtonElement>("start-button");
    button.disabled = true;
    this.tell(say("starting"));
    const kept = await this.store.seat(this.door.attempt).catch(() => undefined);
    for (let tried = 1; ; tried += 1) {
      const heard = await this.doors.start().catch(() => null);
      if (heard?.reply.code === "open") return this.opened(heard.reply).catch(() => this.form.submit());
      if (!heard && kept?.begun && this.sealed) return this.goOn(kept.begun);
      if (heard && [403, 404].includes(heard.status)) return this.form.submit(); // the long way knows why
      const code = heard?.reply.code ?? "";
      if (FINAL.includes(code)) {
        this.tell(say(`start_${code}`));
        button.disabled = false;
        return;
      }
      // Not yet, too many at once, or no network: this machine asks again, out of step with the others.
      this.tell(say(NOT_YET.includes(code) ? `start_${code}` : heard ? "start_again" : "start_offline"));
      if (!heard && tried >= TRIES && (await this.siteAnswers())) return this.form.submit();
      await sleep((NOT_YET.includes(code) ? AGAIN : Math.min(300 * 2 ** tried, AGAIN)) * (0.5 + Math.random()));
    }
  }

  /** The site is there though the hot process is not: it can start an exam too. */
  private async siteAnswers(): Promise<boolean> {
    return (await this.doors.stored().catch(() => null)) !== null;
  }

  private async opened(start: Start): Promise<void> {
    if (start.form !== this.door.form.sha256) return this.form.submit(); // another form was dealt meanwhile
    const sealed = this.sealed ?? (await fetchForm(this.door.form.url, this.door.form.sha256));
    const form = await open(sealed, start.key);
    const begun: Begun = {
      key: start.key,
      seed: start.seed,
      ticket: this.door.ticket,
      closes: start.closes,
      grace: start.grace,
      offset: start.now - Date.now(),
    };
    await this.keep({ attempt: this.door.attempt, sealed, sha256: this.door.form.sha256, begun });
    const goesOn = start.now - start.started > SHOWN_AGAIN * 1000;
    const answers = goesOn ? ((await this.doors.stored().catch(() => null))?.answers ?? []) : [];
    await this.show(form, begun, answers, start.notice);
  }

  /** Without network: the form and its key are on this machine. */
  private async goOn(begun: Begun): Promise<void> {
    await this.show(await open(this.sealed!, begun.key), begun, [], this.door.notice);
  }

  private async show(form: Form, begun: Begun, answers: Stored[], notice = 0): Promise<void> {
    const { door } = this;
    history.replaceState(null, "", door.urls.paper); // a reload finds the exam
    const paper: Paper = {
      ...door,
      items: await shown(form, begun.seed),
      now: Date.now() + begun.offset,
      closes: begun.closes,
      grace: begun.grace,
      answers,
      notice,
    };
    await sit(paper, this.doors);
  }

  private async prefetch(): Promise<void> {
    if (!this.sealed && this.door.opens - this.door.now > LONG_BEFORE) await sleep(Math.random() * SPREAD);
    while (!this.sealed) {
      this.tell(say("form_coming"));
      try {
        this.sealed = await fetchForm(this.door.form.url, this.door.form.sha256);
        await this.keep({ attempt: this.door.attempt, sealed: this.sealed, sha256: this.door.form.sha256 });
      } catch {
        this.tell(say("form_later"));
        await sleep(AGAIN * (0.5 + Math.random()));
      }
    }
    this.tell(say("form_ready"));
  }

  private async keep(seat: Seat): Promise<void> {
    await this.store.keep(seat).catch(() => {}); // it goes on from memory
  }

  private tell(sentence: string): void {
    part("door-state").textContent = sentence;
  }
}
