// How large and how strong the page is drawn. The machine remembers it.
import { part } from "./dom";

const SIZE = "zhupei.exam.size";
const CONTRAST = "zhupei.exam.contrast";

export function chooseLook(): void {
  choose("size", SIZE, "standard", "[data-size-of]", "sizeOf");
  choose("contrast", CONTRAST, "normal", "[data-contrast-of]", "contrastOf");
}

function choose(name: string, key: string, usual: string, selector: string, value: string): void {
  const buttons = document.querySelectorAll<HTMLButtonElement>(selector);
  const use = (chosen: string) => {
    part("exam").dataset[name] = chosen;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset[value] === chosen));
    remember(key, chosen);
  };
  use(recall(key) ?? usual);
  for (const button of buttons) button.addEventListener("click", () => use(button.dataset[value]!));
}

/** A browser that remembers nothing shows the usual next time. */
function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // as above
  }
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
