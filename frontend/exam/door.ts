// Before the exam: counts down by the server's clock, tries the machine.
import { minutes } from "./clock";
import { patience } from "./doors";
import { openStore } from "./store";

const DAY = 86_400_000;
const NARROWEST = 320; // pixels
const SLOW = 1_500; // milliseconds for a reply
const SPECIMEN = "安全帽";

/** When the time has come the start is there, without asking for the page again. */
export function countDown(element: HTMLElement, start: HTMLElement): void {
  const opens = Date.now() + Number(element.dataset["milliseconds"]);
  const tick = () => {
    const left = opens - Date.now();
    if (left < DAY) element.textContent = minutes(left);
    if (left > 0) return;
    clearInterval(timer);
    start.hidden = false;
    element.closest<HTMLElement>("[data-part=waiting]")?.remove();
  };
  const timer = setInterval(tick, 500);
  tick();
}

/** Can this machine sit the exam: does it keep answers, does it reach the server, can one type? */
export async function checkMachine(section: HTMLElement): Promise<void> {
  const show = (name: string, verdict: "yes" | "no" | "slow") => {
    for (const line of section.querySelectorAll<HTMLElement>(`[data-check="${name}"]`)) {
      line.hidden = line.dataset["good"] !== verdict;
    }
  };
  show("screen", innerWidth >= NARROWEST ? "yes" : "no");
  show("sealed", window.isSecureContext && "subtle" in crypto ? "yes" : "no");
  const field = section.querySelector<HTMLInputElement>("[data-part=type-here]");
  field?.addEventListener("input", () => show("keyboard", field.value.includes(SPECIMEN) ? "yes" : "no"));
  show("store", (await openStore()).lasting ? "yes" : "no");
  const began = performance.now();
  try {
    const response = await fetch(`${section.dataset["hot"]}/hot/healthz`, { signal: patience() });
    if (!response.ok) throw new Error(String(response.status));
    show("hot", performance.now() - began < SLOW ? "yes" : "slow");
  } catch {
    show("hot", "no");
  }
}
