// Before the exam: counts down by the server's clock and opens the door when the time has come.
import { minutes } from "./clock";
import { openStore } from "./store";

const DAY = 86_400_000;

export function countDown(element: HTMLElement): void {
  const opens = Date.now() + Number(element.dataset["milliseconds"]);
  const tick = () => {
    const left = opens - Date.now();
    if (left < DAY) element.textContent = minutes(left);
    if (left > 0) return;
    clearInterval(timer);
    location.reload();
  };
  const timer = setInterval(tick, 500);
  tick();
}

/** Can this machine sit the exam: does it keep answers, does it reach the server that saves them? */
export async function checkMachine(section: HTMLElement): Promise<void> {
  const show = (name: string, good: boolean) => {
    for (const line of section.querySelectorAll<HTMLElement>(`[data-check="${name}"]`)) {
      line.hidden = (line.dataset["good"] === "yes") !== good;
    }
  };
  show("store", (await openStore()).lasting);
  try {
    show("hot", (await fetch(`${section.dataset["hot"]}/hot/healthz`)).ok);
  } catch {
    show("hot", false);
  }
}
