// The day sheet of one session: each tap is saved at once. Without this script it is a plain form.

import { Marks, askWhich } from "./marks.js";

const form = document.getElementById("sheet");
if (form) start(form);

function start(form) {
  const words = form.dataset;
  const session = Number(words.session);
  const length = Number(words.length);
  const row = (enrolment) => document.getElementById(`row-${enrolment}`);
  const field = (enrolment, name) => form.elements[`${name}-${enrolment}`];

  const marks = new Marks(form, {
    answered: settle,
    refused(answer) {
      settle(answer);
      say(answer.enrolment, `${answer.why} ${answer.wayOut}`.trim());
    },
    conflicted: (answer, mark) => askWhich(words, row(answer.enrolment).dataset.name, answer, mark),
    counted() {},
  });

  // The hidden fields follow what the server holds, so that the plain form sends no old news.
  function settle(answer) {
    const key = answer.enrolment;
    const minutes = answer.minutes ?? "";
    const met = ["present", "partial", "online"].includes(answer.status);
    field(key, "mark").value = met ? "present" : answer.status;
    field(key, "minutes").value = minutes;
    field(key, "base").value = answer.revision;
    field(key, "was").value = `${answer.status}|${minutes}|${field(key, "note").value}`;
    draw(key);
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

  function read(enrolment) {
    const chosen = field(enrolment, "mark").value;
    if (chosen !== "present") return { status: chosen, minutes: null };
    const minutes = typed(enrolment);
    return minutes === null ? { status: "present", minutes: null } : { status: "partial", minutes };
  }

  function changed(enrolment) {
    const mark = read(enrolment);
    if (mark.minutes === undefined) return say(enrolment, `${words.tooMany} ${length}`);
    say(enrolment, "");
    draw(enrolment);
    marks.put({ enrolment, session, ...mark });
  }

  function draw(enrolment) {
    const place = row(enrolment);
    const mark = read(enrolment);
    const partial = mark.status === "partial";
    place.classList.toggle("is-partial", partial);
    const more = place.querySelector(".more-words");
    more.dataset.words ??= more.textContent;
    more.textContent = partial ? `${mark.minutes} / ${length} min` : field(enrolment, "note").value || more.dataset.words;
    count();
  }

  function count() {
    const people = [...form.querySelectorAll("[data-enrolment]")].filter((each) => field(each.dataset.enrolment, "mark"));
    const fixed = form.querySelectorAll(".sheet-fixed").length;
    if (fixed) return;
    const counts = { present: 0, partial: 0, absent: 0, excused: 0 };
    for (const each of people) {
      const { status } = read(each.dataset.enrolment);
      if (status) counts[status] += 1;
    }
    const marked = Object.values(counts).reduce((sum, each) => sum + each, 0);
    const split = document.getElementById("split");
    split.querySelector("[data-marked]").textContent = marked;
    for (const [name, number] of Object.entries(counts)) split.querySelector(`[data-count=${name}]`).textContent = number;
    split.querySelector(".bar-fill")?.setAttribute("width", `${(100 * marked) / people.length}%`);
    for (const words of document.querySelectorAll("[data-unmarked-words]")) {
      const left = people.length - marked;
      words.textContent = left ? ` · ${left} ${form.dataset.unmarked}` : "";
    }
  }

  for (const place of form.querySelectorAll("[data-enrolment]")) {
    const key = Number(place.dataset.enrolment);
    if (!field(key, "mark")) continue;
    marks.know(key, session, Number(field(key, "base").value));
    place.addEventListener("change", (event) => {
      const { name } = event.target;
      if (name.startsWith("note-")) return;
      if (name.startsWith("minutes-") && event.target.value.trim()) field(key, "mark").value = "present";
      if (name.startsWith("mark-") && event.target.value !== "present") field(key, "minutes").value = "";
      changed(key);
    });
  }

  document.getElementById("all-present").addEventListener("click", (event) => {
    event.preventDefault();
    for (const place of form.querySelectorAll("[data-enrolment]")) {
      const key = Number(place.dataset.enrolment);
      if (!field(key, "mark") || field(key, "mark").value) continue;
      field(key, "mark").value = "present";
      changed(key);
    }
  });

  form.addEventListener("submit", () => marks.stop());

  // A note is text, and text goes with the form; everything else is saved by itself.
  const save = document.getElementById("save-sheet");
  save.hidden = true;
  form.addEventListener("input", (event) => {
    if (event.target.name.startsWith("note-")) save.hidden = false;
  });
}
