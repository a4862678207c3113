// Marks on their way to the server: one queue per page, saved in small batches, sent again until
// the server has answered. Until then each waits on the device too (waiting.js).

import { SignIn } from "./signin.js";
import { Telling } from "./telling.js";
import { Waiting } from "./waiting.js";

const BATCH = 200;
const PAUSE = 350;
const WAITS = [1000, 2000, 5000, 10000, 30000];
const PATIENCE = 30000; // then a silent server counts as one that cannot be reached
const LEAVING = 5000; // then the page was not left after all
// What the server cannot do now it does later, with the same ids; any other refusal of a whole
// batch means that page and portal no longer understand each other.
const LATER = new Set([403, 408, 409, 429]);
const SENT = ["id", "enrolment", "session", "status", "minutes", "base", "comment", "reason"];

export class Marks {
  // The queue of this page, for whoever signs out.
  static here = null;

  // `place` carries the address and the words as data attributes; `on` tells the page:
  // answered(answer, mark), conflicted(answer, mark) -> Promise<"mine"|"theirs">,
  // refused(answer, mark), restored(mark), shows(session), where(mark) -> words.
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
    this.store = null;
    this.held = null;
    this.isLeaving = false;
    this.telling = new Telling(this);
    this.signIn = new SignIn(this);
    Marks.here = this;
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.size && !this.isLeaving) event.preventDefault();
      this.hold();
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

  // --- What an earlier page has left ---------------------------------------------------------
  // Nothing is sent before it is known what waits already: the page calls this once it is drawn.
  restore() {
    this.ready = this.takeOver().catch(() => {
      this.store = null;
    });
    return this.ready;
  }

  async takeOver() {
    this.store = await Waiting.open(this.words.user);
    if (!this.store) return;
    this.store.discarded = () => this.discarded();
    const { ours, others } = await this.store.adopt((mark) => this.on.shows(mark.session));
    const typed = [...this.waiting.values()];
    for (const mark of ours) this.bringBack(mark);
    for (const mark of typed) this.replace(mark);
    this.telling.elsewhere(others);
    if (this.size) this.soon(0);
    this.show();
  }

  // It may have been sent before: then the same id brings the same answer. Only one mark of a cell
  // is on its way at a time, so a second one is the newer wish.
  bringBack(mark) {
    const key = Marks.key(mark);
    if (mark.refused) return this.telling.refuse(mark, this.words.refusedBefore);
    mark.late = true;
    if (this.flying.has(key)) this.replace(mark);
    else this.flying.set(key, mark);
    if (!this.waiting.has(key) || this.waiting.get(key) === mark) mark.stood = this.on.restored(mark);
  }

  replace(mark) {
    const older = this.waiting.get(Marks.key(mark));
    if (older && older !== mark) this.forget([older]);
    this.waiting.set(Marks.key(mark), mark);
  }

  // On the device as here. Where the browser keeps nothing the open page does.
  keep(drop, keep) {
    if (this.held) this.held.push(...drop.splice(0));
    this.ready?.then(() => this.store?.change(drop, keep)).catch(() => {
      this.store = null;
    });
  }

  forget(marks) {
    this.keep(marks, []);
  }

  // The next page may have been drawn before the marks were stored that are answered while this
  // one is left: they stay on the device, and it asks for their answers once more.
  hold() {
    if (this.held) return;
    this.held = [];
    setTimeout(() => {
      const held = this.held;
      this.held = null;
      this.forget(held);
    }, LEAVING);
  }

  // --- Sending -------------------------------------------------------------------------------
  // The revision a mark is based on is the one its author saw: of the first of several that wait.
  put({ enrolment, session, status, minutes, comment, noted }) {
    const wish = { enrolment, session, status, minutes, comment, noted };
    const key = Marks.key(wish);
    const older = this.waiting.get(key);
    const base = older ? older.base : (this.revisions.get(key) ?? 0);
    const mark = { ...wish, id: crypto.randomUUID(), base, late: this.failures > 0 };
    this.waiting.set(key, mark);
    this.keep(older ? [older] : [], [mark]);
    this.telling.settle(key);
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
    await this.ready;
    if (!this.flying.size) this.take();
    if (!this.flying.size) return true;
    this.show();
    let body = null;
    try {
      body = await this.post([...this.flying.values()].slice(0, BATCH));
    } catch {
      this.trouble = "";
    }
    if (body) await this.took(body);
    else this.wait();
    this.show();
    return Boolean(body);
  }

  wait() {
    this.soon(WAITS[Math.min(this.failures++, WAITS.length - 1)]);
    const late = [...this.flying.values(), ...this.waiting.values()].filter((mark) => !mark.late);
    for (const mark of late) mark.late = true;
    if (late.length) this.keep([], late);
  }

  take() {
    for (const [key, mark] of [...this.waiting].slice(0, BATCH)) {
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

  // What waited was discarded at signing out: what this page shows of it stands nowhere.
  discarded() {
    clearTimeout(this.timer);
    this.waiting.clear();
    this.flying.clear();
    this.store = null;
    if (!this.isLeaving) window.location.reload();
  }

  // It says whose marks these are: somebody else may be signed in by now.
  async post(marks, again = true) {
    const sent = marks.map((mark) => Object.fromEntries(SENT.filter((name) => mark[name] !== undefined).map((name) => [name, mark[name]])));
    const response = await fetch(this.words.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, "X-Marks-Of": this.words.user },
      body: JSON.stringify({ marks: sent }),
      redirect: "manual",
      keepalive: marks.length < 100,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 403 && again) {
      if (await this.refresh()) return this.post(marks, false);
      if (this.trouble) return null;
    }
    if (!(await this.isFine(response))) return null;
    this.trouble = "";
    this.signIn.done();
    return response.json();
  }

  // After signing in again the page's token is an old one.
  async refresh() {
    const response = await fetch(this.words.url, { headers: { "X-Marks-Of": this.words.user }, redirect: "manual" });
    this.trouble = "";
    if (response.status === 403 || !(await this.isFine(response))) return false;
    this.token = (await response.json()).token;
    return true;
  }

  async isFine(response) {
    if (response.ok) return true;
    if (response.type === "opaqueredirect") this.trouble = "signedOut";
    else if (response.status >= 500 || LATER.has(response.status)) this.trouble = "broken";
    else this.trouble = "old";
    if (response.status === 409 && (await response.json().catch(() => ({}))).name === "other_user") this.trouble = "otherUser";
    if (this.trouble === "signedOut" || this.trouble === "otherUser") this.signIn.ask(this.trouble);
    return false;
  }

  // --- What became of them ---------------------------------------------------------------------
  async took(body) {
    this.failures = 0;
    this.savedAt = body.time;
    this.on.counted(body);
    for (const answer of body.answers) await this.follow(answer);
    if (this.size) this.soon(0);
  }

  async follow(answer) {
    const key = Marks.key(answer);
    const sent = this.flying.get(key);
    const newer = this.waiting.get(key);
    this.flying.delete(key);
    const known = this.revisions.get(key) ?? 0;
    this.revisions.set(key, Math.max(known, answer.revision));
    if (!sent) return; // discarded meanwhile
    // What was entered on top of it is based on what stands there now.
    if (newer) newer.base = answer.revision;
    if (answer.outcome === "conflict") {
      if (newer) this.keep([sent], [newer]);
      return this.ask(answer, newer ?? sent);
    }
    if (newer) this.keep([sent], [newer]);
    else if (answer.outcome !== "refused") this.forget([sent]);
    else if (answer.closed && sent.late && !sent.reason) return this.request(sent);
    else this.refuse(sent, answer);
    if (answer.outcome === "refused") this.on.refused(answer, newer ? null : sent);
    else if (!newer) this.settled(answer.revision < known ? { ...answer, ...sent.stood, revision: known } : answer, sent);
  }

  // It stays on the device until its author has done something about it.
  refuse(mark, answer) {
    mark.refused = true;
    this.keep([], [mark]);
    this.telling.refuse(mark, `${answer.why} ${answer.wayOut}`.trim());
  }

  settled(answer, mark) {
    if (answer.outcome === "requested") this.telling.request(mark);
    else if (mark.noted && !answer.comment) this.telling.unnoted(mark);
    this.on.answered(answer, mark);
  }

  // Closed while the mark waited: another person decides whether it still counts.
  request(mark) {
    const late = { ...mark, id: crypto.randomUUID(), reason: this.words.lateReason };
    this.waiting.set(Marks.key(mark), late);
    this.keep([mark], [late]);
  }

  // The mark stays on its way while the question stands.
  async ask(answer, mark) {
    this.waiting.set(Marks.key(mark), mark);
    const choice = await this.on.conflicted(answer, mark);
    if (!this.waiting.has(Marks.key(mark))) return; // discarded meanwhile
    if (choice === "mine") return this.again(mark);
    this.waiting.delete(Marks.key(mark));
    this.forget([mark]);
    this.on.answered(answer, mark);
  }

  // The same wish upon what stands there now is another command.
  again(mark) {
    this.waiting.delete(Marks.key(mark));
    this.forget([mark]);
    this.put(mark);
  }

  // --- The save state stands in one place ------------------------------------------------------
  show() {
    const state = document.getElementById("save-state");
    const text = state.querySelector("[data-text]");
    const unsent = this.size;
    const failing = unsent > 0 && (this.failures > 0 || this.trouble !== "");
    const look = failing ? "unsent" : unsent || !this.savedAt ? "" : "saved";
    state.className = `save-state ${look}`.trim();
    for (const icon of state.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== look;
    if (failing) text.textContent = `${this.words.unsent} ${unsent}`;
    else if (unsent) text.textContent = this.words.saving;
    else if (this.savedAt) text.textContent = `${this.words.saved} ${this.savedAt}`;
    this.telling.wait(failing ? this.why : "");
    this.on.pending?.(new Set([...this.waiting.keys(), ...this.flying.keys()]));
  }
}
