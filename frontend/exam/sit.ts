// An exam from the first question to the hand-in: puts the parts together.
import { offerFile } from "./carry";
import { Clock } from "./clock";
import { part } from "./dom";
import type { Doors } from "./doors";
import type { Hearer } from "./fields";
import { Finish } from "./finish";
import { listenToKeys } from "./keys";
import { chooseLook } from "./look";
import { Notices } from "./notices";
import { listenToZoom } from "./pictures";
import { Guide, RehearsalDoors } from "./rehearsal";
import { Room } from "./room";
import { Sender } from "./sender";
import { Sheet } from "./sheet";
import { openStore, type Store } from "./store";
import type { Item, Paper } from "./types";
import { View } from "./view";
import { say } from "./words";

const CATCH_UP = 2_000; // milliseconds between two looks at what other machines saved

export async function sit(paper: Paper, doors: Doors): Promise<void> {
  outOfHundred(paper.items);
  const clock = new Clock(paper.now, paper.closes, paper.grace);
  const store = await openStore();
  const sheet = new Sheet(paper.attempt, paper.items, clock, store);
  sheet.recall(await store.all(paper.attempt));
  sheet.merge(paper.answers);
  let caughtUp = 0;

  const sender: Sender = new Sender(doors, sheet, clock, {
    changed: () => {
      view.refresh();
      guide?.changed();
    },
    told: (reply) => {
      room.told(reply);
      notices.told(reply.notice ?? 0);
      if (reply.closes) void remember(store, paper.attempt, reply.closes);
    },
    overtaken: () => void catchUp(),
    closed: () => void finish.closed(),
    ticketLost: () => warn(say("no_ticket")),
  });
  const hearer: Hearer = { answered: (item, answer, typing) => void answered(item, answer, typing) };
  const view: View = new View(paper, sheet, sender, clock, hearer);
  const room = new Room(clock, view);
  const notices = new Notices(paper);
  const finish: Finish = new Finish(paper, sheet, sender, doors, clock, view, store);

  const answered = async (item: Item, answer: string, typing: boolean) => {
    const kept = sheet.choose(item.place, answer);
    view.refresh();
    await kept; // on this machine first, then on its way
    if (typing) sender.wakeSoon();
    else sender.wake();
  };
  const flag = () => {
    void sheet.flag(view.item.place);
    view.refresh();
    guide?.changed();
  };
  const catchUp = async () => {
    if (Date.now() - caughtUp < CATCH_UP) return;
    caughtUp = Date.now();
    const fresh = await sender.fetchStored();
    const before = sheet.of(view.item.place).turn;
    if (!fresh || !sheet.merge(fresh.answers)) return;
    warn(say("elsewhere"));
    if (sheet.of(view.item.place).turn === before) view.refresh();
    else view.show(view.current);
  };

  const guide = doors instanceof RehearsalDoors ? new Guide(doors, {
    wake: () => sender.wake(true),
    pending: () => sheet.pending().length,
    saved: () => sheet.saved().length,
    flagged: () => sheet.flagged().length,
  }) : null;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void catchUp(); // one comes back to this machine from another
  });
  appear();
  if (!store.lasting) warn(say("no_storage"));
  listenToButtons(view, finish, flag);
  listenToKeys(view, { flag, help });
  listenToZoom();
  if (!paper.rehearsal) offerFile(part("help-file"), paper, sheet, doors);
  chooseLook();
  view.show(firstBlank(paper, sheet));
  notices.told(paper.notice ?? 0);
  room.told({ code: paper.paused ? "paused" : "open" });
  sender.start();
  const tick = () => {
    view.tick();
    if (clock.left() <= 0 && !clock.paused) void finish.timeUp();
  };
  tick();
  setInterval(tick, 500);
  addEventListener("beforeunload", (event) => {
    if (sheet.pending().length) event.preventDefault();
  });
}

/** Marks are out of 100, whatever the points of a form add up to. */
function outOfHundred(items: Item[]): void {
  const total = items.reduce((sum, { points }) => sum + Number(points), 0);
  if (!(total > 0)) return;
  for (const item of items) item.points = String(Math.round((Number(item.points) * 10_000) / total) / 100);
}

/** A browser that dies and comes back without network shows the end as it was last heard. */
async function remember(store: Store, attempt: number, closes: number): Promise<void> {
  const seat = await store.seat(attempt).catch(() => undefined);
  if (!seat?.begun || seat.begun.closes === closes) return;
  seat.begun.closes = closes;
  await store.keep(seat).catch(() => {});
}

/** The exam takes the place of the page it was begun on. */
function appear(): void {
  document.querySelector(".public, .learner")?.remove();
  part("main").id = "main"; // where the link “skip to the text” leads
  part("exam").hidden = false;
  scrollTo(0, 0);
}

function firstBlank(paper: Paper, sheet: Sheet): number {
  const index = paper.items.findIndex((item) => !sheet.of(item.place).choice);
  return Math.max(index, 0);
}

function listenToButtons(view: View, finish: Finish, flag: () => void): void {
  const side = part("side");
  part("previous").addEventListener("click", () => view.show(view.current - 1, true));
  part("next").addEventListener("click", () => view.show(view.current + 1, true));
  part("flag").addEventListener("click", flag);
  for (const button of document.querySelectorAll("[data-help]")) button.addEventListener("click", help);
  part("help-close").addEventListener("click", () => part<HTMLDialogElement>("help").close());
  for (const name of ["all", "overview"]) part(name).addEventListener("click", () => side.classList.add("exam-side-open"));
  part("close-side").addEventListener("click", () => side.classList.remove("exam-side-open"));
  part("hand-in-button").addEventListener("click", () => finish.ask());
  part("confirm").addEventListener("click", () => void finish.confirm());
  part("back").addEventListener("click", () => part<HTMLDialogElement>("ask").close());
  part<HTMLDialogElement>("end").addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const tile = (event.target as Element).closest<HTMLElement>(".question-tile");
    if (!tile) return;
    side.classList.remove("exam-side-open");
    part<HTMLDialogElement>("ask").close();
    view.show(Number(tile.dataset["index"]), true);
  });
}

function help(): void {
  part<HTMLDialogElement>("help").showModal();
}

function warn(sentence: string): void {
  const place = part("warning");
  place.textContent = sentence;
  place.hidden = false;
}
