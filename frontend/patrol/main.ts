// A patrol form on an inspector's phone: a check list, a roll call, pictures.
import { serverNow } from "../kept/clock";
import { camera } from "../kept/evidence";
import { begin, Form, type FormData, type Gap, type Known } from "../kept/form";
import { ItemLine, type Item, type Scale } from "../kept/lines";
import { RollCall, type Count, type Hour } from "./roll";

const TICK = 30_000; // milliseconds: a lesson begins while the page is open
const SEEN = "seen";
const UNCALLED = "uncalled"; // why nobody was called, or not everybody who was drawn
const UNPICTURED = "unpictured"; // why there is no picture of a remote look
const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }); // 2026-03-18
const SHELF = { name: "zhupei-patrols", table: "deeds", by: "patrol", files: true } as const;
const SCALE: Scale = {
  answers: [
    { value: "good", word: "符合" },
    { value: "bad", word: "不符" },
    { value: "none", word: "不适用" },
  ],
  note: "备注",
  longest: 500,
  bad: "bad",
};

interface Data extends FormData {
  record: string;
  remote: boolean;
  items: Item[];
  hours: Hour[];
  least: { applying: number; pictures: number };
  stills: number; // kept while looking in from afar
}

class Visit extends Form<Data> {
  private readonly lines = new Map<string, ItemLine>();
  private roll!: RollCall;
  private stills: number;

  constructor(root: HTMLElement, data: Data) {
    const files = { kind: "photo", noun: "照片", unit: "张" };
    super(root, data, { shelf: SHELF, files, none: "还没有填", submit: "提交巡查表", complete: "全部填完，可以提交。" });
    this.stills = data.stills;
  }

  protected build(): void {
    for (const item of this.data.items) {
      const line = new ItemLine(item, SCALE, {
        answer: (value) => void this.do("answer", item.key, value),
        note: (value) => void this.do("note", item.key, value),
        shot: (file) => void this.picture(item.key, file),
      });
      this.lines.set(item.key, line);
      this.part("items").append(line.element);
    }
    this.roll = new RollCall(this.part("roll"), this.data.hours, {
      draw: (ticket) => void this.do("draw", "", ticket),
      mark: (enrolment, found) => void this.do("roll", enrolment, found),
    });
    const shot = (file: File): void => void this.picture("", file);
    this.part("camera").append(this.data.remote ? camera("传截图", shot, "image/*", false) : camera("拍现场照片", shot, "image/*"));
    this.words("note", "note", "");
    this.words("uncalled", "note", UNCALLED);
    if (this.data.remote) {
      this.words("seen", "note", SEEN);
      this.words("unpictured", "note", UNPICTURED);
      document.addEventListener("visibilitychange", () => void this.lookAgain());
    }
    setInterval(() => this.draw(), TICK);
  }

