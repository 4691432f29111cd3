// The check list of an inspection on an inspector's phone: items, pictures, the result, the signature.
import { camera } from "../kept/evidence";
import { serverNow } from "../kept/clock";
import { begin, Form, type FormData, type Gap } from "../kept/form";
import { Choices, ItemLine, Reason, type Choice, type Item, type Scale } from "../kept/lines";

const SHELF = { name: "zhupei-inspections", table: "deeds", by: "inspection", files: true } as const;
const BAD = "bad";
const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }); // 2026-03-18

interface Data extends FormData {
  items: Item[];
  verdicts: Choice[];
  severities: Choice[];
  outcomes: Choice[];
  without: string[]; // results that need no items
  faulty: string[]; // results that say something was found
  first: string; // the day it was drawn
}

class Check extends Form<Data> {
  private readonly lines = new Map<string, ItemLine>();
  private readonly outcomes: Choices;
  private readonly refused = new Map(["visited", "outcome", "remark"].map((kind) => [kind, new Reason()]));

  constructor(root: HTMLElement, data: Data) {
    const files = { kind: "photo", noun: "照片", unit: "张" };
    super(root, data, { shelf: SHELF, files, none: "还没有填", submit: "提交并签字", complete: "全部查完，可以提交。" });
    this.outcomes = new Choices(data.outcomes, (value) => void this.do("outcome", "", value), "检查结果");
  }

  protected build(): void {
    const { data } = this;
    const scale: Scale = { answers: data.verdicts, grades: data.severities, note: "事实", longest: 1000, rows: 2, bad: BAD };
    for (const item of data.items) {
      const line = new ItemLine(item, scale, {
        answer: (value) => void this.do("verdict", item.key, value),
        grade: (value) => void this.do("severity", item.key, value),
        note: (value) => void this.do("note", item.key, value),
        shot: (file) => void this.picture(item.key, file),
      });
      this.lines.set(item.key, line);
      this.part("items").append(line.element);
    }
    this.part("camera").append(camera("拍现场照片", (file) => void this.picture("", file), "image/*"));
    this.part("outcome").append(this.outcomes.element);
    for (const [kind, reason] of this.refused) this.part(kind).after(reason.element);
    Object.assign(this.part("visited"), { min: data.first, max: today() });
    this.words("visited", "visited", "");
    this.words("remark", "remark", "");
  }

  private async picture(about: string, file: File): Promise<void> {
    const trouble = await this.shoot(about, file);
    if (trouble) this.part("photos").textContent = trouble;
  }

  /** What does not comply is done once it says how badly, and why. */
  private open(): string[] {
    const [verdicts, severities, notes] = [this.newest("verdict"), this.newest("severity"), this.newest("note")];
    return [...this.lines.keys()].filter((key) => {
      const verdict = verdicts.get(key);
      return !verdict || (verdict === BAD && !(severities.get(key) && notes.get(key)));
    });
  }

  private whole(kind: string): string {
    return this.newest(kind).get("") ?? "";
  }

  protected gap(): Gap | undefined {
    const outcome = this.whole("outcome");
    if (this.data.without.includes(outcome)) return this.whole("remark") ? undefined : { words: "请写明情况。", place: this.part("remark") };
    const open = this.open();
    if (open.length) return { words: `还有 ${open.length} 项没有查完；不符合的要选轻重、写明事实。`, place: this.lines.get(open[0]!)?.element };
    if (!outcome) return { words: "请选择检查结果。", place: this.part("outcome") };
    const bad = [...this.newest("verdict").values()].includes(BAD);
    if (bad === this.data.faulty.includes(outcome)) return undefined;
    return { words: bad ? "有不符合的，结果请选“发现问题”。" : "没有不符合的，结果请选“未发现问题”。", place: this.part("outcome") };
  }

  protected warning(): string {
    return "提交即签字，另一名检查员收到会签任务；要改，须写理由退回。";
  }

  protected override after(): Node[] {
    const link = document.createElement("a");
    link.href = this.data.page;
    link.textContent = "看检查结果";
    return [link];
  }

  protected override thing(deed: { kind: string; about: string }): string {
    return deed.about || deed.kind;
  }

  protected show(closed: boolean, reasons: Map<string, string>): void {
    const [verdicts, severities, notes] = [this.newest("verdict"), this.newest("severity"), this.newest("note")];
    for (const [key, line] of this.lines) {
      const said = { answer: verdicts.get(key), grade: severities.get(key), note: notes.get(key) };
      line.show({ ...said, shots: this.shots(key), reason: reasons.get(key) ?? "", closed });
    }
    this.outcomes.show((value) => value === this.whole("outcome"), closed);
    for (const [kind, reason] of this.refused) reason.show(reasons.get(kind) ?? "");
    this.showWords("visited", this.whole("visited") || today(), closed);
    this.showWords("remark", this.whole("remark"), closed);
    const general = this.shots("");
    if (general) this.part("photos").textContent = general;
    this.part("filled").textContent = `已查 ${this.lines.size - this.open().length} / ${this.lines.size}`;
  }
}

function today(): string {
  return DAY.format(serverNow());
}

void begin(SHELF, Check);
