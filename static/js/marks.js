// Marks on their way to the server: one queue per page, saved in small batches, sent again until
// the server has answered. Nothing is kept in the browser's storage: the page holds ids and marks.

const BATCH = 200;
const PAUSE = 350;
const WAITS = [1000, 2000, 5000, 10000, 30000];
const PATIENCE = 30000; // then a silent server counts as one that cannot be reached
// What the server cannot do now it does later, with the same ids; any other refusal of a whole
// batch means that page and portal no longer understand each other.
const LATER = new Set([403, 408, 409, 429]);

export class Marks {
  // `place` carries the address and the words as data attributes; `on` tells the page:
  // answered(answer, mark), conflicted(answer, mark) -> Promise<"mine"|"theirs">, refused(answer).
  constructor(place, on) {
    this.place = place;
    this.words = place.dataset;
    this.on = on;
    this.token = JSON.parse(document.body.dataset.hxHeaders)["X-CSRFToken"];
    this.waiting = new Map();
    this.flying = new Map();
    this.revisions = new Map();
    this.running = null;
    this.failures = 0;
    this.timer = 0;
    this.savedAt = "";
    this.trouble = "";
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.size) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.send();
    });
  }

  static key(mark) {
    return `${mark.enrolment}:${mark.session}`;
  }

  get size() {
    return new Set([...this.waiting.keys(), ...this.flying.keys()]).size;
  }

  // Whether a mark for this cell is still on its way.
  holds(mark) {
    return this.waiting.has(Marks.key(mark)) || this.flying.has(Marks.key(mark));
  }

  // What stands on the server, as far as this page knows.
  know(enrolment, session, revision) {
    this.revisions.set(`${enrolment}:${session}`, revision);
  }

  put(mark) {
    this.waiting.set(Marks.key(mark), { ...mark });
    this.soon(PAUSE);
    this.show();
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  // One batch at a time: nothing newer is sent before every question about it is answered.
  // Whoever asks meanwhile waits for the same end; false when the server could not be reached.
  send() {
    this.running ??= this.round().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  // A batch that got no answer is sent again as it is, with the same ids, before anything newer:
  // what the server stored the first time it only confirms the second time.
  async round() {
    if (!this.flying.size) this.take();
    if (!this.flying.size) return true;
    this.show();
    let body = null;
    try {
      body = await this.post([...this.flying.values()]);
    } catch {
      body = null;
    }
    if (body) await this.took(body);
    else this.soon(WAITS[Math.min(this.failures++, WAITS.length - 1)]);
    this.show();
    return Boolean(body);
  }

  take() {
    for (const [key, mark] of [...this.waiting].slice(0, BATCH)) {
      mark.id = crypto.randomUUID();
      mark.base = this.revisions.get(key) ?? 0;
      this.flying.set(key, mark);
      this.waiting.delete(key);
    }
  }

  // Everything on its way has been answered; false when the server cannot be reached.
  async flush() {
    clearTimeout(this.timer);
    while (this.size) if (!(await this.send())) return false;
    return true;
  }

  // Why marks wait, in a sentence.
  get why() {
    return this.words[this.trouble] ?? this.words.offline;
  }

  // The page's plain form takes over.
  stop() {
    clearTimeout(this.timer);
    this.waiting.clear();
    this.flying.clear();
  }

  async post(marks, again = true) {
    const response = await fetch(this.words.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ marks }),
      redirect: "manual",
      keepalive: marks.length < 100,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect") {
      this.trouble = "signedOut";
      return null;
    }
    if (response.status === 403 && again) {
      if (await this.refresh()) return this.post(marks, false);
      if (this.trouble === "signedOut") return null;
    }
    if (!response.ok) {
      this.trouble = response.status >= 500 || LATER.has(response.status) ? "broken" : "old";
      return null;
    }
    this.trouble = "";
    return response.json();
  }

  // After signing in again the page's token is an old one.
  async refresh() {
    const response = await fetch(this.words.url, { redirect: "manual" });
    if (response.type === "opaqueredirect") this.trouble = "signedOut";
    if (!response.ok) return false;
    this.token = (await response.json()).token;
    return true;
  }

  async took(body) {
    this.failures = 0;
    this.savedAt = body.time;
    for (const answer of body.answers) this.revisions.set(Marks.key(answer), answer.revision);
    this.on.counted(body);
    for (const answer of body.answers) {
      const key = Marks.key(answer);
      const newer = this.waiting.get(key);
      const mark = newer ?? this.flying.get(key);
      this.flying.delete(key);
      if (!mark) continue; // the plain form has taken over
      if (answer.outcome === "conflict") await this.ask(answer, mark);
      else if (answer.outcome === "refused") this.on.refused(answer, newer ? null : mark);
      else if (!newer) this.on.answered(answer, mark);
    }
    if (this.waiting.size) this.soon(0);
  }

  // The mark stays on its way while the question stands.
  async ask(answer, mark) {
    this.waiting.set(Marks.key(mark), mark);
    const choice = await this.on.conflicted(answer, mark);
    if (choice === "mine") return this.put(mark);
    this.waiting.delete(Marks.key(mark));
    this.on.answered(answer, mark);
  }

  // Signed out meanwhile: sign in in a new window, the marks wait on this page. After an update
  // of the portal the page must be loaded anew, and only its reader knows when.
  wayOut() {
    if (this.trouble === "old") return [". ", this.words.old];
    if (this.trouble !== "signedOut") return [];
    const link = document.createElement("a");
    link.href = this.words.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = this.words.signedOut;
    return [" ", link];
  }

  // The save state stands in one place.
  show() {
    const state = document.getElementById("save-state");
    const text = state.querySelector("[data-text]");
    const unsent = this.size;
    const failing = unsent > 0 && (this.failures > 0 || this.trouble !== "");
    const look = failing ? "unsent" : unsent || !this.savedAt ? "" : "saved";
    state.className = `save-state ${look}`.trim();
    for (const icon of state.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== look;
    state.title = failing ? this.why : "";
    if (failing) text.replaceChildren(`${this.words.unsent} ${unsent}`, ...this.wayOut());
    else if (unsent) text.textContent = this.words.saving;
    else if (this.savedAt) text.textContent = `${this.words.saved} ${this.savedAt}`;
    this.on.pending?.(new Set([...this.waiting.keys(), ...this.flying.keys()]));
  }
}

// A mark in words, as it is read aloud and shown when two people differ.
export function inWords(words, status, minutes) {
  if (!status) return words.unmarked;
  if (status === "partial") return `${words.partial}, ${minutes} ${words.minutes}`;
  return words[status];
}

export function askWhich(words, where, answer, mark) {
  const dialog = document.getElementById("conflict");
  const by = document.getElementById("conflict-by");
  document.getElementById("conflict-cell").textContent = where;
  by.textContent = `${answer.by || by.dataset.somebody} ${answer.at}`;
  for (const [id, each] of [["conflict-theirs", answer], ["conflict-mine", mark]]) {
    const note = each.comment ? `: ${each.comment}` : "";
    document.getElementById(id).textContent = inWords(words, each.status, each.minutes) + note;
  }
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "mine" ? "mine" : "theirs"), { once: true });
    dialog.showModal();
  });
}
