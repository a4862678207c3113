// The grid typed in by keyboard alone. Without this script every session's own page does the same.

import { Marks } from "./marks.js";
import { askWhich, inWords } from "./telling.js";

const card = document.getElementById("register");
if (card) start(card);

function start(card) {
  const words = card.dataset;
  const table = card.querySelector("table");
  const heads = [...table.tHead.rows[0].cells];
  const spoken = document.getElementById("spoken");
  const number = new Intl.NumberFormat(words.lang, { maximumFractionDigits: 2 });
  const done = [];
  let typing = null;
  let told = 0;

  const rows = [...table.tBodies[0].rows];
  const at = (row, column) => rows[row]?.cells[column];
  const place = (cell) => [rows.indexOf(cell.parentNode), cell.cellIndex];
  const canMark = (cell) => cell?.dataset.r !== undefined;
  const isCell = (cell) => cell?.classList.contains("c");
  const head = (cell) => heads[cell.cellIndex];
  const ids = (cell) => ({ enrolment: Number(cell.parentNode.dataset.enrolment), session: Number(head(cell).dataset.session) });
  const person = (cell) => cell.parentNode.cells[0].lastChild.textContent.trim();
  const find = ({ enrolment, session }) => {
    const row = rows.find((each) => Number(each.dataset.enrolment) === enrolment);
    const column = heads.findIndex((each) => Number(each.dataset.session) === session);
    return row && column > 0 ? row.cells[column] : null;
  };
  const value = (cell) => ({ status: cell.dataset.s, minutes: cell.dataset.m === "" ? null : Number(cell.dataset.m) });
  const length = (cell) => Number(head(cell).dataset.minutes);
  // The name of a cell ends with what the cell shows, so that both can be spoken to (WCAG 2.5.3).
  const shown = (cell) => (cell.textContent.trim() ? `, ${cell.textContent.trim()}` : "");
  const full = (cell) => `${person(cell)}, ${head(cell).dataset.day}, ${inWords(words, cell.dataset.s ?? "", cell.dataset.m)}${shown(cell)}`;

  const marks = new Marks(card, {
    shows: (session) => heads.some((each) => Number(each.dataset.session) === session),
    where(mark) {
      const cell = find(mark);
      return cell ? `${person(cell)}, ${head(cell).dataset.day}` : "";
    },
    restored(mark) {
      const cell = find(mark);
      if (!cell || !canMark(cell)) return {};
      const stood = value(cell);
      draw(cell, mark.status, mark.minutes);
      return stood;
    },
    answered(answer) {
      const cell = find(answer);
      if (!cell) return;
      draw(cell, answer.status, answer.minutes);
      cell.classList.remove("refused");
      cell.removeAttribute("title");
    },
    refused(answer) {
      const cell = find(answer);
      if (!cell) return;
      draw(cell, answer.status, answer.minutes);
      cell.classList.add("refused");
      cell.title = `${answer.why} ${answer.wayOut}`.trim();
      say(`${person(cell)}, ${head(cell).dataset.day}: ${cell.title}`);
      tell(cell.title);
    },
    conflicted(answer, mark) {
      const before = document.activeElement;
      return askWhich(words, marks.telling.where(mark), answer, mark).then((choice) => {
        before?.focus?.();
        return choice;
      });
    },
    counted,
    pending(keys) {
      for (const cell of table.querySelectorAll("td.pending")) {
        if (!keys.has(Marks.key(ids(cell)))) cell.classList.remove("pending");
      }
      for (const key of keys) {
        const [enrolment, session] = key.split(":").map(Number);
        find({ enrolment, session })?.classList.add("pending");
      }
    },
  });

  for (const cell of table.querySelectorAll("td[data-r]")) {
    const { enrolment, session } = ids(cell);
    marks.know(enrolment, session, Number(cell.dataset.r));
  }
  marks.restore();

  function counted(body) {
    for (const [id, html] of Object.entries(body.rows)) {
      const row = rows.find((each) => each.dataset.enrolment === id);
      for (const old of row.querySelectorAll(".total")) old.remove();
      row.insertAdjacentHTML("beforeend", html);
    }
    for (const [id, column] of Object.entries(body.columns)) {
      const sum = table.tFoot.querySelector(`[data-session="${id}"]`);
      const title = heads.find((each) => each.dataset.session === id);
      if (title && (column.look === "open" || column.look === "incomplete")) {
        title.classList.remove("col-open", "col-incomplete");
        title.classList.add(`col-${column.look}`);
        title.querySelector("small").textContent = column.look === "open" ? words.lookOpen : words.lookIncomplete;
      }
      if (sum) sum.textContent = column.unmarked === column.concerned ? "–" : `${column.present}/${column.concerned}`;
    }
    if (body.foot) {
      const foot = table.tFoot.rows[0];
      for (const old of foot.querySelectorAll(".total")) old.remove();
      foot.insertAdjacentHTML("beforeend", body.foot);
    }
    const others = document.getElementById("others");
    others.textContent = body.others.length ? `${others.dataset.words} ${body.others.join(", ")}` : "";
  }

  // --- Drawing ---------------------------------------------------------------------------
  function text(cell, status, minutes) {
    if (status === "excused") return words.excusedLetter;
    if (status === "absent") return "0";
    if (!status) return "";
    return number.format((minutes ?? length(cell)) / Number(words.unit));
  }

  function draw(cell, status, minutes) {
    cell.className = cell.className.replace(/\bc-\w+/, `c-${status || "unmarked"}`);
    cell.dataset.s = status;
    cell.dataset.m = minutes ?? "";
    cell.textContent = text(cell, status, minutes);
    if (cell === document.activeElement || cell.hasAttribute("aria-label")) cell.setAttribute("aria-label", full(cell));
  }

  function say(sentence) {
    spoken.textContent = sentence;
  }

  function tell(sentence) {
    const live = document.getElementById("live-message");
    live.className = "live-message message message-warn";
    live.textContent = sentence;
    clearTimeout(told);
    told = setTimeout(hush, 8000);
  }

  function hush() {
    const live = document.getElementById("live-message");
    clearTimeout(told);
    live.className = "live-message";
    live.textContent = "";
  }

  // --- Moving ----------------------------------------------------------------------------
  function focus(cell) {
    if (!isCell(cell)) return false;
    const old = table.querySelector('td[tabindex="0"]');
    if (old) old.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    return true;
  }

  // Sticky edges cover what the browser believes to be in sight.
  function reveal(cell) {
    const wrap = table.parentNode;
    const box = cell.getBoundingClientRect();
    const left = cell.parentNode.cells[0].getBoundingClientRect().right;
    const total = cell.parentNode.querySelector(".total").getBoundingClientRect();
    const edge = Math.min(total.left, wrap.getBoundingClientRect().right);
    const right = Math.max(edge, left + box.width);
    if (box.left < left) wrap.scrollLeft -= left - box.left;
    else if (box.right > right) wrap.scrollLeft += box.right - right;
    const top = table.tHead.getBoundingClientRect().bottom;
    const bottom = table.tFoot.getBoundingClientRect().top;
    if (box.top < top) wrap.scrollTop -= top - box.top;
    else if (box.bottom > bottom) wrap.scrollTop += box.bottom - bottom;
  }

  // The closing button speaks of the column one works in.
  function follow(cell) {
    const button = document.getElementById("close-session");
    if (!button || head(cell).dataset.open === undefined) return;
    button.href = button.href.replace(/\/\d+\/close\//, `/${head(cell).dataset.session}/close/`);
    button.querySelector("span").textContent = `${button.dataset.words} ${head(cell).dataset.short}`;
  }

  function move(cell, down, across) {
    const [row, column] = place(cell);
    if (row + down < 0) head(cell).querySelector("a").focus();
    else focus(at(row + down, column + across));
  }

  function nextToMark(cell, step) {
    const all = [...table.querySelectorAll("td[data-r]")];
    if (canMark(cell)) return all[all.indexOf(cell) + step];
    const after = all.filter((each) => cell.compareDocumentPosition(each) & (step > 0 ? 4 : 2));
    return step > 0 ? after[0] : after.at(-1);
  }

  // --- Marking ---------------------------------------------------------------------------
  function put(cell, status, minutes, steps) {
    const before = value(cell);
    if (before.status === status && before.minutes === minutes) return;
    steps?.push({ cell, before });
    draw(cell, status, minutes);
    cell.classList.remove("refused");
    marks.put({ ...ids(cell), status, minutes });
  }

  function mark(cell, status, minutes = null) {
    if (!canMark(cell)) return;
    const steps = [];
    put(cell, status, minutes, steps);
    if (steps.length) done.push(steps);
    say(full(cell));
    if (status) move(cell, 1, 0);
  }

  function markColumn(cell) {
    const steps = [];
    for (const row of rows) {
      const each = row.cells[cell.cellIndex];
      if (canMark(each) && !each.dataset.s) put(each, "present", null, steps);
    }
    if (!steps.length) return;
    done.push(steps);
    say(`${head(cell).dataset.day}: ${steps.length} ${words.present}`);
  }

  function undo() {
    const steps = done.pop();
    if (!steps) return;
    for (const { cell, before } of steps) put(cell, before.status, before.minutes);
    focus(steps[0].cell);
    say(full(steps[0].cell));
  }

  // --- Typing a number -------------------------------------------------------------------
  function type(cell, character) {
    hush();
    typing = { cell, text: (typing?.text ?? "") + character };
    cell.classList.add("typing");
    cell.textContent = typing.text;
  }

  function drop() {
    if (!typing) return;
    const { cell } = typing;
    typing = null;
    cell.classList.remove("typing");
    draw(cell, cell.dataset.s, cell.dataset.m === "" ? null : Number(cell.dataset.m));
  }

  // A number not larger than the session's hours is hours, a larger one minutes.
  function confirm() {
    if (!typing) return false;
    const { cell, text } = typing;
    const all = length(cell);
    const typed = Number(text.replace(",", "."));
    const minutes = Math.round(typed * Number(words.unit) <= all ? typed * Number(words.unit) : typed);
    drop();
    if (!(minutes <= all)) {
      tell(`${words.tooMany} ${all}`);
      say(`${words.tooMany} ${all}`);
      return false;
    }
    if (minutes === all) mark(cell, "present");
    else if (minutes === 0) mark(cell, "absent");
    else mark(cell, "partial", minutes);
    return true;
  }

  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const KEYS = { "+": "present", " ": "present", "-": "absent", e: "excused", E: "excused" };

  function press(event, cell) {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") return undo(), true;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (key === "?") return openKeys(), true;
    if (key === "Escape") return typing ? drop() : leave(), true;
    if (key === "Enter") return typing ? confirm() : move(cell, 1, 0), true;
    if (key in MOVES) {
      // A confirmed number moves down by itself.
      if (typing && (!confirm() || key === "ArrowDown")) return true;
      return move(cell, ...MOVES[key]), true;
    }
    if (key === "Home" || key === "End") {
      const open = [...cell.parentNode.cells].filter(isCell);
      return drop(), focus(open.at(key === "Home" ? 0 : -1)), true;
    }
    if (key === "Tab") return confirm(), focus(nextToMark(cell, event.shiftKey ? -1 : 1));
    if (!canMark(cell)) return false;
    if (key === "Backspace" && typing) return retype(cell), true;
    if (/^[0-9]$/.test(key) && (typing || key !== "0")) return type(cell, key), true;
    if (/^[.,]$/.test(key) && typing) return type(cell, key), true;
    if (key === "0") return mark(cell, "absent"), true;
    if (key === "Delete" || key === "Backspace") return mark(cell, ""), true;
    if (key in KEYS) return drop(), mark(cell, KEYS[key]), true;
    if (key === "a" || key === "A") return drop(), markColumn(cell), true;
    return false;
  }

  function retype(cell) {
    const shorter = typing.text.slice(0, -1);
    typing = null;
    if (shorter) type(cell, shorter);
    else {
      cell.classList.remove("typing");
      draw(cell, cell.dataset.s, cell.dataset.m === "" ? null : Number(cell.dataset.m));
    }
  }

  // Out of the grid without marking: the first thing after it.
  function leave() {
    (document.getElementById("close-session") ?? document.getElementById("show-keys"))?.focus();
  }

  function openKeys() {
    const before = document.activeElement;
    const dialog = document.getElementById("keys");
    dialog.addEventListener("close", () => before?.focus?.(), { once: true });
    dialog.showModal();
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.c");
    const title = event.target.closest("th[data-session]");
    if (cell ? press(event, cell) : title && along(event.key, title)) event.preventDefault();
  });

  // The dates in the head lead to the day sheets: reached by an arrow from the first row.
  function along(key, title) {
    if (key === "ArrowDown") return focus(at(0, title.cellIndex));
    const next = key === "ArrowLeft" ? title.previousElementSibling : key === "ArrowRight" ? title.nextElementSibling : null;
    next?.querySelector("a")?.focus();
    return Boolean(next);
  }
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td.c");
    if (!cell) return;
    cell.setAttribute("aria-label", full(cell));
    reveal(cell);
    follow(cell);
  });
  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("tbody td.c");
    if (!cell) return;
    event.preventDefault();
    if (cell === document.activeElement && canMark(cell) && !typing) return cycle(cell);
    confirm();
    focus(cell);
  });

  // Without a keyboard: a second tap goes round the marks.
  function cycle(cell) {
    const round = ["", "present", "absent", "excused"];
    const steps = [];
    put(cell, round[(round.indexOf(cell.dataset.s) + 1) % round.length], null, steps);
    done.push(steps);
    say(full(cell));
  }
  table.addEventListener("focusout", (event) => {
    if (typing && !table.contains(event.relatedTarget)) confirm();
  });
  for (const link of table.tHead.querySelectorAll("a")) link.tabIndex = -1;

  // Leaving by the closing button takes the marks along first.
  document.getElementById("close-session")?.addEventListener("click", async (event) => {
    if (!marks.size) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    if (await marks.flush()) window.location.assign(href);
    else tell(`${words.unsent} ${marks.size}. ${marks.why}`);
  });
  const keys = document.getElementById("show-keys");
  keys.hidden = false;
  keys.addEventListener("click", openKeys);

  // --- The first look: the column to work in, its first cell without a mark ---------------
  const current = heads.findIndex((each) => each.classList.contains("col-current"));
  const column = current > 0 ? current : heads.findLastIndex((each) => each.dataset.session);
  for (const row of rows) row.cells[column]?.classList.add("in-current");
  const first = rows.map((row) => row.cells[column]).find((cell) => canMark(cell) && !cell.dataset.s);
  const begin = first ?? rows[0].cells[column];
  begin.tabIndex = 0;
  reveal(begin);
}
