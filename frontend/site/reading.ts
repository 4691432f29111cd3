// Says to the server, while a paper is on the screen, that it still is. The server counts the time
// by its own clock; this page only speaks. Without script nothing speaks, and the page works.

export function keepReading(): void {
  const paper = document.querySelector<HTMLElement>("[data-reading]");
  const url = paper?.dataset["reading"];
  if (!paper || !url) return;
  const every = Number(paper.dataset["every"]) * 1000;
  const form = new FormData();
  form.set("paper", paper.dataset["paper"] ?? "");
  const speak = () =>
    void fetch(url, {
      method: "POST",
      body: form,
      headers: { "X-CSRFToken": paper.dataset["token"] ?? "" },
      keepalive: true,
    }).catch(() => undefined); // the next one counts the time of a lost one

  let timer: ReturnType<typeof setInterval> | undefined;
  const follow = () => {
    const seen = document.visibilityState === "visible";
    if (seen && timer === undefined) timer = setInterval(speak, every);
    if (!seen && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
      speak(); // the last seconds before the page is left
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}
