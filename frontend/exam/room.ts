// What the invigilator does to the exam, on this screen: pause, go on, other times, words to all.
import type { Clock } from "./clock";
import { part } from "./dom";
import type { Reply } from "./doors";
import type { View } from "./view";
import { say } from "./words";

const MINUTE = 60_000;

export class Room {
  private end: number;

  constructor(
    private readonly clock: Clock,
    private readonly view: View,
  ) {
    this.end = clock.end().getTime();
    const covers = part<HTMLDialogElement>("paused");
    covers.addEventListener("cancel", (event) => event.preventDefault());
  }

  told(reply: Reply): void {
    const paused = reply.code === "paused";
    if (paused !== this.clock.paused) this.pause(paused);
    if (!paused) this.moved();
  }

  /** The screen is covered, the clock stands; what was typed is safe and on its way. */
  private pause(paused: boolean): void {
    this.clock.pause(paused);
    part("exam").classList.toggle("exam-paused", paused);
    const covers = part<HTMLDialogElement>("paused");
    if (paused && !covers.open) covers.showModal();
    if (!paused) {
      covers.close();
      this.view.aloud(say("goes_on"));
      this.end = this.clock.end().getTime(); // the pause itself is no gift
    }
    this.view.lock(paused);
  }

  /** The end of the exam was moved. */
  private moved(): void {
    const end = this.clock.end().getTime();
    const minutes = Math.round((end - this.end) / MINUTE);
    this.end = end;
    if (!minutes) return;
    const sentence = say(minutes > 0 ? "time_added" : "time_taken", { minutes: Math.abs(minutes) });
    const box = part("notice");
    part("notice-text").textContent = sentence;
    box.hidden = false;
    this.view.aloud(sentence);
    part("notice-close").onclick = () => (box.hidden = true);
  }
}
