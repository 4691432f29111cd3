// A file field that sends large files in parts: what arrived is not sent again after a dead line, a
// reload or a closed lid. Without it the field is an ordinary one, with an ordinary limit.
import { Upload, type PreviousUpload } from "tus-js-client";

const PART = 1024 * 1024;
const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

interface Field {
  input: HTMLInputElement;
  kept: HTMLInputElement; // the hidden field that names the upload
  bar: HTMLProgressElement;
  said: HTMLElement;
  words: DOMStringMap;
  stop: AbortController; // ends what is under way when another file is chosen
}

for (const box of document.querySelectorAll<HTMLElement>("[data-upload]")) attach(box);

function attach(box: HTMLElement): void {
  const field: Field = {
    input: box.querySelector<HTMLInputElement>("input[type=file]")!,
    kept: box.querySelector<HTMLInputElement>("input[type=hidden]")!,
    bar: box.querySelector("progress")!,
    said: box.querySelector<HTMLElement>("[role=status]")!,
    words: box.dataset,
    stop: new AbortController(),
  };
  const form = field.input.form!;
  const take = () => {
    const file = field.input.files?.[0];
    if (file && !tooLarge(field, file)) void send(field, file);
  };
  field.input.addEventListener("change", take);
  take(); // on a slow line somebody chose a file before this script was there
  form.addEventListener("submit", (event) => {
    if (field.input.files?.length && !field.kept.value) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(field, field.words["wait"]);
      return;
    }
    if (field.kept.value) field.input.disabled = true; // it has been sent already
  }, { capture: true });
}

/** Said before a byte is sent: a phone's film may cost its owner a day's data. */
function tooLarge(field: Field, file: File): boolean {
  const limit = Number(field.words["limit"] ?? Infinity);
  if (file.size <= limit) return false;
  field.stop.abort();
  field.input.value = "";
  field.kept.value = "";
  field.bar.hidden = true;
  say(field, field.words["large"]);
  return true;
}

async function send(field: Field, file: File): Promise<void> {
  field.stop.abort();
  const { signal } = (field.stop = new AbortController());
  field.kept.value = "";
  field.bar.hidden = false;
  const upload = new Upload(file, {
    endpoint: field.words["upload"]!,
    chunkSize: PART,
    retryDelays: RETRIES,
    metadata: { filename: file.name, ...(field.words["ticket"] && { ticket: field.words["ticket"] }) },
    headers: { "X-CSRFToken": token(field) },
    removeFingerprintOnSuccess: true,
    onProgress: (sent, total) => progress(field, sent, total),
    onError: (error) => failed(field, error),
    onSuccess: () => {
      field.kept.value = upload.url!.split("/").filter(Boolean).pop()!;
      say(field, field.words["done"]);
    },
  });
  const earlier: PreviousUpload[] = await upload.findPreviousUploads();
  if (signal.aborted) return;
  if (earlier[0]) upload.resumeFromPreviousUpload(earlier[0]);
  signal.addEventListener("abort", () => void upload.abort());
  window.addEventListener("offline", () => !field.kept.value && say(field, field.words["broken"]), { signal });
  window.addEventListener("online", () => !field.kept.value && void again(upload), { signal });
  upload.start();
}

/** Two at a time would send the same part twice: the one that waits for its retry ends first. */
async function again(upload: Upload): Promise<void> {
  await upload.abort();
  upload.start();
}

function progress(field: Field, sent: number, total: number): void {
  field.bar.max = total;
  field.bar.value = sent;
  say(field, `${Math.floor((sent / total) * 100)}%`);
}

/** The server's sentence when it refused; otherwise that the line is down and what was sent stays. */
function failed(field: Field, error: Error): void {
  const response = "originalResponse" in error ? (error.originalResponse as { getBody(): string } | null) : null;
  say(field, response?.getBody() || field.words["broken"]);
  if (response) field.input.value = "";
}

function say(field: Field, words: string | undefined): void {
  field.said.textContent = words ?? "";
}

/** Every form that posts carries the page's token. */
function token(field: Field): string {
  return field.input.form!.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}
