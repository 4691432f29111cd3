// The board goes on drawing what the page showed first: the hot process tells every two seconds
// which pieces changed. Names are only in the page; the stream carries numbers.

interface SeatPiece {
  seat: number;
  state: string;
  since: number | null;
  answered: number;
  of: number;
  extra: number;
  call: string;
}
interface News {
  now?: number;
  ends?: number | null;
  counts?: Record<string, number>;
  incidents?: number;
  attention?: number[];
  news?: string;
  [piece: string]: unknown;
}

const TICKING = new Set(["off", "hand", "idle"]);
const UNBEGUN = new Set(["expected", "arrived", "absent"]);
const STALE = 10_000; // milliseconds without news
const POLL = 15_000; // between two looks at the page while the stream is away
const AGAIN = 3_000; // before another stream is opened; between two looks at the list
const WIDE = matchMedia("(min-width: 64rem)");

export class Board {
  private readonly pieces = new Map<string, SeatPiece>();
  private readonly words: Record<string, [string, string]>;
  private offset: number;
  private ends: number | null;
  private news: string;
  private incidents = "";
  private heardAt = Date.now();
  private polledAt = Date.now();
  private order: number[];
  private chosen = "";
  private only = "";
  private fetching = false;

  constructor(private readonly root: HTMLElement) {
    const data = root.dataset;
    this.offset = Number(data["now"]) - Date.now();
    this.ends = data["ends"] ? Number(data["ends"]) : null;
    this.news = data["news"] ?? "";
    this.words = read("board-words") as Record<string, [string, string]>;
    this.order = read("board-attention") as number[];
    this.only = new URLSearchParams(location.search).get("state") ?? "";
    document.addEventListener("click", (event) => this.clicked(event));
    setInterval(() => this.tick(), 1_000);
    this.tick();
    this.open(data["ticket"] ?? "");
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T | null {
    return document.querySelector<T>(`[data-part="${name}"]`);
  }

  // ── The stream ─────────────────────────────────────────────────────────────────────────────

  private open(ticket: string): void {
    const stream = new EventSource(`${this.root.dataset["hot"]}/hot/board?ticket=${ticket}`);
    stream.addEventListener("message", (event) => this.hear(JSON.parse(String(event.data)) as News));
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED) return; // it comes back by itself
      setTimeout(() => void this.reopen(), AGAIN);
    });
  }

  /** A ticket lasts five minutes; whoever does not watch any more gets no other. */
  private async reopen(): Promise<void> {
    try {
      const answer = await fetch(this.root.dataset["ticketUrl"] ?? "", { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 404) return location.reload();
      const { ticket } = (await answer.json()) as { ticket: string };
      this.open(ticket);
    } catch {
      setTimeout(() => void this.reopen(), AGAIN);
    }
  }

  private hear(news: News): void {
    this.heardAt = Date.now();
    if (news.now) this.offset = news.now - Date.now();
    if (news.ends !== undefined) this.ends = news.ends;
    if (news.counts) this.count(news.counts);
    for (const [name, piece] of Object.entries(news)) {
      if (name.startsWith("seat/") && piece) this.draw(name.slice(5), piece as SeatPiece);
    }
    if (news.attention) this.order = news.attention;
    if (news.attention || Object.keys(news).some((name) => name.startsWith("seat/"))) this.attend();
    this.listen(news);
    const live = this.part("live");
    if (live) live.textContent = "每 2 秒更新，讲台在上方";
    this.tick();
  }

  private listen(news: News): void {
    if (news.news === undefined && news.incidents === undefined) return;
    const [rest, incidents] = [news.news ?? this.news.replace(/-\d+$/, ""), news.incidents ?? this.incidents];
    const stamp = `${rest}-${incidents}`;
    this.incidents = String(incidents);
    if (stamp === this.news) return;
    this.news = stamp;
    if (this.fetching) return;
    this.fetching = true;
    setTimeout(() => void this.fetchEvents(), AGAIN / 3);
  }

  private async fetchEvents(): Promise<void> {
    try {
      const answer = await fetch(this.root.dataset["eventsUrl"] ?? "");
      const list = document.getElementById("board-events");
      if (answer.ok && !answer.redirected && list && !list.contains(document.activeElement)) {
        list.outerHTML = await answer.text();
      }
      if (this.chosen) await this.choose(this.chosen);
    } catch {
      this.news = ""; // the next news asks again
    } finally {
      setTimeout(() => (this.fetching = false), AGAIN);
    }
  }

  // ── Seats ──────────────────────────────────────────────────────────────────────────────────

  private draw(key: string, piece: SeatPiece): void {
    const before = this.pieces.get(key);
    this.pieces.set(key, piece);
    const seat = document.getElementById(`seat-${key}`);
    if (!seat) return;
    if (before && before.seat !== piece.seat) return void this.poll();
    seat.dataset["state"] = piece.state;
    const [icon, word] = this.words[piece.state] ?? ["circle", piece.state];
    const place = seat.querySelector<HTMLElement>(".seat-place > span");
    if (place) {
      place.textContent = String(piece.seat);
      if (piece.extra) place.append(" ", element("b", `+${piece.extra}`, "seat-extra"));
    }
    const shown = (name: string) => seat.querySelector<HTMLElement>(`[data-part="${name}"]`);
    const progress = shown("progress");
    if (progress) progress.textContent = UNBEGUN.has(piece.state) ? "—" : `${piece.answered}/${piece.of}`;
    shown("state")?.querySelector("use")?.setAttribute("href", iconAddress(icon));
    const words = shown("word");
    if (words) words.textContent = word;
    const bar = seat.querySelector("progress");
    if (bar) [bar.max, bar.value] = [piece.of, piece.answered];
    this.since(seat, piece);
    this.dim(seat);
    if (this.chosen === key && before && before.state !== piece.state) void this.choose(key);
  }

  private since(seat: HTMLElement, piece: SeatPiece): void {
    const line = seat.querySelector<HTMLElement>('[data-part="state"]');
    let since = seat.querySelector<HTMLElement>('[data-part="since"]');
    if (!TICKING.has(piece.state) || piece.since === null) return void since?.remove();
    if (!since && line) {
      since = element("bdi", "");
      since.dataset["part"] = "since";
      line.append(" ", since);
    }
    if (since) since.textContent = minutes(this.now() - piece.since);
  }

  private count(counts: Record<string, number>): void {
    for (const shown of document.querySelectorAll<HTMLElement>("[data-count]")) {
      const state = shown.dataset["count"] ?? "";
      shown.textContent = String(counts[state] ?? 0);
      const filter = shown.closest<HTMLElement>("[data-filter]");
      if (filter && state !== "all") filter.hidden = !counts[state] && this.only !== state;
    }
  }

  /** Who needs somebody, the most pressing first; the order is the server's. */
  private attend(): void {
    const list = this.part<HTMLOListElement>("attention");
    if (!list || list.contains(document.activeElement)) return;
    list.replaceChildren(...this.order.map((key) => this.line(key)).filter((line) => line !== null));
    const calm = this.part("calm");
    if (calm) calm.hidden = this.order.length > 0;
  }

  private line(key: number): HTMLElement | null {
    const [piece, seat] = [this.pieces.get(String(key)), document.getElementById(`seat-${key}`)];
    if (!piece || !(seat instanceof HTMLAnchorElement)) return null;
    const [icon, word] = this.words[piece.state] ?? ["circle", piece.state];
    const name = element("a", "", "name") as HTMLAnchorElement;
    name.href = seat.href;
    name.dataset["seat"] = String(key);
    name.append(element("b", String(piece.seat), "door-seat"), " ");
    name.append(element("bdi", seat.querySelector(".seat-name")?.textContent ?? ""));
    if (piece.call) name.append(element("small", piece.call));
    const tone = piece.state === "off" ? "state-bad" : piece.state === "paused" ? "" : "state-warn";
    const state = element("span", "", `state ${tone}`);
    state.append(drawing(icon), word);
    if (TICKING.has(piece.state) && piece.since) state.append(" ", element("bdi", minutes(this.now() - piece.since)));
    const line = element("li", "");
    line.append(name, state);
    return line;
  }

  // ── What is pressed ────────────────────────────────────────────────────────────────────────

  private clicked(event: MouseEvent): void {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const filter = event.target.closest<HTMLElement>("[data-filter]");
    if (filter && this.part("map")) {
      event.preventDefault();
      return this.filter(filter.dataset["filter"] ?? "");
    }
    const seat = event.target.closest<HTMLElement>("[data-seat]");
    if (!seat || !WIDE.matches) return; // on a phone the seat has a page of its own
    event.preventDefault();
    void this.choose(seat.dataset["seat"] ?? "", true);
  }

  private filter(state: string): void {
    this.only = state;
    for (const one of document.querySelectorAll<HTMLElement>("[data-filter]")) {
      if (one.dataset["filter"] === state) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
    for (const seat of document.querySelectorAll<HTMLElement>(".seat[data-seat]")) this.dim(seat);
  }

  private dim(seat: HTMLElement): void {
    seat.classList.toggle("seat-dim", Boolean(this.part("map") && this.only && seat.dataset["state"] !== this.only));
  }

  private async choose(key: string, fresh = false): Promise<void> {
    const seat = document.getElementById(`seat-${key}`) as HTMLAnchorElement | null;
    const panel = this.part("panel");
    if (!seat || !panel || (!fresh && panel.contains(document.activeElement))) return;
    const answer = await fetch(seat.href, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return location.assign(seat.href);
    panel.innerHTML = await answer.text();
    panel.hidden = false;
    this.chosen = key;
    for (const one of document.querySelectorAll(".seat[aria-current]")) one.removeAttribute("aria-current");
    seat.setAttribute("aria-current", "true");
  }

  // ── Time ───────────────────────────────────────────────────────────────────────────────────

  private now(): number {
    return Date.now() + this.offset;
  }

  private tick(): void {
    const clock = this.part("clock");
    if (clock) clock.textContent = BEIJING.format(this.now());
    const left = this.part("left");
    if (left) left.textContent = this.ends === null ? "—" : minutes(this.ends - this.now());
    for (const [key, piece] of this.pieces) {
      if (!TICKING.has(piece.state)) continue;
      const seat = document.getElementById(`seat-${key}`);
      if (seat) this.since(seat, piece);
    }
    const silent = Date.now() - this.heardAt;
    const stale = this.part("stale");
    if (stale) stale.hidden = silent < STALE;
    const words = this.part("stale-words");
    if (words) words.textContent = `看板 ${Math.round(silent / 1000)} 秒没有更新，正在重连；不影响考生作答`;
    if (silent > STALE && Date.now() - this.polledAt > POLL) void this.poll();
  }

  /** The page itself, when the stream does not come, or a candidate sits somewhere else now. */
  private async poll(): Promise<void> {
    this.polledAt = Date.now();
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["map", "attention"]) {
      const [mine, theirs] = [this.part(part), page.querySelector(`[data-part="${part}"]`)];
      if (mine && theirs && !mine.contains(document.activeElement)) mine.replaceWith(theirs);
    }
  }
}

const BEIJING = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function minutes(milliseconds: number): string {
  const seconds = Math.max(Math.floor(milliseconds / 1000), 0);
  const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600];
  const pad = (part: number) => String(part).padStart(2, "0");
  const [whole, part] = [Math.floor(rest / 60), pad(rest % 60)];
  return hours ? `${hours}:${pad(whole)}:${part}` : `${whole}:${part}`;
}

function read(id: string): unknown {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

function element(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className.trim();
  if (text) made.textContent = text;
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

function iconAddress(icon: string): string {
  const any = document.querySelector("svg use")?.getAttribute("href") ?? "";
  return `${any.split("#")[0]}#${icon}`;
}

function drawing(icon: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", iconAddress(icon));
  svg.append(use);
  return svg;
}
