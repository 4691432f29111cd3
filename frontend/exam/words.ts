// The sentences of the page, in the reader's language, as the server wrote them.

export function read<T>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return JSON.parse(element.textContent ?? "") as T;
}

const words = document.getElementById("exam-words") ? read<Record<string, string>>("exam-words") : {};

/** A sentence with its %(name)s filled in. */
export function say(name: string, facts: Record<string, string | number> = {}): string {
  return (words[name] ?? name).replace(/%\((\w+)\)s/g, (_, key: string) => String(facts[key] ?? ""));
}
