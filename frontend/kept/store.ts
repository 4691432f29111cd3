// Deeds on this phone: written before they are sent, kept after that so that a reload shows them.

/** What somebody did here. An island adds what its own deeds say. */
export interface Deed {
  id: string;
  user: number;
  at: number; // milliseconds by the phone's clock
  state: "kept" | "synced" | "refused";
  reason?: string;
}

/** Where an island keeps its deeds. Never rename: what phones have not sent yet lies there. */
export interface Shelf {
  name: string;
  table: string;
  by: string; // the field that says what a deed is about
  files?: true; // pictures and recordings belong to deeds
}

const FORGET_AFTER = 30 * 24 * 3600 * 1000; // milliseconds; only what the server has
const FILES = "files";

export interface Store<T extends Deed> {
  /** False where the browser keeps nothing: then the deeds live as long as the page. */
  readonly lasting: boolean;
  of(about: number): Promise<T[]>;
  put(deed: T): Promise<void>;
  forgetOld(now: number): Promise<void>;
  /** A file that belongs to a deed, until it is sent. */
  putFile(id: string, file: Blob): Promise<void>;
  file(id: string): Promise<Blob | undefined>;
  dropFile(id: string): Promise<void>;
}

export async function openStore<T extends Deed>(shelf: Shelf): Promise<Store<T>> {
  try {
    return kept(await open(shelf), shelf);
  } catch {
    return fleeting();
  }
}

function fleeting<T extends Deed>(): Store<T> {
  const files = new Map<string, Blob>();
  return {
    lasting: false,
    of: async () => [],
    put: async () => {},
    forgetOld: async () => {},
    putFile: async (id, file) => void files.set(id, file),
    file: async (id) => files.get(id),
    dropFile: async (id) => void files.delete(id),
  };
}

function open(shelf: Shelf): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(shelf.name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(shelf.table, { keyPath: "id" }).createIndex(shelf.by, shelf.by);
      if (shelf.files) request.result.createObjectStore(FILES);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function kept<T extends Deed>(database: IDBDatabase, shelf: Shelf): Store<T> {
  const all = (about?: number): Promise<T[]> => {
    const index = database.transaction(shelf.table).objectStore(shelf.table).index(shelf.by);
    return answer<T[]>(index.getAll(about));
  };
  return {
    lasting: true,
    of: (about) => all(about),
    put: (deed) => change(database, shelf.table, (deeds) => deeds.put(deed)),
    forgetOld: async (now) => {
      const old = (await all()).filter((one) => one.state === "synced" && now - one.at > FORGET_AFTER);
      if (old.length) await change(database, shelf.table, (deeds) => old.forEach((one) => deeds.delete(one.id)));
    },
    putFile: (id, file) => change(database, FILES, (files) => files.put(file, id)),
    file: (id) => answer<Blob | undefined>(database.transaction(FILES).objectStore(FILES).get(id)),
    dropFile: (id) => change(database, FILES, (files) => files.delete(id)),
  };
}

function answer<R>(request: IDBRequest): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as R);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when the change is on disk, not when it was asked for. */
function change(database: IDBDatabase, table: string, ask: (rows: IDBObjectStore) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(table, "readwrite", { durability: "strict" });
    ask(transaction.objectStore(table));
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
export function phoneName(shelf: string): string {
  try {
    const known = localStorage.getItem(shelf) ?? uuid();
    localStorage.setItem(shelf, known);
    return known;
  } catch {
    return uuid();
  }
}
