// The answer sheet in memory: what was chosen, at which turn, and what the server has of it.
import type { Clock } from "./clock";
import type { Store } from "./store";
import type { Item, Mark, Status, Stored } from "./types";

export class Sheet {
  private readonly marks = new Map<number, Mark>();
  private readonly writing = new Map<number, Promise<void>>();
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

  /** An answer of the candidate, at a turn later than every one before, on whichever device. */
  async choose(place: number, choice: string): Promise<void> {
    const mark = this.of(place);
    if (mark.choice === choice) return;
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    Object.assign(mark, { choice, turn: this.last });
    await this.keep(mark);
  }

  /** Resolves when the disk has everything. */
  async kept(): Promise<void> {
    await Promise.all(this.writing.values());
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

  /** Everything that was ever answered here, taken back or not. */
  written(): Mark[] {
    return [...this.marks.values()].filter((mark) => mark.turn > 0);
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

  /** Answered, and the server has it. */
  saved(): Item[] {
    return this.items.filter((item) => this.status(item.place, true) === "saved");
  }

  blank(): Item[] {
    return this.items.filter((item) => !this.of(item.place).choice);
  }

  flagged(): Item[] {
    return this.items.filter((item) => this.of(item.place).flagged);
  }

  /**
   * One write at a time for a place: what is typed meanwhile goes with the next one, so that fast
   * fingers never wait for a slow disk.
   */
  private keep(mark: Mark): Promise<void> {
    const before = this.writing.get(mark.place);
    if (before) return before;
    const written = this.write(mark).finally(() => this.writing.delete(mark.place));
    this.writing.set(mark.place, written);
    return written;
  }

  private async write(mark: Mark): Promise<void> {
    let copy: Mark;
    do {
      copy = { ...mark };
      try {
        await this.store.put(copy);
      } catch {
        return; // The server is told all the same; the page says when it cannot keep anything.
      }
    } while (!same(copy, mark));
  }
}

function same(one: Mark, other: Mark): boolean {
  return one.turn === other.turn && one.acked === other.acked && one.flagged === other.flagged;
}
