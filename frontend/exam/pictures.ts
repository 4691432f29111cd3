// Pictures of a question: small beside the text, as large as one likes in a dialog of their own.
import { el, icon, part } from "./dom";
import type { Picture } from "./types";
import { say } from "./words";

const STEP = 1.25;
const SMALLEST = 0.25;
const LARGEST = 6;

let zoom = 1;
let image = el("img");

export function figures(pictures: Picture[]): HTMLElement[] {
  return pictures.map((picture, index) => {
    const image = el("img", { src: picture.src, alt: picture.alt || say("picture", { number: index + 1 }) });
    const button = el("button", { type: "button", class: "exam-picture" }, image, el("span", {}, icon("zoom-in"), say("enlarge")));
    button.addEventListener("click", () => open(picture));
    return button;
  });
}

function open(picture: Picture): void {
  image = el("img", { src: picture.src, alt: picture.alt });
  image.addEventListener("load", fit);
  part("zoom-room").replaceChildren(image);
  part("zoom-title").textContent = picture.alt || say("picture", { number: "" }).trim();
  part<HTMLDialogElement>("zoom").showModal();
  part("zoom-room").focus();
  fit();
}

/** As wide as the room it has. */
function fit(): void {
  const room = part("zoom-room");
  zoom = image.naturalWidth ? Math.min(room.clientWidth / image.naturalWidth, LARGEST) : 1;
  apply();
}

function by(factor: number): void {
  zoom = Math.min(Math.max(zoom * factor, SMALLEST), LARGEST);
  apply();
}

function apply(): void {
  // A drawing without a size of its own is as wide as its room.
  const own = image.naturalWidth || part("zoom-room").clientWidth;
  image.setAttribute("width", String(Math.round(own * zoom)));
}

export function listenToZoom(): void {
  const dialog = part<HTMLDialogElement>("zoom");
  part("zoom-in").addEventListener("click", () => by(STEP));
  part("zoom-out").addEventListener("click", () => by(1 / STEP));
  part("zoom-fit").addEventListener("click", fit);
  part("zoom-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const does = { "+": () => by(STEP), "=": () => by(STEP), "-": () => by(1 / STEP), "0": fit }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
}
