// Pictures and recordings: kept on the phone's disk, sent in parts when there is a network.
import { Upload } from "tus-js-client";
import type { Carrier } from "../kept/carrier";
import { token } from "../kept/sender";
import { uuid } from "../kept/store";
import { element, type Tap } from "./types";

const PART = 1024 * 1024;
const LARGEST = 500 * 1024 * 1024; // what a phone's browser keeps without complaint

/** A button that takes a picture or a recording. */
export function camera(words: string, taken: (file: File) => void): HTMLLabelElement {
  const input = element("input", "unseen");
  Object.assign(input, { type: "file", accept: "image/*,video/*" });
  input.setAttribute("capture", "environment");
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) taken(file);
    input.value = "";
  });
  return element("label", "btn score-camera", words, input);
}

export async function keepFile(carrier: Carrier<Tap>, tap: Omit<Tap, "id" | "state" | "kind" | "value">, file: File): Promise<string> {
  if (file.size > LARGEST) return "文件超过 500 MB，请拍短一些。";
  const id = uuid();
  try {
    await carrier.store.putFile(id, file);
  } catch {
    return "手机存不下这个文件，请清理空间，或等有网络时再拍。";
  }
  await carrier.add({ ...tap, id, kind: "evidence", value: "", file: file.name, state: "kept" });
  return "";
}

/** Uploads what waits; gives back what can be told to the server now, in order. */
export async function uploaded(carrier: Carrier<Tap>, endpoint: string, taps: Tap[]): Promise<Tap[]> {
  const ready: Tap[] = [];
  let waits = false;
  for (const tap of taps) {
    if (tap.kind !== "evidence" || tap.value) {
      if (tap.kind !== "hand_in" || !waits) ready.push(tap); // nothing comes in after handing in
      continue;
    }
    const done = await upload(carrier, endpoint, tap);
    if (done) ready.push(done);
    else waits ||= carrier.deeds.get(tap.id)?.state === "kept";
  }
  return ready;
}

async function upload(carrier: Carrier<Tap>, endpoint: string, tap: Tap): Promise<Tap | undefined> {
  const file = await carrier.store.file(tap.id);
  if (!file) {
    await carrier.change({ ...tap, state: "refused", reason: "文件已不在手机上" });
    return undefined;
  }
  const answer = await send(endpoint, file, tap.file ?? "evidence.jpg");
  if ("refused" in answer) await carrier.change({ ...tap, state: "refused", reason: answer.refused });
  if (!("key" in answer)) return undefined;
  const done: Tap = { ...tap, value: answer.key };
  await carrier.change(done);
  return done;
}

type Sent = { key: string } | { refused: string } | { later: true };

function send(endpoint: string, file: Blob, name: string): Promise<Sent> {
  return new Promise((resolve) => {
    const made = new Upload(file, {
      endpoint,
      chunkSize: PART,
      retryDelays: [0, 1000, 3000],
      metadata: { filename: name },
      headers: { "X-CSRFToken": token() },
      removeFingerprintOnSuccess: true,
      onSuccess: () => resolve({ key: made.url!.split("/").filter(Boolean).pop()! }),
      onError: (error) => {
        const response = "originalResponse" in error ? error.originalResponse : null;
        const status = response?.getStatus() ?? 0;
        const said = status >= 400 && status < 500 && status !== 401 && status !== 403;
        resolve(said ? { refused: response?.getBody() || "文件没有收下" } : { later: true });
      },
    });
    void made.findPreviousUploads().then((earlier) => {
      if (earlier[0]) made.resumeFromPreviousUpload(earlier[0]);
      made.start();
    });
  });
}
