// The roll call: the system's sample for this hour, taken up once, then called name by name.
import { serverNow } from "../kept/clock";
import { button, element } from "../kept/dom";
import type { Known } from "../kept/form";
import { Choices, Reason, type Choice } from "../kept/lines";

/** A sample the server drew for one hour, sealed. */
export interface Hour {
  title: string;
  days: string[];
  opens: number; // milliseconds
  closes: number;
  expected: number;
  ticket: string;
  sample: { id: string; name: string; hint: string }[];
}

const FOUND: Choice[] = [
  { value: "here", word: "在场" },
  { value: "absent", word: "不在场" },
  { value: "other", word: "不是本人" },
];

export interface Told {
  draw: (ticket: string) => void;
  mark: (enrolment: string, found: string) => void;
}

/** A sample somebody began to call, with what was seen of each since. */
interface Call {
  hour: Hour;
  found: Map<string, string>;
}

/** How many were drawn, and how many of them were looked for. */
export interface Count {
  drawn: number;
  called: number;
}

export class RollCall {
  private readonly lines = new Map<string, Choices>();
  private shown = "";

  constructor(
    private readonly place: HTMLElement,
    private readonly hours: Hour[],
    private readonly told: Told,
  ) {}

  /** Does anybody have to be there on this day? */
  expects(day: string): boolean {
    return this.hours.some((hour) => hour.days.includes(day));
  }

  /** The hour that goes on now. */
  private here(): Hour | undefined {
    const now = serverNow();
    return this.hours.find((hour) => hour.opens <= now && now <= hour.closes);
  }

  count(draws: Known[], marks: Known[]): Count {
    const calls = this.calls(draws, marks);
    const all = (number: (call: Call) => number): number => calls.reduce((sum, call) => sum + number(call), 0);
    return { drawn: all((call) => call.hour.sample.length), called: all((call) => call.found.size) };
  }

  /** The same person may be drawn for two hours: a mark belongs to the sample taken up last before it. */
  private calls(draws: Known[], marks: Known[]): Call[] {
    const begun = this.hours
      .map((hour) => ({ hour, at: draws.find((one) => one.value === hour.ticket)?.at ?? NaN }))
      .filter((one) => !Number.isNaN(one.at))
      .sort((a, b) => a.at - b.at);
    return begun.map(({ hour, at }, place) => {
      const until = begun[place + 1]?.at ?? Infinity;
      const theirs = marks.filter((one) => at <= one.at && one.at < until && hour.sample.some(({ id }) => id === one.about));
      return { hour, found: new Map(theirs.map((one) => [one.about, one.value])) };
    });
  }

  /** ``draws``: the samples that were taken up, oldest first; ``marks``: what was seen. What was begun and not
   * finished comes before the hour that goes on now. */
  show(draws: Known[], marks: Known[], closed: boolean, reason: string): void {
    const calls = this.calls(draws, marks);
    const open = calls.find((call) => call.found.size < call.hour.sample.length);
    const hour = open?.hour ?? this.here() ?? calls.at(-1)?.hour;
    const call = calls.find((one) => one.hour === hour);
    const state = `${hour?.ticket ?? ""}|${call !== undefined}|${closed}|${reason}`;
    if (state !== this.shown) {
      this.shown = state;
      this.draw(hour, call !== undefined, closed, reason);
    }
    for (const [id, line] of this.lines) line.show((value) => value === call?.found.get(id), closed);
  }

  private draw(hour: Hour | undefined, begun: boolean, closed: boolean, reason: string): void {
    this.lines.clear();
    this.place.replaceChildren();
    if (!hour) {
      const next = this.hours.find((one) => one.opens > serverNow());
      this.place.append(element("p", "panel-body muted", next ? `现在没有课或考试。下一节：${next.title}` : "现在没有课或考试。"));
      return;
    }
    const head = element("p", "panel-body small", `${hour.title}，应到 ${hour.expected} 人，抽点 ${hour.sample.length} 人。请逐个看身份证。`);
    this.place.append(head);
    if (reason) {
      const words = new Reason();
      words.show(reason);
      this.place.append(element("div", "panel-body", words.element));
    }
    if (!begun) {
      if (!closed) this.place.append(element("div", "panel-body", button("btn btn-wide", "开始点名", () => this.told.draw(hour.ticket))));
      return;
    }
    for (const { id, name, hint } of hour.sample) {
      const line = new Choices(FOUND, (value) => this.told.mark(id, value));
      this.lines.set(id, line);
      const legend = element("legend", "", element("bdi", "", name), " ", element("span", "muted small", hint));
      this.place.append(element("fieldset", "kept-line", legend, line.element));
    }
  }
}
