// Before the exam: counts down by the server's clock and opens the door when the time has come.
import { minutes } from "./clock";

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
