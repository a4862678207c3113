// The frame: menus, search window, closing of messages, what happens when a request fails.

const close = (menu) => menu.removeAttribute("open");

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) close(menu);
  }
  if (event.target.closest("[data-print]")) window.print();
  const closer = event.target.closest("[data-close]");
  if (closer) {
    document.getElementById("content")?.focus({ preventScroll: true });
    closer.closest(".message").remove();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    // A search field would empty itself first; the window is what should go, the words stay.
    const dialog = event.target.closest?.("dialog.window");
    if (dialog) {
      event.preventDefault();
      dialog.close();
    }
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) {
      close(menu);
      menu.querySelector("summary").focus();
    }
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    const dialog = document.getElementById("search-window");
    if (!dialog) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else openSearch(dialog);
  }
});

function openSearch(dialog) {
  dialog.showModal();
  dialog.querySelector("input").select();
}

// A click on the ground beside a window closes it.
for (const dialog of document.querySelectorAll("dialog.window")) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

// Buttons that need a script appear only where one runs.
function reveal() {
  for (const button of document.querySelectorAll("[data-close][hidden], [data-print][hidden]")) {
    button.hidden = false;
  }
}
reveal();
document.addEventListener("htmx:afterSwap", reveal);

// Live parts: say it when the server did not answer; a login page is never put into a fragment.
function say(kind) {
  const place = document.getElementById("live-message");
  // What lies outside an open window is not reachable while it is open.
  (document.querySelector("dialog[open]") ?? document.body).append(place);
  place.className = "live-message message message-bad";
  place.textContent = place.dataset[kind];
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const asked = new URL(event.detail.requestConfig.path, document.baseURI).pathname;
  const got = xhr.responseURL ? new URL(xhr.responseURL).pathname : asked;
  if (got !== asked && got.includes("/accounts/login")) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});

// htmx notes the address of the page in the storage of the tab; a search in it may hold a name.
const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");
forget();
for (const moment of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) {
  document.addEventListener(moment, forget);
}

document.addEventListener("htmx:responseError", () => say("failed"));
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  const place = document.getElementById("live-message");
  place.className = "live-message";
  place.textContent = "";
});
