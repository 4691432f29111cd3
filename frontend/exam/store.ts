// Answers on this machine: written before they are sent, kept until the exam is handed in.
import type { Mark } from "./types";

const NAME = "zhupei-exam";
const MARKS = "marks";

export interface Store {
  /** False where the browser keeps nothing: then only memory and the server hold the answers. */
  readonly lasting: boolean;
  all(attempt: number): Promise<Mark[]>;
  put(mark: Mark): Promise<void>;
  forget(attempt: number): Promise<void>;
}

export async function openStore(): Promise<Store> {
  try {
    return kept(await open());
  } catch {
    return { lasting: false, all: async () => [], put: async () => {}, forget: async () => {} };
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(MARKS, { keyPath: ["attempt", "place"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function kept(database: IDBDatabase): Store {
  const range = (attempt: number) => IDBKeyRange.bound([attempt, -1], [attempt, Infinity]);
  return {
    lasting: true,
    all: (attempt) =>
      new Promise((resolve, reject) => {
        const request = database.transaction(MARKS).objectStore(MARKS).getAll(range(attempt));
        request.onsuccess = () => resolve(request.result as Mark[]);
        request.onerror = () => reject(request.error);
      }),
    put: (mark) => change(database, (marks) => marks.put(mark)),
    forget: (attempt) => change(database, (marks) => marks.delete(range(attempt))),
  };
}

/** Resolves when the change is on disk, not when it was asked for. */
function change(database: IDBDatabase, ask: (marks: IDBObjectStore) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(MARKS, "readwrite", { durability: "strict" });
    ask(transaction.objectStore(MARKS));
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
