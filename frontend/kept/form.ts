// A form on a phone: every deed is on the phone's disk at once and reaches the server when it can. Of
// several deeds about one thing the newest counts, here as on the server (zhupei/core/deeds.py).
import "./kept.css";
import "./form.css";
import { Carrier, drawState } from "./carrier";
import { heardFromPage, heardFromServer, serverNow } from "./clock";
import { dropFiles, keepFile, uploaded, type Filed } from "./evidence";
import { keep } from "./keep";
import { uuid, type Shelf } from "./store";

const MINUTE = 60_000;

export interface Done extends Filed {
  about: string;
}

/** A deed the server has, perhaps from another phone. */
export type Known = Pick<Done, "id" | "kind" | "about" | "value" | "at">;

/** What the page of every form is given. */
export interface FormData {
  about: number; // which form it is
  user: number;
  now: number; // when the page was made, by the server's clock
  sync: string;
  page: string;
  worker: string;
  uploads: string;
  closed: string; // why nothing can be filled in, or empty
  opens?: { at: number; words: string } | undefined; // before that moment nothing is taken, and why
  deeds: Known[];
  removed?: Record<string, string>; // by deed, what was taken out of its picture
  spent?: string[]; // handed in, and given back since
}

/** What differs from form to form. */
export interface Kit {
  shelf: Shelf;
  files: { kind: string; noun: string; unit: string };
  none: string; // nothing done yet
  submit: string;
  complete: string;
}

/** What has to be filled in before it can be handed in, in words, and where it stands. */
export interface Gap {
  words: string;
  place?: HTMLElement | undefined;
}

export abstract class Form<D extends FormData> {
  private carrier!: Carrier<Done>;
  private readonly removed: Record<string, string>;
  private sure = false;

  constructor(
    protected readonly root: HTMLElement,
    protected readonly data: D,
    private readonly kit: Kit,
  ) {
    this.removed = { ...data.removed };
  }

  protected abstract build(): void;
  /** ``reasons``: why the newest about each thing was refused. */
  protected abstract show(closed: boolean, reasons: Map<string, string>): void;
  protected abstract gap(): Gap | undefined;
  /** What handing in brings about. */
  protected abstract warning(): string;

  async start(): Promise<void> {
    const { data, kit } = this;
    this.carrier = await Carrier.open<Done>({
      url: data.sync,
      user: data.user,
      about: data.about,
      shelf: kit.shelf,
      said: ({ id, kind, about, value, at }) => ({ id, kind, about, value, at }),
      ready: (deeds) => uploaded(this.carrier, data.uploads, deeds, kit.files.kind),
      changed: () => this.draw(),
      heard: (answer) => {
        if (answer.how === "taken") {
          Object.assign(this.removed, answer.rest["removed"] ?? {});
          heardFromServer(answer.rest["now"]);
          this.draw();
        }
        void dropFiles(this.carrier, kit.files.kind);
      },
    });
    heardFromPage(data.now);
    this.build();
    this.part("sync").addEventListener("click", () => void this.carrier.send());
    this.part("hand-in").addEventListener("click", () => void this.handIn());
    this.part("fleeting").hidden = this.carrier.store.lasting;
    this.root.hidden = false;
    document.querySelector<HTMLElement>("[data-plain]")?.remove();
    this.draw();
    this.waitToOpen();
    this.carrier.start();
    const kept = await keep(data.worker, [data.page], data.user, kit.shelf.name);
    this.part("ready").hidden = !kept;
    this.part("unready").hidden = kept;
  }

