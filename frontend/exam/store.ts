// What this machine keeps: answers, written before they are sent, and the sealed form of a seat with
// what its start said, so that a browser that died goes on without network. Gone after the hand-in.
import type { Mark } from "./types";

const NAME = "zhupei-exam";
const MARKS = "marks";
const SEATS = "seats";

/** The sealed form of a seat; since the start also its key and how the exam stood. */
export interface Seat {
  attempt: number;
  sealed: ArrayBuffer;
  sha256: string;
  begun?: Begun;
}

/** What the start said, and this machine's error against the server's clock. */
export interface Begun {
  key: string;
  seed: string;
  ticket: string;
  closes: number;
  grace: number;
  offset: number;
}

export interface Store {
  /** False where the browser keeps nothing: then only memory and the server hold the answers. */
  readonly lasting: boolean;
  all(attempt: number): Promise<Mark[]>;
  put(mark: Mark): Promise<void>;
  seat(attempt: number): Promise<Seat | undefined>;
  keep(seat: Seat): Promise<void>;
  forget(attempt: number): Promise<void>;
}

export async function openStore(): Promise<Store> {
  try {
    return kept(await open());
  } catch {
    return fleeting();
  }
}

function fleeting(): Store {
  const seats = new Map<number, Seat>();
  return {
    lasting: false,
    all: async () => [],
    put: async () => {},
    seat: async (attempt) => seats.get(attempt),
    keep: async (seat) => void seats.set(seat.attempt, seat),
    forget: async (attempt) => void seats.delete(attempt),
  };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = (event) => {
      if (event.oldVersion < 1) request.result.createObjectStore(MARKS, { keyPath: ["attempt", "place"] });
      request.result.createObjectStore(SEATS, { keyPath: "attempt" });
    };
    request.onsuccess = () => {
      // A newer page in another tab waits for nobody.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function kept(database: IDBDatabase): Store {
  const range = (attempt: number) => IDBKeyRange.bound([attempt, -1], [attempt, Infinity]);
  const read = <T>(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> =>
    new Promise((resolve, reject) => {
      const request = ask(database.transaction(name).objectStore(name));
      request.onsuccess = () => resolve(request.result as T);
      request.onerror = () => reject(request.error);
    });
  return {
    lasting: true,
    all: (attempt) => read<Mark[]>(MARKS, (marks) => marks.getAll(range(attempt))),
    put: (mark) => change(database, MARKS, (marks) => marks.put(mark)),
    seat: (attempt) => read<Seat | undefined>(SEATS, (seats) => seats.get(attempt)),
    keep: (seat) => change(database, SEATS, (seats) => seats.put(seat)),
    forget: async (attempt) => {
      await change(database, MARKS, (marks) => marks.delete(range(attempt)));
      await change(database, SEATS, (seats) => seats.delete(attempt));
    },
  };
}

/** Resolves when the change is on disk, not when it was asked for. */
function change(database: IDBDatabase, name: string, ask: (store: IDBObjectStore) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, "readwrite", { durability: "strict" });
    ask(transaction.objectStore(name));
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
