// The sealed form: fetched minutes before the exam, opened with the key that the start hands out.
// Its bytes are 12 of nonce and AES-256-GCM's ciphertext; see zhupei/exams/sealing.py.
import { order } from "./order";
import type { Case, Item, Kind, Picture } from "./types";

const NONCE = 12;

/** One place of a form, as papers write it. */
interface Place {
  kind: Kind;
  stem: string;
  options?: string[];
  pictures?: Picture[];
  group?: Case | null;
  blanks?: number;
}

export interface Form {
  places: Place[];
  points: Record<string, string>;
  shuffle: boolean;
}

/** Browsers open sealed forms only on addresses they trust. */
export function canOpen(): boolean {
  return window.isSecureContext && "subtle" in crypto;
}

/** Base64 for addresses, without padding. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

export function text(raw: Uint8Array): string {
  const letters = Array.from(raw, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export async function hex(raw: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetches the form and proves that it is the one the page names. */
export async function fetchForm(address: string, sha256: string): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the form answered ${response.status}`);
  const sealed = await response.arrayBuffer();
  if ((await hex(sealed)) !== sha256) throw new Error("the form is not the one of this seat");
  return sealed;
}

/** Rejects for another key or altered bytes. */
export async function open(sealed: ArrayBuffer, key: string): Promise<Form> {
  const opener = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
  const nonce = sealed.slice(0, NONCE);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, opener, sealed.slice(NONCE));
  return JSON.parse(new TextDecoder().decode(plain)) as Form;
}

/** The items in the candidate's own order; each option keeps the letter of the sealed form. */
export async function shown(form: Form, seed: string): Promise<Item[]> {
  return (await order(seed, form.places, form.shuffle)).map(({ place, letters }) => {
    const { kind, stem, options = [], pictures = [], group = null, blanks } = form.places[place]!;
    const lettered = [...letters].map((letter): [string, string] => [letter, options["ABCDEFGH".indexOf(letter)]!]);
    const points = form.points[String(place)];
    return { place, kind, stem, pictures, group, options: lettered, ...(points ? { points } : {}), ...(blanks ? { blanks } : {}) };
  });
}
