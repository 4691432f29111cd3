// Marks on this phone: written before they are sent, kept after that so that a reload shows them.

export type Kind = "here" | "late" | "absent" | "left";

export interface Mark {
  id: string;
  lesson: number;
  user: number;
  enrolment: number;
  kind: Kind;
  at: number; // milliseconds by the phone's clock
  state: "kept" | "synced" | "refused";
  reason?: string;
}

const NAME = "zhupei-roll";
const MARKS = "marks";
const FORGET_AFTER = 30 * 24 * 3600 * 1000; // milliseconds; only what the server has

export interface Store {
  /** False where the browser keeps nothing: then the marks live as long as the page. */
  readonly lasting: boolean;
  of(lesson: number): Promise<Mark[]>;
  put(mark: Mark): Promise<void>;
  forgetOld(now: number): Promise<void>;
}

export async function openStore(): Promise<Store> {
  try {
    return kept(await open());
  } catch {
    return { lasting: false, of: async () => [], put: async () => {}, forgetOld: async () => {} };
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const marks = request.result.createObjectStore(MARKS, { keyPath: "id" });
      marks.createIndex("lesson", "lesson");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function kept(database: IDBDatabase): Store {
  const all = (lesson?: number): Promise<Mark[]> =>
    new Promise((resolve, reject) => {
      const index = database.transaction(MARKS).objectStore(MARKS).index("lesson");
      const request = index.getAll(lesson);
      request.onsuccess = () => resolve(request.result as Mark[]);
      request.onerror = () => reject(request.error);
    });
  return {
    lasting: true,
    of: (lesson) => all(lesson),
    put: (mark) => change(database, (marks) => marks.put(mark)),
    forgetOld: async (now) => {
      const old = (await all()).filter((one) => one.state === "synced" && now - one.at > FORGET_AFTER);
      if (old.length) await change(database, (marks) => old.forEach((one) => marks.delete(one.id)));
    },
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

/** A random UUID also where the page is not served over https. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What tells this phone from the colleague's; it says nothing else. */
export function phoneName(): string {
  try {
    const known = localStorage.getItem(NAME) ?? uuid();
    localStorage.setItem(NAME, known);
    return known;
  } catch {
    return uuid();
  }
}
