// The server's time, and how much of the exam is left. This machine's own clock is not trusted:
// every reply of the server sets it right.

const ERROR = "zhupei.exam.clock";

/** How far this machine's clock was from the server's when it last heard; null when it never did. */
export function clockError(): number | null {
  try {
    const kept = localStorage.getItem(ERROR);
    return kept === null ? null : Number(kept);
  } catch {
    return null;
  }
}

export class Clock {
  private offset: number;
  private stopped: number | null = null;

  constructor(
    now: number,
    private closes: number,
    private readonly grace: number,
  ) {
    this.offset = now - Date.now();
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** A reply brought the server's time; it is as old as half the way there and back. */
  heard(now: number, closes: number, took = 0): void {
    this.offset = now + took / 2 - Date.now();
    this.closes = closes;
    try {
      localStorage.setItem(ERROR, String(Math.round(this.offset)));
    } catch {
      // only a page without network would ask
    }
  }

  /** The invigilator has stopped the exam; what is left stays left until it goes on. */
  pause(paused: boolean): void {
    this.stopped = paused ? (this.stopped ?? this.now()) : null;
  }

  get paused(): boolean {
    return this.stopped !== null;
  }

  /** The end that candidates see, by the server's clock; the grace is only for answers under way. */
  end(): Date {
    return new Date(this.closes - this.grace);
  }

  /** Milliseconds until that end. */
  left(): number {
    return this.closes - this.grace - (this.stopped ?? this.now());
  }

  /** Milliseconds until the server takes nothing more. */
  leftForSending(): number {
    return this.closes - this.now();
  }
}

export function minutes(left: number): string {
  const seconds = Math.max(Math.ceil(left / 1000), 0);
  const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600];
  const shown = [Math.floor(rest / 60), rest % 60].map((part) => String(part).padStart(2, "0"));
  return (hours ? [String(hours), ...shown] : shown).join(":");
}
