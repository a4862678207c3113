// Signing out asks about marks that are not sent yet: send them, discard them or stay.
// Loaded by every page from which one can sign out, before the script of forms.

import { offerFile } from "./telling.js";
import { Waiting } from "./waiting.js";

const BATCH = 200;
let form = null;

document.addEventListener("submit", (event) => {
  const user = event.target.dataset.signsOut;
  if (!user || event.defaultPrevented) return;
  event.preventDefault();
  form = event.target;
  ask(user);
}, { capture: true });

async function left(user) {
  const waiting = await Waiting.find(user);
  const all = (await waiting?.all()) ?? [];
  waiting?.database.close();
  return all;
}

// The queue of the page where there is one: it knows what is not on the device.
const queue = async () => (document.getElementById("unsent-marks") ? (await import("./marks.js")).Marks.here : null);

async function ask(user) {
  const [marks, page] = [await left(user), await queue()];
  if (!marks.length && !page?.size) return go(page);
  const dialog = document.getElementById("unsent-window");
  for (const place of dialog.querySelectorAll("[data-count]")) place.textContent = Math.max(marks.length, page?.size ?? 0);
  tell(dialog, "");
  const rows = marks.map((mark) => [mark.enrolment, mark.session, mark.status, mark.minutes ?? ""]);
  offerFile(dialog.querySelector("[data-file]"), ["enrolment", "session", "status", "minutes"], rows);
  dialog.querySelector("[data-send]").onclick = () => sendAll(dialog, user, page);
  dialog.querySelector("[data-discard]").onclick = () => discard(user, page);
  dialog.showModal();
}

function tell(dialog, kind) {
  const place = dialog.querySelector("[data-outcome]");
  place.hidden = !kind;
  place.textContent = kind ? place.dataset[kind] : "";
}

// The guards of the page have asked already.
function go(page) {
  if (page) page.isLeaving = true;
  form.submit();
}

async function discard(user, page) {
  if (page) page.isLeaving = true;
  await Waiting.discard(user);
  go(page);
}

async function sendAll(dialog, user, page) {
  const reached = (await page?.flush()) ?? true;
  const answered = reached && (await send(user, dialog.dataset.url));
  if (!answered) return tell(dialog, "offline");
  const rest = (await left(user)).length;
  for (const place of dialog.querySelectorAll("[data-count]")) place.textContent = rest;
  if (!rest) return discard(user, page);
  tell(dialog, "rest");
}

// Marks of pages that are closed. What is not stored stays: it takes a page that shows it to ask.
async function send(user, url) {
  const waiting = await Waiting.find(user);
  const all = ((await waiting?.all()) ?? []).filter((mark) => !mark.refused);
  try {
    for (let first = 0; first < all.length; first += BATCH) {
      const marks = all.slice(first, first + BATCH).map(({ id, enrolment, session, status, minutes, base, comment }) => ({ id, enrolment, session, status, minutes, base: base ?? 0, comment }));
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Marks-Of": user },
        body: JSON.stringify({ marks }),
        redirect: "manual",
      });
      if (!response.ok) return false;
      const { answers } = await response.json();
      const stored = new Set(answers.filter((answer) => answer.outcome === "stored").map((answer) => answer.id));
      await waiting.change(all.filter((mark) => stored.has(mark.id)), []);
    }
    return true;
  } catch {
    return false;
  } finally {
    waiting?.database.close();
  }
}
