// Small manners of every page, each a function that attaches itself to the document.

/** Menus are <details>; one closes when the reader turns elsewhere or presses Escape. */
export function closeMenus(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

/** "/" goes to the search field, unless the reader is typing. */
export function focusSearch(): void {
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = document.querySelector<HTMLInputElement>(".bar-find input");
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
}

const AGAIN = 2_000; // milliseconds until a file may be asked for once more

/** An ordinary form is sent once, however often its button is pressed. */
export function guardSubmits(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    form.dataset["sent"] = "1";
    // Disabling at once would take the pressed button's own name and value out of what is sent.
    const buttons = form.querySelectorAll<HTMLButtonElement>("button:not([type=button])");
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
    // What answers with a file leaves the page as it is: it can be asked for again.
    if ("file" in form.dataset) setTimeout(() => revive(form), AGAIN);
  });
  // A page brought back by the Back button is alive again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(revive);
  });
}

function revive(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  form.querySelectorAll("button").forEach((button) => (button.disabled = false));
}

/** A refusal that htmx puts on the page is brought into view and read out. */
export function focusMessages(): void {
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.target as HTMLElement;
    if (target.id !== "messages") return;
    target.scrollIntoView({ block: "nearest" });
    target.querySelector<HTMLElement>("[tabindex]")?.focus();
  });
}

/** <button data-print> prints the page. */
export function printOnAsk(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}
