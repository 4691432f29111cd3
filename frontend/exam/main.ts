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
import { openStore, type Store } from "./store";
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
  void openStore().then(async (store) => {
    if (door.rehearsal) await anew(store, start);
    const doors = door.rehearsal ? new RehearsalDoors(door) : new HotDoors(door.hot, door.ticket, door.urls);
    await new Begin(door, store, start, doors).enter();
  });
}

/** A rehearsal begins anew unless this tab is in the middle of one. */
async function anew(store: Store, start: HTMLElement): Promise<void> {
  if (!begun()) await store.forget(0).catch(() => {});
  start.hidden = false;
}

// A browser that opens nothing sealed rehearses the long way.
if (document.getElementById("exam-rehearsal")) {
  const paper = timed(read<Paper>("exam-rehearsal"));
  void sit(paper, new RehearsalDoors(paper));
}

if (document.getElementById("exam-paper")) {
  const paper = recent(read<Paper>("exam-paper"));
  void keepPage(paper.urls.worker, paper.urls.paper);
  void sit(paper, new HotDoors(paper.hot, paper.ticket, paper.urls));
}
