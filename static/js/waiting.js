// Marks that wait on the device: one database per user, so that nobody else's page opens it.
// It holds ids and marks. No name, and no note either: a note is free text and may hold a name.

const STORE = "marks";
// What is kept of a mark; of a note only that there was one.
const KEPT = ["id", "order", "enrolment", "session", "status", "minutes", "base", "late", "refused", "noted"];
const MOMENT = 400;
const nameOf = (user) => `marks-${user}`;

const ended = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = request.oncomplete = () => resolve(request.result);
    request.onerror = request.onabort = () => reject(request.error);
  });

// Which page a mark belongs to: another page that lives sends its own. A page is known to live by
// the lock that it holds until it is gone, however it goes.
const page = crypto.randomUUID();
let alive = null;
const live = () => {
  alive ??= new Promise((resolve) => {
    navigator.locks.request(page, () => {
      resolve();
      return new Promise(() => {});
    });
  });
  return alive;
};

// The page from which one came here by reloading may take a moment to go.
const isGone = (other) => {
  if (other === page) return true;
  const signal = AbortSignal.timeout(MOMENT);
  return navigator.locks.request(other, { signal }, () => true).catch(() => false);
};

export class Waiting {
  // null where the browser keeps nothing, as some do in a private window.
  static async open(user) {
    try {
      const request = indexedDB.open(nameOf(user), 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      return new Waiting(await ended(request));
    } catch {
      return null;
    }
  }

  // As above, without making a database where none is.
  static async find(user) {
    try {
      const there = await indexedDB.databases();
      return there.some((each) => each.name === nameOf(user)) ? Waiting.open(user) : null;
    } catch {
      return null;
    }
  }

  static discard(user) {
    return ended(indexedDB.deleteDatabase(nameOf(user))).catch(() => {});
  }

  constructor(database) {
    this.database = database;
    this.next = 0;
    this.discarded = () => {};
    // Somebody signs out, perhaps in another window, and discards what waits: forget it here, too.
    database.onversionchange = () => {
      database.close();
      this.discarded();
    };
  }

  async all() {
    const found = await ended(this.database.transaction(STORE).objectStore(STORE).getAll());
    return found.sort((one, other) => one.order - other.order);
  }

  // What is no longer needed goes and what is new or changed is kept, both or neither.
  change(drop, keep) {
    const transaction = this.database.transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    for (const { id } of drop) store.delete(id);
    for (const mark of keep) {
      mark.order ??= this.next++;
      const kept = KEPT.filter((name) => mark[name] !== undefined).map((name) => [name, mark[name]]);
      const note = mark.comment ? { noted: true } : mark.comment === "" ? { comment: "" } : {};
      store.put({ ...Object.fromEntries(kept), ...note, page });
    }
    const end = ended(transaction);
    transaction.commit?.(); // at once: the page may be on its way out
    return end;
  }

  // What pages that are gone have left becomes this page's, as far as it can show it; the rest is
  // told to it. In the order in which it was entered.
  async adopt(isShown) {
    await live();
    return navigator.locks.request("marks-adopt", async () => {
      const pages = new Set((await this.all()).map((mark) => mark.page));
      const gone = await Promise.all([...pages].map(isGone));
      const dead = new Set([...pages].filter((_each, place) => gone[place]));
      const all = await this.all();
      this.next = 1 + Math.max(-1, ...all.map((mark) => mark.order));
      const left = all.filter((mark) => dead.has(mark.page));
      const [ours, others] = [true, false].map((shown) => left.filter((mark) => isShown(mark) === shown));
      await this.change([], ours);
      return { ours, others };
    });
  }
}
