// What a page says about marks: in words, as a question, and as lists of what is not settled.

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

// A field that a spreadsheet takes for a formula opens as text.
const field = (text) => `"${String(text).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
const line = (fields) => fields.map(field).join(";");

// A file made here and nowhere kept.
export function offerFile(link, head, rows) {
  const text = [head, ...rows].map(line).join("\r\n");
  link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${text}\r\n`)}`;
  link.download = "marks.csv";
}

// A message of templates/training/_unsent.html is one only while it is shown.
function show(place, isShown) {
  place.hidden = !isShown;
  place.className = isShown ? `message message-${place.dataset.tone}` : "";
}

export class Telling {
  constructor(marks) {
    this.marks = marks;
    this.refused = new Map();
    this.requested = [];
    this.noteless = [];
    for (const name of ["unsent", "refused", "requested", "noteless", "elsewhere"]) this[`${name}Place`] = document.getElementById(`${name}-marks`);
    const place = this.refusedPlace;
    place.querySelector("[data-again]").addEventListener("click", () => this.again());
    place.querySelector("[data-copy]").addEventListener("click", () => this.copy());
    place.querySelector("[data-forget]").addEventListener("click", () => this.forgetAll());
  }

  where(mark) {
    return this.marks.on.where(mark) || `${this.marks.words.unknown} ${mark.enrolment}, ${mark.session}`;
  }

  sentence(mark) {
    const note = mark.comment ? `: ${mark.comment}` : "";
    return `${this.where(mark)}: ${inWords(this.marks.words, mark.status, mark.minutes)}${note}`;
  }

  // Why marks wait, what becomes of them, and what this device cannot keep.
  wait(why) {
    const place = this.unsentPlace;
    show(place, why);
    if (!why) return;
    const { marks } = this;
    const waiting = [...marks.waiting.values(), ...marks.flying.values()];
    const tell = (name, text) => {
      const there = place.querySelector(`[data-${name}]`);
      if (there.textContent !== text) there.textContent = text;
    };
    tell("why", why);
    place.querySelector("[data-kept]").hidden = !marks.store;
    place.querySelector("[data-not-kept]").hidden = Boolean(marks.store);
    place.querySelector("[data-notes]").hidden = !marks.store || !waiting.some((mark) => mark.comment);
    place.querySelector("[data-sign-in]").hidden = marks.trouble !== "signedOut" && marks.trouble !== "otherUser";
  }

  list(place, sentences) {
    show(place, sentences.length > 0);
    const rows = sentences.map((sentence) => {
      const row = document.createElement("li");
      row.textContent = sentence;
      return row;
    });
    place.querySelector("ul").replaceChildren(...rows);
  }

  // --- Not accepted: listed until somebody has done something about it -----------------------
  refuse(mark, why) {
    this.refused.set(`${mark.enrolment}:${mark.session}`, { mark, why });
    this.drawRefused();
  }

  // A newer mark of the same cell replaces the one that was refused.
  settle(key) {
    const old = this.refused.get(key);
    if (!old) return;
    this.refused.delete(key);
    this.marks.forget([old.mark]);
    this.drawRefused();
  }

  drawRefused() {
    const all = [...this.refused.values()];
    this.list(this.refusedPlace, all.map(({ mark, why }) => `${this.sentence(mark)} – ${why}`));
    this.refusedPlace.querySelector("[data-count]").textContent = all.length;
    const { columns } = this.refusedPlace.dataset;
    const row = ({ mark, why }) => [this.where(mark), inWords(this.marks.words, mark.status, mark.minutes), mark.comment ?? "", why, mark.enrolment, mark.session];
    offerFile(this.refusedPlace.querySelector("[data-file]"), columns.split("|"), all.map(row));
  }

  again() {
    const all = [...this.refused.values()];
    this.refused.clear();
    this.drawRefused();
    for (const { mark } of all) this.marks.again(mark);
  }

  async copy() {
    const text = [...this.refused.values()].map(({ mark, why }) => `${this.sentence(mark)} – ${why}`).join("\n");
    await navigator.clipboard.writeText(text);
    const button = this.refusedPlace.querySelector("[data-copy]");
    button.querySelector("span").textContent = button.dataset.copied;
  }

  forgetAll() {
    this.marks.forget([...this.refused.values()].map(({ mark }) => mark));
    this.refused.clear();
    this.drawRefused();
    document.getElementById("content").focus({ preventScroll: true });
  }

  // --- Kept as a request to correct a closed session; and a note that the device did not keep ---
  request(mark) {
    this.requested.push(this.sentence(mark));
    this.list(this.requestedPlace, this.requested);
  }

  unnoted(mark) {
    this.noteless.push(this.sentence(mark));
    this.list(this.notelessPlace, this.noteless);
  }

  // Marks of sessions that this page does not show are sent from a page that does.
  elsewhere(others) {
    const sessions = [...new Set(others.map((mark) => mark.session))];
    this.list(this.elsewherePlace, sessions.map(String));
    this.elsewherePlace.querySelectorAll("li").forEach((row, place) => {
      const link = document.createElement("a");
      link.href = this.elsewherePlace.dataset.sheet.replace("/0/", `/${sessions[place]}/`);
      link.textContent = `${this.elsewherePlace.dataset.words} ${others.filter((mark) => mark.session === sessions[place]).length}`;
      row.replaceChildren(link);
    });
  }
}
