// At the door: the camera reads the code of an admission slip where the browser can; elsewhere the
// number is typed. Nothing is sent but the code.

interface Found {
  rawValue: string;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<Found[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY = 250; // milliseconds between two looks

export function offerScan(root: HTMLElement): void {
  const Reader = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const button = root.querySelector<HTMLButtonElement>("[data-part=scan]");
  if (!Reader || !button || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener("click", () => void scan(root, new Reader({ formats: ["qr_code"] })));
}

async function scan(root: HTMLElement, reader: Detector): Promise<void> {
  const part = <T extends HTMLElement>(name: string) => root.querySelector<T>(`[data-part=${name}]`);
  const [camera, video, said] = [part("camera"), part<HTMLVideoElement>("video"), part("said")];
  const field = root.querySelector<HTMLInputElement>("#q");
  if (!camera || !video || !said || !field) return;
  camera.hidden = false;
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    await video.play();
  } catch {
    said.textContent = "打不开摄像头。请允许使用摄像头，或输入准考证号。";
    return;
  }
  const timer = setInterval(() => {
    void reader.detect(video).then(([found]) => {
      if (!found) return;
      clearInterval(timer);
      stop(video);
      field.value = found.rawValue;
      field.form?.requestSubmit();
    });
  }, EVERY);
}

function stop(video: HTMLVideoElement): void {
  for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}
