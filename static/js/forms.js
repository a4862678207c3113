// Forms: the summary of errors takes the focus, a second click sends nothing twice,
// leaving with unsaved entries asks first, and a chosen set of rows says how many it holds.
// Everything listens on the document, so that parts put in by htmx behave the same.

// The server names every mistake beside its field in the reader's language; the browser would
// speak its own.
for (const form of document.forms) form.noValidate = true;

const dirty = new Set();
const sent = new WeakSet();

document.querySelector("[data-error-summary]")?.focus();
// A form that came back with errors holds entries the server has not kept.
for (const form of document.querySelectorAll("form[data-guard]:has([data-error-summary])")) dirty.add(form);

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) dirty.add(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  dirty.delete(form);
  // A form may answer with a file and stay: then it can be sent again.
  setTimeout(() => sent.delete(form), 4000);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) dirty.delete(event.target.closest("form"));
});

window.addEventListener("beforeunload", (event) => {
  // A form that saves by itself says so.
  const here = [...dirty].some((form) => form.isConnected && !form.hasAttribute("data-settled"));
  if (here) event.preventDefault();
});

// <form data-choice> with boxes data-choice-row, one data-choice-all and a data-choice-bar.
function count(form) {
  const rows = [...form.querySelectorAll("[data-choice-row]")];
  const chosen = rows.filter((row) => row.checked);
  for (const row of rows) row.closest("tr, li")?.classList.toggle("chosen", row.checked);
  for (const place of form.querySelectorAll("[data-choice-count]")) place.textContent = chosen.length;
  for (const bar of form.querySelectorAll("[data-choice-bar]")) bar.hidden = !chosen.length;
  const all = form.querySelector("[data-choice-all]");
  if (all) {
    all.checked = rows.length > 0 && chosen.length === rows.length;
    all.indeterminate = chosen.length > 0 && chosen.length < rows.length;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-choice]");
  if (!form) return;
  if (event.target.matches("[data-choice-all]")) {
    for (const row of form.querySelectorAll("[data-choice-row]")) row.checked = event.target.checked;
  }
  count(form);
});

// The browser may bring boxes back as they were left; also after going back.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-choice]").forEach(count));
