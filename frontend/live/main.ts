// The picture of a room: plays the stream, says how it fares, and takes a still picture of it.
import "./live.css";

const AGAIN = 4_000; // milliseconds until a lost stream is tried again
const GIVE_UP = 30; // tries, two minutes
const QUALITY = 0.85; // of a JPEG

const box = document.querySelector<HTMLElement>("[data-live]");
if (box) void play(box);

async function play(box: HTMLElement): Promise<void> {
  const video = box.querySelector("video")!;
  const said = box.querySelector<HTMLElement>("[role=status]")!;
  const say = (word: string): void => void (said.textContent = said.dataset[word] ?? "");
  const address = box.dataset["live"]!;
  say("waiting");
  video.addEventListener("playing", () => {
    say("playing");
    offerPicture(video);
  });
  if (video.canPlayType("application/vnd.apple.mpegurl") && !("MediaSource" in window)) {
    playNatively(video, address, say);
    return;
  }
  const { default: Hls } = await import("hls.js/light");
  let tries = 0;
  // The policy of the page allows no worker made of a string; one stream needs none.
  const hls = new Hls({ enableWorker: false, liveSyncDurationCount: 2 });
  hls.on(Hls.Events.FRAG_LOADED, () => void (tries = 0));
  hls.on(Hls.Events.MANIFEST_PARSED, () => start(video));
  hls.on(Hls.Events.ERROR, (_event, fault) => {
    if (!fault.fatal) return;
    tries += 1;
    if (tries > GIVE_UP) {
      hls.destroy();
      say("gone");
      return;
    }
    say(tries === 1 ? "lost" : "gone");
    if (fault.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else setTimeout(() => hls.loadSource(address), AGAIN);
  });
  hls.loadSource(address);
  hls.attachMedia(video);
}

function playNatively(video: HTMLVideoElement, address: string, say: (word: string) => void): void {
  let tries = 0;
  const load = (): void => {
    video.src = address;
    start(video);
  };
  video.addEventListener("error", () => {
    tries += 1;
    say("gone");
    if (tries < GIVE_UP) setTimeout(load, AGAIN);
  });
  load();
}

/** A browser that lets no page play by itself shows its own button. */
function start(video: HTMLVideoElement): void {
  video.play().catch(() => undefined);
}

function offerPicture(video: HTMLVideoElement): void {
  const form = document.querySelector<HTMLFormElement>("[data-picture]");
  const button = form?.querySelector<HTMLButtonElement>("[data-shoot]");
  if (!form || !button || !button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => shoot(video, form));
}

/** Puts the frame into the form's own file field: what follows is as if somebody had chosen it. */
function shoot(video: HTMLVideoElement, form: HTMLFormElement): void {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")!.drawImage(video, 0, 0);
  canvas.toBlob(
    (blob) => {
      if (!blob) return;
      const field = form.querySelector<HTMLInputElement>("input[type=file]")!;
      const source = form.querySelector<HTMLInputElement>("input[name=from_player]")!;
      const chosen = new DataTransfer();
      chosen.items.add(new File([blob], "frame.jpg", { type: "image/jpeg" }));
      field.files = chosen.files;
      source.value = "on";
      form.requestSubmit();
      field.value = "";
      source.value = "";
    },
    "image/jpeg",
    QUALITY,
  );
}
