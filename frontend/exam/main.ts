// The pages of a candidate: the door before the exam, and the exam. They bring their own few styles.
import "./paper.css";
import { checkMachine, countDown } from "./door";
import { part } from "./dom";
import { HotDoors } from "./doors";
import { begun, RehearsalDoors, timed } from "./rehearsal";
import { sit } from "./sit";
import type { Paper } from "./types";
import { read } from "./words";

const countdown = document.querySelector<HTMLElement>("[data-milliseconds]");
if (countdown) countDown(countdown);
const machine = document.querySelector<HTMLElement>("[data-hot]:not(.exam)");
if (machine) void checkMachine(machine);
const rehearse = document.querySelector<HTMLElement>("[data-part=rehearse]");
if (rehearse) {
  const begin = () => {
    const paper = timed(read<Paper>("exam-rehearsal"));
    void sit(paper, new RehearsalDoors(paper));
  };
  rehearse.hidden = false;
  rehearse.addEventListener("click", begin);
  if (begun()) begin();
}
if (document.getElementById("exam-paper")) {
  const paper = read<Paper>("exam-paper");
  const form = () => new FormData(part<HTMLFormElement>("hand-in"));
  void sit(paper, new HotDoors(paper.hot, paper.ticket, paper.urls, form));
}
