// The roll on a phone: every tap is on the phone's disk at once and reaches the server when it can.
import "../kept/kept.css";
import "./roll.css";
import { Carrier, drawState } from "../kept/carrier";
import { keep } from "../kept/keep";
import { uuid } from "../kept/store";
import { Line, SHELF, type Kind, type Learner, type Mark, type Row } from "./view";

interface Data {
  lesson: number;
  user: number;
  sync: string;
  page: string;
  worker: string;
  rows: Learner[];
}

class Roll {
  private readonly lines = new Map<number, Line>();
  private carrier!: Carrier<Mark>;

  constructor(
    private readonly root: HTMLElement,
    private readonly data: Data,
  ) {}

  async start(): Promise<void> {
    const { data } = this;
    const list = this.part("lines");
    for (const row of data.rows) {
      const line = new Line(row, (enrolment, kind) => void this.tap(enrolment, kind));
      this.lines.set(row.enrolment, line);
      list.append(line.element);
    }
    this.carrier = await Carrier.open<Mark>({
      url: data.sync,
      user: data.user,
      about: data.lesson,
      shelf: SHELF,
      said: ({ id, enrolment, kind, at }) => ({ id, enrolment, kind, at }),
      changed: () => this.draw(),
      heard: (answer) => {
        if (answer.how !== "taken") return;
        const rows = (answer.rest["rows"] ?? {}) as Record<string, Row>;
        for (const [enrolment, row] of Object.entries(rows)) this.lines.get(Number(enrolment))?.hear(row);
      },
    });
    this.part("fleeting").hidden = this.carrier.store.lasting;
    this.part<HTMLButtonElement>("sync").addEventListener("click", () => void this.carrier.send());
    this.draw();
    this.carrier.start();
    const kept = await keep(data.worker, [data.page], data.user, SHELF.name);
    this.part("ready").hidden = !kept;
    this.part("unready").hidden = kept;
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the roll has no part named ${name}`);
    return found;
  }

  private async tap(enrolment: number, kind: Kind): Promise<void> {
    const { lesson, user } = this.data;
    await this.carrier.add({ id: uuid(), lesson, user, enrolment, kind, at: Date.now(), state: "kept" });
  }

  private draw(): void {
    const newest = new Map<number, Mark>();
    for (const mark of this.carrier.inOrder()) newest.set(mark.enrolment, mark);
    for (const [enrolment, line] of this.lines) line.show(newest.get(enrolment));
    this.part("marked").textContent = `${newest.size} / ${this.lines.size}`;
    drawState((name) => this.part(name), this.carrier, { none: "还没有点名" });
  }
}

async function begin(): Promise<void> {
  const root = document.querySelector<HTMLElement>("[data-roll]");
  const data = document.getElementById("roll-data")?.textContent;
  if (root && data) {
    await new Roll(root, JSON.parse(data) as Data).start();
    return;
  }
  // On the ordinary roll: have the offline one ready before it is needed.
  const link = document.querySelector<HTMLElement>("[data-keep-roll]");
  if (!link) return;
  const { keepRoll, worker, user } = link.dataset;
  const kept = await keep(worker ?? "", [keepRoll ?? ""], Number(user), SHELF.name);
  const said = document.querySelector<HTMLElement>("[data-kept-roll]");
  if (said) said.hidden = !kept;
}

void begin();