  protected part<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the form has no part named ${name}`);
    return found;
  }

  protected async do(kind: string, about = "", value = ""): Promise<void> {
    if (this.closed()) return;
    if (kind !== "hand_in") this.sure = false;
    await this.carrier.add({ ...this.deed(kind, about), id: uuid(), value });
  }

  /** Keeps a picture or recording; what is wrong, in words, when it cannot be kept. */
  protected async shoot(about: string, file: File): Promise<string> {
    if (this.closed()) return "";
    const deed = this.deed(this.kit.files.kind, about);
    return keepFile(this.carrier, file, (id) => ({ ...deed, id }));
  }

  private deed(kind: string, about: string): Omit<Done, "id"> {
    const { shelf } = this.kit;
    const form = { [shelf.by]: this.data.about };
    return { ...form, user: this.data.user, kind, about, value: "", at: Date.now(), state: "kept" };
  }

  /** A field of words that becomes a deed when it is left. */
  protected words(part: string, kind: string, about: string): void {
    const area = this.part<HTMLTextAreaElement>(part);
    area.addEventListener("change", () => void this.do(kind, about, area.value.trim()));
  }

  protected showWords(part: string, value: string | undefined, closed: boolean): void {
    const area = this.part<HTMLTextAreaElement>(part);
    if (document.activeElement !== area) area.value = value ?? "";
    area.disabled = closed;
  }

  /** Asked once more before it is done: nothing can be changed afterwards. */
  private async handIn(): Promise<void> {
    const gap = this.gap();
    if (gap) {
      gap.place?.scrollIntoView({ block: "center" });
      this.part("hand-in-words").textContent = gap.words;
      return;
    }
    if (this.sure) await this.do("hand_in");
    this.sure = !this.sure;
    this.draw();
  }

  /** Everything done, here and elsewhere, refused deeds apart, in order of time. */
  protected deeds(): Known[] {
    const here = [...this.carrier.deeds.values()].filter((one) => one.user === this.data.user);
    const known = new Set(here.map((one) => one.id));
    const all = [...this.data.deeds.filter((one) => !known.has(one.id)), ...here.filter((one) => one.state !== "refused")];
    return all.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  protected newest(kind: string): Map<string, string> {
    return new Map(this.deeds().filter((one) => one.kind === kind).map((one) => [one.about, one.value]));
  }

  private handedIn(): boolean {
    return this.deeds().some((one) => one.kind === "hand_in" && !this.data.spent?.includes(one.id));
  }

  /** Why nothing can be filled in now. A page is kept before its time comes, so time is asked here. */
  private shut(): string {
    const { closed, opens } = this.data;
    return closed || (opens && serverNow() < opens.at ? opens.words : "");
  }

  private closed(): boolean {
    return this.shut() !== "" || this.handedIn();
  }

  /** Nothing more comes of it, and nothing of it waits on this phone. */
  protected over(): boolean {
    const waits = this.carrier.inOrder().some((one) => one.state !== "synced");
    return (this.data.closed !== "" || this.handedIn()) && !waits;
  }

  /** Nothing of it was ever done on this phone. */
  protected untouched(): boolean {
    return this.carrier.deeds.size === 0;
  }

  /** Opens by itself when the time comes, for a page left open or kept. */
  private waitToOpen(): void {
    const { opens } = this.data;
    const wait = opens ? opens.at - serverNow() : 0;
    if (wait <= 0) return;
    setTimeout(
      () => {
        this.draw();
        this.waitToOpen();
      },
      Math.min(wait, MINUTE),
    );
  }

  protected draw(): void {
    const closed = this.closed();
    const reasons = this.reasons();
    this.show(closed, reasons);
    this.drawEnd(closed, reasons.get("hand_in") ?? "");
    drawState((name) => this.part(name), this.carrier, { none: this.kit.none });
  }

  private drawEnd(closed: boolean, reason: string): void {
    const press = this.part<HTMLButtonElement>("hand-in");
    press.hidden = closed;
    press.textContent = this.sure ? "确认提交，不再修改" : this.kit.submit;
    const words = this.part("hand-in-words");
    if (this.shut()) words.textContent = this.shut();
    else if (!this.handedIn()) words.textContent = this.before(reason);
    else if (this.carrier.pending().length) words.textContent = "已提交，存在手机上，有网络时上传。";
    else words.replaceChildren("已提交，不能再改。", ...this.after());
  }

  private before(reason: string): string {
    if (reason) return `没有收下：${reason}`;
    if (this.sure) return this.warning();
    return this.gap()?.words ?? this.kit.complete;
  }

  /** Where to read it once the server has it. */
  protected after(): Node[] {
    return [];
  }

  /** What a refused deed is about, on the page. */
  protected thing(deed: Known): string {
    return deed.kind === "hand_in" ? "hand_in" : deed.about;
  }

  private reasons(): Map<string, string> {
    const found = new Map<string, string>();
    for (const one of this.carrier.inOrder()) {
      found.delete("hand_in"); // whatever was done since may have mended it
      if (one.kind === this.kit.files.kind) continue; // said beside the pictures
      if (one.state === "refused") found.set(this.thing(one), one.reason ?? "");
      else found.delete(this.thing(one));
    }
    return found;
  }

  /** How many pictures there are of something, and where they are. */
  protected shots(about: string): string {
    const { kind, noun, unit } = this.kit.files;
    const mine = this.carrier.inOrder().filter((one) => one.kind === kind && one.about === about);
    const others = this.data.deeds.filter((one) => one.kind === kind && one.about === about && !this.carrier.deeds.has(one.id));
    const all = [...mine.filter((one) => one.state !== "refused"), ...others];
    const bad = mine.find((one) => one.state === "refused");
    if (!all.length && !bad) return "";
    const waits = mine.filter((one) => one.state === "kept").length;
    const removed = all.map((one) => this.removed[one.id]).find(Boolean);
    return (
      `${noun} ${all.length} ${unit}` +
      (waits ? `，${waits} ${unit}在手机上等上传` : "，已上传") +
      (removed ? `；${removed}` : "") +
      (bad ? `；有一${unit}没有收下：${bad.reason ?? ""}` : "")
    );
  }
}

/** On a page of a form the form; on the list of them, all are kept before they are needed. */
export async function begin<D extends FormData>(shelf: Shelf, made: new (root: HTMLElement, data: D) => Form<D>): Promise<void> {
  const root = document.querySelector<HTMLElement>("[data-form]");
  const data = document.getElementById("form-data")?.textContent;
  if (root && data) {
    await new made(root, JSON.parse(data) as D).start();
    return;
  }
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  if (!desk) return;
  const { worker, user, pages, now } = desk.dataset;
  if (now) heardFromPage(Number(now));
  const wanted = (pages ?? "").split(" ").filter(Boolean);
  const kept = await keep(worker ?? "", wanted, Number(user), shelf.name);
  for (const one of document.querySelectorAll<HTMLElement>("[data-kept]")) one.hidden = !kept;
}