  /** Stills are kept in another window: count them anew when this one is back. */
  private async lookAgain(): Promise<void> {
    if (document.visibilityState !== "visible") return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(this.data.page)).text(), "text/html");
      this.stills = (JSON.parse(page.getElementById("form-data")?.textContent ?? "{}") as Partial<Data>).stills ?? this.stills;
    } catch {
      return; // without network there is nothing new
    }
    this.draw();
  }

  private async picture(about: string, file: File): Promise<void> {
    const trouble = await this.shoot(about, file);
    if (trouble) this.part("photos").textContent = trouble;
  }

  private open(): string[] {
    const answers = this.newest("answer");
    return [...this.lines.keys()].filter((key) => !answers.has(key));
  }

  protected gap(): Gap | undefined {
    const open = this.open();
    if (open.length) return { words: `还有 ${open.length} 项没有填，不适用的请选“不适用”。`, place: this.lines.get(open[0]!)?.element };
    const { applying } = this.data.least;
    if ([...this.newest("answer").values()].filter((one) => one !== "none").length < applying)
      return { words: `至少 ${applying} 项要选“符合”或“不符”；全部“不适用”等于没有看。`, place: this.part("items") };
    if (this.data.remote && !this.newest("note").get(SEEN)) return { words: "请写明看到了什么。", place: this.part("seen") };
    return this.rollGap() ?? this.pictureGap();
  }

  private rollGap(): Gap | undefined {
    if (this.newest("note").get(UNCALLED)) return undefined;
    const { drawn, called } = this.called();
    const place = this.part("roll");
    if (called < drawn) return { words: `抽出的 ${drawn} 人还有 ${drawn - called} 人没有点。没法点的，请写明原因。`, place };
    if (drawn || this.data.remote || !this.roll.expects(this.day())) return undefined;
    return { words: "当天有应到的人，还没有点名。没法点的，请写明原因。", place };
  }

  private pictureGap(): Gap | undefined {
    const { pictures } = this.data.least;
    if (this.pictures() >= pictures) return undefined;
    if (!this.data.remote) return { words: `至少拍 ${pictures} 张现场照片，才能提交。`, place: this.part("camera") };
    if (this.newest("note").get(UNPICTURED)) return undefined;
    return { words: `远程巡查要有 ${pictures} 张截图。没有的，请写明原因。`, place: this.part("unpictured-place") };
  }

  private of(kind: string): Known[] {
    return this.deeds().filter((one) => one.kind === kind);
  }

  private called(): Count {
    return this.roll.count(this.of("draw"), this.of("roll"));
  }

  private pictures(): number {
    return this.of("photo").length + this.stills;
  }

  /** The day of the look, that of the first thing done; of what only this phone has, its clock is put right. */
  private day(): string {
    const known = new Set(this.data.deeds.map((one) => one.id));
    const ahead = serverNow() - Date.now();
    const own = this.deeds().filter((one) => !known.has(one.id)).map((one) => one.at + ahead);
    return DAY.format(Math.min(serverNow(), ...this.data.deeds.map((one) => one.at), ...own));
  }

  protected warning(): string {
    const bad = [...this.newest("answer").values()].filter((one) => one === SCALE.bad).length;
    return bad ? `提交后不能再改；不符的 ${bad} 项会成为问题，由住建局处理。` : "提交后不能再改。";
  }

  protected override after(): Node[] {
    const link = document.createElement("a");
    link.href = this.data.record;
    link.textContent = "看巡查记录";
    return [link];
  }

  protected override thing(deed: Known): string {
    return deed.kind === "draw" || deed.kind === "roll" ? "draw" : super.thing(deed);
  }

  protected show(closed: boolean, reasons: Map<string, string>): void {
    const [answers, notes] = [this.newest("answer"), this.newest("note")];
    for (const [key, line] of this.lines) {
      const reason = reasons.get(key) ?? "";
      line.show({ answer: answers.get(key), note: notes.get(key), shots: this.shots(key), reason, closed });
    }
    this.roll.show(this.of("draw"), this.of("roll"), closed, reasons.get("draw") ?? "");
    this.showWords("note", notes.get(""), closed);
    this.showWords("uncalled", notes.get(UNCALLED), closed);
    const uncalled = this.part<HTMLDetailsElement>("uncalled-place");
    uncalled.hidden = !notes.get(UNCALLED) && (closed || !this.rollGap());
    uncalled.open ||= Boolean(notes.get(UNCALLED));
    if (this.data.remote) {
      this.showWords("seen", notes.get(SEEN), closed);
      this.showWords("unpictured", notes.get(UNPICTURED), closed);
      this.part("unpictured-place").hidden = !notes.get(UNPICTURED) && (closed || !this.pictureGap());
    }
    const general = this.shots("");
    if (general) this.part("photos").textContent = general;
    this.part("filled").textContent = this.filled();
  }

  private filled(): string {
    const { drawn, called } = this.called();
    const said = [`已填 ${this.lines.size - this.open().length} / ${this.lines.size}`, `照片 ${this.pictures()} 张`];
    return (drawn ? [...said, `点名 ${called} / ${drawn}`] : said).join("，");
  }
}

void begin(SHELF, Visit);
