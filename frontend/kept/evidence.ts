// Pictures and recordings: kept on the phone's disk, sent in parts when there is a network.
import { Upload } from "tus-js-client";
import type { Carrier } from "./carrier";
import { element } from "./dom";
import { token } from "./sender";
import { uuid, type Deed } from "./store";

const PART = 1024 * 1024;
const LARGEST = 500 * 1024 * 1024; // what a phone's browser keeps without complaint
const LAST = "hand_in"; // the deed after which nothing comes in any more

/** A deed that may carry a file: once that is uploaded, ``value`` names it. */
export interface Filed extends Deed {
  kind: string;
  value: string;
  file?: string; // the name of the picture or recording that waits for its upload
}

/** A button that takes a picture, or a recording as well; or chooses one that is there (``capture`` false). */
export function camera(words: string, taken: (file: File) => void, accept = "image/*,video/*", capture = true): HTMLLabelElement {
  const input = element("input", "unseen");
  Object.assign(input, { type: "file", accept });
  if (capture) input.setAttribute("capture", "environment");
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) taken(file);
    input.value = "";
  });
  return element("label", "btn kept-camera", words, input);
}

/** Keeps a file with the deed made for it; what is wrong, in words, when it cannot be kept. */
export async function keepFile<T extends Filed>(carrier: Carrier<T>, file: File, made: (id: string) => T): Promise<string> {
  if (file.size > LARGEST) return "文件超过 500 MB，请拍短一些。";
  const id = uuid();
  try {
    await carrier.store.putFile(id, file);
  } catch {
    return "手机存不下这个文件，请清理空间，或等有网络时再拍。";
  }
  await carrier.add({ ...made(id), file: file.name });
  return "";
}

/** Uploads what waits; gives back what can be told to the server now, in order. ``kind``: which deeds carry files. */
export async function uploaded<T extends Filed>(carrier: Carrier<T>, endpoint: string, deeds: T[], kind: string): Promise<T[]> {
  const ready: T[] = [];
  let waits = false;
  for (const deed of deeds) {
    if (deed.kind !== kind || deed.value) {
      if (deed.kind !== LAST || !waits) ready.push(deed);
      continue;
    }
    const done = await upload(carrier, endpoint, deed);
    if (done) ready.push(done);
    else waits ||= carrier.deeds.get(deed.id)?.state === "kept";
  }
  return ready;
}

/** Files the server has need no room on the phone. */
export async function dropFiles<T extends Filed>(carrier: Carrier<T>, kind: string): Promise<void> {
  for (const deed of carrier.deeds.values())
    if (deed.kind === kind && deed.state === "synced") await carrier.store.dropFile(deed.id);
}

async function upload<T extends Filed>(carrier: Carrier<T>, endpoint: string, deed: T): Promise<T | undefined> {
  const file = await carrier.store.file(deed.id);
  if (!file) {
    await carrier.change({ ...deed, state: "refused", reason: "文件已不在手机上" });
    return undefined;
  }
  const answer = await send(endpoint, file, deed.file ?? "evidence.jpg");
  if ("refused" in answer) await carrier.change({ ...deed, state: "refused", reason: answer.refused });
  if (!("key" in answer)) return undefined;
  const done: T = { ...deed, value: answer.key };
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
