// The day sheet of one session: each tap is saved at once. Without this script it is a plain form.

import { Marks } from "./marks.js";
import { askWhich } from "./telling.js";

const form = document.getElementById("sheet");
if (form) start(form);

function start(form) {
  const words = form.dataset;
  const session = Number(words.session);
  const length = Number(words.length);
  const save = document.getElementById("save-sheet");
  const row = (enrolment) => document.getElementById(`row-${enrolment}`);
  const field = (enrolment, name) => form.elements[`${name}-${enrolment}`];
  const people = [...form.querySelectorAll("[data-enrolment]")]
    .map((each) => Number(each.dataset.enrolment))
    .filter((enrolment) => field(enrolment, "mark"));

  const everybody = document.getElementById("all-present");
  const back = document.getElementById("undo");
  // What can be taken back: per doing, whose fields changed and what stood in them.
  const done = [];
  const last = new Map();
  const fields = (enrolment) => ["mark", "minutes", "note"].map((name) => field(enrolment, name).value);
  const remember = (enrolment) => last.set(enrolment, fields(enrolment));

  const canMark = (enrolment) => people.includes(enrolment);
  const where = (mark) => row(mark.enrolment)?.dataset.name ?? "";

  const marks = new Marks(form, {
    shows: (each) => each === session,
    where,
    restored(mark) {
      if (!canMark(mark.enrolment)) return {};
      const stood = read(mark.enrolment);
      show(mark);
      remember(mark.enrolment);
      draw(mark.enrolment);
      return stood;
    },
    answered(answer, mark) {
      if (!canMark(answer.enrolment)) return;
      // What was typed while the mark was on its way is newer and stays.
      if (line(read(answer.enrolment)) === line(mark)) {
        show(answer);
        if (answer.status) field(answer.enrolment, "note").value = answer.comment;
        remember(answer.enrolment);
      }
      settle(answer);
    },
    refused(answer, mark) {
      if (!canMark(answer.enrolment)) return;
      // What was tapped since is on its way already.
      if (mark && line(read(answer.enrolment)) === line(mark)) {
        show(answer);
        remember(answer.enrolment);
      }
      settle(answer);
      say(answer.enrolment, `${answer.why} ${answer.wayOut}`.trim());
    },
    conflicted: (answer, mark) => askWhich(words, marks.telling.where(mark), answer, mark),
    counted() {},
  });

  // A mark in one line, as the server compares it (SheetRow.was).
  const line = ({ status, minutes, comment }) => `${status}|${minutes ?? ""}|${comment}`;
  const stored = (enrolment) => field(enrolment, "was").value.split("|");

  // A group of radio buttons takes no "" by its value: "no mark" would leave the old one chosen.
  function choose(enrolment, mark) {
    for (const radio of field(enrolment, "mark")) radio.checked = radio.value === mark;
  }

  function show(answer) {
    const met = ["present", "partial", "online"].includes(answer.status);
    choose(answer.enrolment, met ? "present" : answer.status);
    field(answer.enrolment, "minutes").value = answer.minutes ?? "";
  }

  // The hidden fields follow what the server holds, so that the plain form sends no old news.
  function settle(answer) {
    field(answer.enrolment, "base").value = answer.revision;
    field(answer.enrolment, "was").value = line(answer);
    draw(answer.enrolment);
  }

  function say(enrolment, sentence) {
    let place = row(enrolment).querySelector(".invalid-feedback");
    if (!place) {
      place = document.createElement("p");
      place.className = "invalid-feedback";
      place.setAttribute("role", "alert");
      row(enrolment).append(place);
    }
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  function typed(enrolment) {
    const text = field(enrolment, "minutes").value.trim();
    if (text === "") return null;
    return /^\d{1,4}$/.test(text) && Number(text) <= length ? Number(text) : undefined;
  }

  // "Online" is set in the register: who was there by wire stays so until another mark is chosen.
  function read(enrolment) {
    const status = field(enrolment, "mark").value;
    const minutes = status === "present" ? typed(enrolment) : null;
    const comment = field(enrolment, "note").value;
    if (minutes !== null) return { status: "partial", minutes, comment };
    const isOnline = status === "present" && stored(enrolment)[0] === "online";
    return { status: isOnline ? "online" : status, minutes, comment };
  }

  function changed(enrolment, steps) {
    steps.push({ enrolment, before: last.get(enrolment) });
    remember(enrolment);
    const mark = read(enrolment);
    if (mark.minutes === undefined) return say(enrolment, `${words.tooMany} ${length}`);
    say(enrolment, "");
    marks.put({ enrolment, session, ...mark });
    draw(enrolment);
  }

  // As Ctrl Z in the register: the last tap, or "all present" as a whole.
  function undo() {
    for (const { enrolment, before } of done.pop() ?? []) {
      const [mark, minutes, note] = before;
      choose(enrolment, mark);
      field(enrolment, "minutes").value = minutes;
      field(enrolment, "note").value = note;
      changed(enrolment, []);
    }
    offer();
    if (back?.hidden && document.activeElement === document.body) everybody.focus();
  }

  function offer() {
    if (back) back.hidden = !done.length;
  }

  function doing(people) {
    const steps = [];
    for (const enrolment of people) changed(enrolment, steps);
    if (steps.length) done.push(steps);
    offer();
  }

  function draw(enrolment) {
    const place = row(enrolment);
    const mark = read(enrolment);
    const partial = Number.isInteger(mark.minutes);
    place.classList.toggle("is-partial", partial);
    const more = place.querySelector(".more-words");
    more.textContent = partial ? words.partOf.replace("{}", mark.minutes) : mark.comment || more.dataset.words;
    count();
    tend();
  }

  // A bar that began empty has no filled part yet.
  function fill(split) {
    const track = split.querySelector(".bar-track");
    const there = split.querySelector(".bar-fill");
    if (there) return there;
    const made = track.cloneNode();
    made.setAttribute("class", "bar-fill");
    track.after(made);
    return made;
  }

  function count() {
    const fixed = form.querySelectorAll(".sheet-fixed").length;
    if (fixed) return;
    const counts = { present: 0, partial: 0, absent: 0, excused: 0 };
    for (const each of people) {
      const { status } = read(each);
      if (status) counts[status === "online" ? "present" : status] += 1;
    }
    const marked = Object.values(counts).reduce((sum, each) => sum + each, 0);
    const split = document.getElementById("split");
    split.querySelector("[data-marked]").textContent = marked;
    for (const [name, number] of Object.entries(counts)) split.querySelector(`[data-count=${name}]`).textContent = number;
    fill(split).setAttribute("width", `${(100 * marked) / people.length}%`);
    everybody?.classList.toggle("btn-primary", marked < people.length);
    for (const place of document.querySelectorAll("[data-unmarked-words]")) {
      const left = people.length - marked;
      place.textContent = left ? ` · ${left} ${words.unmarked}` : "";
    }
  }

  // What does not save itself, a note without a mark or text still being typed, brings the button
  // and is asked about on leaving. The button goes when the server said so, not under the finger.
  function tend() {
    const open = people.filter((each) => line(read(each)) !== field(each, "was").value);
    const left = open.filter((enrolment) => !marks.holds({ enrolment, session }));
    form.toggleAttribute("data-settled", !left.length);
    if (save && (left.length || !open.length)) save.hidden = !left.length;
  }

  for (const enrolment of people) {
    marks.know(enrolment, session, Number(field(enrolment, "base").value));
    remember(enrolment);
    row(enrolment).addEventListener("change", ({ target: { name, value } }) => {
      const [mark, minutes, note] = ["mark", "minutes", "note"].map((each) => field(enrolment, each));
      if (name.startsWith("minutes-") && value.trim()) mark.value = "present";
      if (name.startsWith("mark-") && value !== "present") minutes.value = "";
      // A note goes with its mark; a new one waits for the next mark.
      if (name.startsWith("mark-") && !value && note.value === stored(enrolment).slice(2).join("|")) note.value = "";
      if (!name.startsWith("note-") || mark.value) doing([enrolment]);
    });
  }

  everybody?.addEventListener("click", (event) => {
    event.preventDefault();
    const unmarked = people.filter((enrolment) => !field(enrolment, "mark").value);
    for (const enrolment of unmarked) field(enrolment, "mark").value = "present";
    doing(unmarked);
  });
  back?.addEventListener("click", undo);
  // In a line of text the browser's own undo stays.
  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (!isUndo || event.target.type === "text") return;
    event.preventDefault();
    undo();
  });

  // The form is sent when nothing is on its way any more: it would meet its own marks.
  form.addEventListener("submit", async (event) => {
    if (!marks.size) return;
    event.preventDefault();
    if (await marks.flush()) form.requestSubmit(event.submitter);
  });
  form.addEventListener("input", (event) => {
    if (event.target.type === "text") tend();
  });
  tend();
  marks.restore();
}
