// The keyboard: numbers and letters choose, arrows or N and P turn the page, F or M flags, ? helps.
import type { View } from "./view";

export interface Keys {
  flag(): void;
  help(): void;
}

export function listenToKeys(view: View, does: Keys): void {
  const rtl = document.dir === "rtl";
  const steps: Record<string, number> = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1, p: -1, n: 1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (writes(event.target)) {
      // Out of the field: then the letters mean what the help says.
      if (event.key === "Escape") view.show(view.current, true);
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = steps[key];
    const option = place(key);
    if (step) view.show(view.current + step, true);
    else if (option >= 0 && option < view.item.options.length) view.press(option);
    else if (key === "f" || key === "m") does.flag();
    else if (key === "?" || key === "？") does.help();
    else return;
    // Arrows would also move the choice of a radio group; a letter would type.
    event.preventDefault();
  });
}

/** Which option a key means: A or 1 the first one. */
function place(key: string): number {
  if (/^[a-h]$/.test(key)) return key.charCodeAt(0) - 97;
  return /^[1-8]$/.test(key) ? Number(key) - 1 : -1;
}

function writes(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && target.type === "text";
}
