// The answer sheet in memory: what was chosen, at which turn, and what the server has of it.
import type { Clock } from "./clock";
import type { Store } from "./store";
import type { Item, Mark, Status, Stored } from "./types";

export class Sheet {
  private readonly marks = new Map<number, Mark>();
  private last = 0;

  constructor(
    private readonly attempt: number,
    private readonly items: Item[],
    private readonly clock: Clock,
    private readonly store: Store,
  ) {}

  /** What this machine kept from before; the newer of two turns stays. */
  recall(kept: Mark[]): void {
    for (const mark of kept) {
      this.marks.set(mark.place, mark);
      this.last = Math.max(this.last, mark.turn);
    }
  }

  /** What the server holds. Returns true when it knew something newer, from another device. */
  merge(stored: Stored[]): boolean {
    let changed = false;
    for (const [place, choice, turn] of stored) {
      const mark = this.of(place);
      this.last = Math.max(this.last, turn);
      if (turn > mark.turn) {
        Object.assign(mark, { choice, turn, ackedAt: 0 });
        changed = true;
      }
      this.acknowledge(place, turn, 0);
    }
    return changed;
  }

  of(place: number): Mark {
    const found = this.marks.get(place);
    if (found) return found;
    const { attempt } = this;
    const mark = { attempt, place, choice: "", turn: 0, acked: 0, ackedAt: 0, flagged: false };
    this.marks.set(place, mark);
    return mark;
  }

  /** A choice of the candidate, at a turn later than every one before, on whichever device. */
  async choose(place: number, choice: string): Promise<void> {
    const mark = this.of(place);
    if (mark.choice === choice) return;
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    Object.assign(mark, { choice, turn: this.last });
    await this.keep(mark);
  }

  async flag(place: number): Promise<void> {
    const mark = this.of(place);
    mark.flagged = !mark.flagged;
    await this.keep(mark);
  }

  /** The server has stored this turn. Returns true when it holds a newer one than we do. */
  acknowledge(place: number, turn: number, at: number): boolean {
    const mark = this.of(place);
    if (turn > mark.acked) {
      Object.assign(mark, { acked: turn, ackedAt: at || mark.ackedAt });
      void this.keep(mark);
    }
    return turn > mark.turn;
  }

  pending(): Mark[] {
    return [...this.marks.values()].filter((mark) => mark.turn > mark.acked);
  }

  status(place: number, failing: boolean): Status {
    const mark = this.of(place);
    if (mark.turn > mark.acked) return failing ? "local" : "saving";
    return mark.choice ? "saved" : "blank";
  }

  answered(): Item[] {
    return this.items.filter((item) => this.of(item.place).choice);
  }

  blank(): Item[] {
    return this.items.filter((item) => !this.of(item.place).choice);
  }

  flagged(): Item[] {
    return this.items.filter((item) => this.of(item.place).flagged);
  }

  private async keep(mark: Mark): Promise<void> {
    try {
      await this.store.put({ ...mark });
    } catch {
      // The server is told all the same; the page says when it cannot keep anything.
    }
  }
}
