// The last resort where no network comes back: the answers in a file that only the assessment body
// can open. Its format: docs/mechanisms/exam-page.md.
import { el, icon } from "./dom";
import type { Doors } from "./doors";
import { bytes, canOpen, text } from "./sealed";
import type { Sheet } from "./sheet";
import type { Paper } from "./types";
import { say } from "./words";

const FORMAT = "zhupei-answers-1";
const INFO = "zhupei carried answers";
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const NONCE = 12;

/** Puts a button there which saves the file; says so where this browser cannot. */
export function offerFile(place: HTMLElement, paper: Paper, sheet: Sheet, doors: Doors): void {
  place.hidden = false;
  if (place.childElementCount) return;
  const said = el("p", { class: "small", role: "status" });
  if (!paper.carry || !canOpen()) return place.replaceChildren(el("p", { class: "small" }, say("file_not")));
  const button = el("button", { type: "button", class: "btn" }, icon("download"), say("file"));
  button.addEventListener("click", () => {
    void save(paper, sheet, doors.ticket).then(
      (name) => (said.textContent = say("file_made", { name })),
      () => (said.textContent = say("file_not")),
    );
  });
  place.replaceChildren(button, said);
}

async function save(paper: Paper, sheet: Sheet, ticket: string): Promise<string> {
  const name = `答卷-${paper.attempt}.zpa`;
  const file = new Blob([JSON.stringify(await sealed(paper, sheet, ticket))], { type: "application/octet-stream" });
  const link = el("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}

/** Sealed to the sitting: ECDH with a key made for this file, HKDF-SHA256, AES-256-GCM. */
async function sealed(paper: Paper, sheet: Sheet, ticket: string): Promise<object> {
  const { sitting, key } = paper.carry!;
  const theirs = await crypto.subtle.importKey("raw", bytes(key), CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const sealing = await derived(shared);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const answers = sheet.written().map(({ place, choice, turn }) => ({ item: place, choice, turn }));
  const plain = new TextEncoder().encode(JSON.stringify({ ticket, made: Date.now(), answers }));
  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, sealing, plain));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  return { format: FORMAT, sitting, public: text(point), nonce: text(nonce), sealed: text(cipher) };
}

async function derived(shared: ArrayBuffer): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(INFO) };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}
