// One line a learner: the name, what the roll says, four big buttons, where the mark is.
import type { Deed, Shelf } from "../kept/store";

export type Kind = "here" | "late" | "absent" | "left";

export interface Mark extends Deed {
  lesson: number;
  enrolment: number;
  kind: Kind;
}

export const SHELF: Shelf = { name: "zhupei-roll", table: "marks", by: "lesson" };

/** What the server's roll says of a learner. */
export interface Row {
  said: string;
  differ: boolean;
  waiting?: boolean;
}

export const WORDS: Record<Kind, string> = { here: "到", late: "迟到", absent: "缺勤", left: "早退" };

export interface Learner extends Row {
  enrolment: number;
  name: string;
}

export class Line {
  readonly element = document.createElement("li");
  private readonly said = document.createElement("small");
  private readonly place = document.createElement("span");
  private readonly buttons = new Map<Kind, HTMLButtonElement>();

  constructor(
    readonly learner: Learner,
    private readonly tapped: (enrolment: number, kind: Kind) => void,
  ) {
    this.element.className = "roll-line";
    const name = document.createElement("b");
    name.append(document.createElement("bdi"));
    (name.firstChild as HTMLElement).textContent = learner.name;
    const head = document.createElement("div");
    head.className = "roll-who";
    this.place.className = "roll-place";
    this.place.setAttribute("role", "status");
    head.append(name, this.said, this.place);
    this.element.append(head, this.choices());
    this.hear(learner);
  }

  private choices(): HTMLElement {
    const group = document.createElement("div");
    group.className = "roll-choices";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.learner.name);
    for (const kind of Object.keys(WORDS) as Kind[]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `roll-choice roll-${kind}`;
      button.textContent = WORDS[kind];
      button.addEventListener("click", () => this.tapped(this.learner.enrolment, kind));
      this.buttons.set(kind, button);
      group.append(button);
    }
    return group;
  }

  /** What the server's roll says of this learner. */
  hear(row: Row): void {
    const differ = row.differ ? "；几部手机记的不一样，按最早到的算，请核对" : "";
    this.said.textContent = row.said ? `点名册：${row.said}${differ}` : "点名册：还没有记录";
    this.said.classList.toggle("roll-differ", row.differ);
  }

  /** The newest mark made here, and whether the server has it. */
  show(mark: Mark | undefined): void {
    for (const [kind, button] of this.buttons) button.setAttribute("aria-pressed", String(mark?.kind === kind));
    const words = { kept: "已存在手机上", synced: "已同步", refused: `没有收下：${mark?.reason ?? ""}` };
    this.place.textContent = mark ? words[mark.state] : "";
    this.place.dataset["state"] = mark?.state ?? "";
  }
}
