// A paste that is too long: what fits is put in, the rest is told and stays within reach.
import { el } from "./dom";
import { say } from "./words";

/** What did not fit, by place; it lives as long as the page. */
const left = new Map<number, string>();

/** The box below a written answer that shows what was cut off. */
export function surplus(
  place: number,
  text: HTMLTextAreaElement,
  longest: number,
  told: () => void,
): HTMLElement {
  const box = el("div", { class: "exam-surplus", role: "status" });
  const draw = () => {
    const rest = left.get(place) ?? "";
    box.hidden = !rest;
    box.replaceChildren(...(rest ? shown(rest, longest, () => (left.delete(place), draw())) : []));
  };
  text.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n") ?? "";
    const [from, to] = [text.selectionStart, text.selectionEnd];
    const room = longest - (text.value.length - (to - from));
    if (pasted.length <= room) return;
    event.preventDefault();
    left.set(place, pasted.slice(room));
    text.setRangeText(pasted.slice(0, room), from, to, "end");
    draw();
    told();
  });
  draw();
  return box;
}

function shown(rest: string, longest: number, drop: () => void): HTMLElement[] {
  const field = el("textarea", { class: "exam-rest", rows: "4", readonly: true, "aria-label": say("surplus_rest") });
  field.value = rest;
  const button = el("button", { type: "button", class: "btn btn-small" }, say("surplus_drop"));
  button.addEventListener("click", drop);
  return [el("p", { class: "warn" }, say("surplus", { longest, count: rest.length })), field, button];
}
