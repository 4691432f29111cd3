// The examination page: puts the parts together. It brings its own few styles; the theme is the site's.
import "./paper.css";
import { Clock } from "./clock";
import { checkMachine, countDown } from "./door";
import { part } from "./dom";
import { Finish } from "./finish";
import { listenToKeys } from "./keys";
import { Sender } from "./sender";
import { Sheet } from "./sheet";
import { openStore } from "./store";
import type { Item, Paper } from "./types";
import { View } from "./view";
import { read, say } from "./words";

const SIZE = "zhupei.exam.size";

async function sit(): Promise<void> {
  const paper = read<Paper>("exam-paper");
  const clock = new Clock(paper.now, paper.closes, paper.grace);
  const store = await openStore();
  const sheet = new Sheet(paper.attempt, paper.items, clock, store);
  sheet.recall(await store.all(paper.attempt));
  sheet.merge(paper.answers);

  const sender: Sender = new Sender(paper, sheet, clock, {
    changed: () => view.refresh(),
    overtaken: () => void catchUp(),
    closed: () => void finish.closed(),
    ticketLost: () => warn(say("no_ticket")),
  });
  const view: View = new View(paper, sheet, sender, clock, (item, choice) => void choose(item, choice));
  const finish: Finish = new Finish(paper, sheet, sender, clock, view, store);

  const choose = async (item: Item, choice: string) => {
    const kept = sheet.choose(item.place, choice);
    view.refresh();
    await kept; // on this machine first, then on its way
    sender.wake();
  };
  const flag = () => {
    void sheet.flag(view.item.place);
    view.refresh();
  };
  const catchUp = async () => {
    const fresh = await sender.fetchStored();
    if (fresh && sheet.merge(fresh.answers)) view.show(view.current);
  };

  part("exam").hidden = false;
  if (!store.lasting) warn(say("no_storage"));
  listenToButtons(view, finish, flag);
  listenToKeys(view, flag);
  chooseSize();
  view.show(firstBlank(paper, sheet));
  sender.start();
  const tick = () => {
    view.tick();
    if (clock.left() <= 0) void finish.timeUp();
  };
  tick();
  setInterval(tick, 500);
  addEventListener("beforeunload", (event) => {
    if (sheet.pending().length) event.preventDefault();
  });
}

function firstBlank(paper: Paper, sheet: Sheet): number {
  const index = paper.items.findIndex((item) => !sheet.of(item.place).choice);
  return Math.max(index, 0);
}

function listenToButtons(view: View, finish: Finish, flag: () => void): void {
  const side = part("side");
  part("previous").addEventListener("click", () => view.show(view.current - 1));
  part("next").addEventListener("click", () => view.show(view.current + 1));
  part("flag").addEventListener("click", flag);
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
    view.show(Number(tile.dataset["index"]));
  });
}

/** 标准, 大, 特大: remembered by this machine. */
function chooseSize(): void {
  const exam = part("exam");
  const buttons = document.querySelectorAll<HTMLButtonElement>("[data-size-of]");
  const use = (size: string) => {
    exam.dataset["size"] = size;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["sizeOf"] === size));
    try {
      localStorage.setItem(SIZE, size);
    } catch {
      // A browser that remembers nothing shows the standard size next time.
    }
  };
  let size = "standard";
  try {
    size = localStorage.getItem(SIZE) ?? size;
  } catch {
    // as above
  }
  use(size);
  for (const button of buttons) button.addEventListener("click", () => use(button.dataset["sizeOf"]!));
}

function warn(sentence: string): void {
  const place = part("warning");
  place.textContent = sentence;
  place.hidden = false;
}

const countdown = document.querySelector<HTMLElement>("[data-milliseconds]");
if (countdown) countDown(countdown);
const machine = document.querySelector<HTMLElement>("[data-hot]:not(.exam)");
if (machine) void checkMachine(machine);
if (document.getElementById("exam-paper")) void sit();
