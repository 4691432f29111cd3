// The pages of a candidate: the door before the exam, the exam, its rehearsal. They bring their own
// few styles.
import "./paper.css";
import { Begin, type Door } from "./begin";
import { clockError } from "./clock";
import { checkMachine, countDown } from "./door";
import { HotDoors } from "./doors";
import { keepPage } from "./keep";
import { begun, RehearsalDoors, timed } from "./rehearsal";
import { sit } from "./sit";
import { openStore } from "./store";
import type { Paper } from "./types";
import { read } from "./words";

/** A kept page says how late it was when it was kept; the clock remembers this machine's error. */
function recent(paper: Paper): Paper {
  const error = clockError();
  return navigator.onLine || error === null ? paper : { ...paper, now: Date.now() + error };
}

const machine = document.querySelector<HTMLElement>("[data-hot]:not(.exam)");
if (machine) void checkMachine(machine);

const countdown = document.querySelector<HTMLElement>("[data-milliseconds]");
const start = document.querySelector<HTMLFormElement>("[data-part=start]");
if (countdown && start) countDown(countdown, start);
if (start && document.getElementById("exam-door")) {
  const door = read<Door>("exam-door");
  void openStore().then((store) => new Begin(door, store, start).enter());
}

const rehearse = document.querySelector<HTMLElement>("[data-part=rehearse]");
if (rehearse) {
  const begin = async () => {
    if (!begun()) await (await openStore()).forget(0).catch(() => {});
    const paper = timed(read<Paper>("exam-rehearsal"));
    await sit(paper, new RehearsalDoors(paper));
  };
  rehearse.hidden = false;
  rehearse.addEventListener("click", () => void begin());
  if (begun()) void begin();
}

if (document.getElementById("exam-paper")) {
  const paper = recent(read<Paper>("exam-paper"));
  void keepPage(paper.urls.worker, paper.urls.paper);
  void sit(paper, new HotDoors(paper.hot, paper.ticket, paper.urls));
}
