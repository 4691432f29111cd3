// The keyboard: A–H choose, arrows turn the page, M flags.
import type { View } from "./view";

export function listenToKeys(view: View, flag: () => void): void {
  const rtl = document.dir === "rtl";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.key];
    const letter = /^[a-h]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    if (step) view.show(view.current + step);
    else if (letter >= 0) view.press(letter);
    else if (event.key.toLowerCase() === "m") flag();
    else return;
    // Arrows would also move the choice of a radio group; a letter would type.
    event.preventDefault();
  });
}
