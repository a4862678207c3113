"""A person at the register in a real browser, and what the browser keeps of it."""

from __future__ import annotations

import http.client
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.training import world
from training.models import Attendance, Session

MARKS = "/training/marks/"

# Everything a browser can keep, as one text.
KEPT = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      });
      found.push({ name, store, rows });
    }
    database.close();
  }
  const keys = await caches.keys();
  return { databases: found, local: { ...localStorage }, session: { ...sessionStorage }, caches: keys };
}"""
POINT = """([row, column]) => {
  const cell = document.querySelectorAll("tbody tr")[row].cells[column + 1];
  if (cell !== document.activeElement) cell.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
}"""
IDLE = """() => {
  const [conflict, state] = ["conflict", "save-state"].map((id) => document.getElementById(id));
  if (conflict.open) return "asked";
  if (state.classList.contains("unsent")) window.dispatchEvent(new Event("online"));
  return state.classList.contains("saved") && !document.querySelector("td.pending") ? "idle" : "";
}"""


def kept(page: Page) -> dict[str, Any]:
    """What the browser keeps for this address."""
    return page.evaluate(KEPT)


def waiting(page: Page, user: Any) -> list[dict[str, Any]]:
    """The marks that wait on the device for this user, in the order in which they were entered."""
    databases = {each["name"]: each["rows"] for each in kept(page)["databases"]}
    return sorted(databases.get(f"marks-{user.pk}", []), key=lambda row: row["order"])


def send_now(page: Page) -> None:
    """Without the pause in which more could be typed."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def type_minutes(page: Page, row: int, column: int, minutes: int) -> None:
    """Point at a cell and type a number."""
    page.evaluate(POINT, [row, column])
    for key in [*str(minutes), "Enter"]:
        page.keyboard.press(key)


def settle(page: Page, choice: str) -> int:
    """Until everything is answered; how often it was asked which of two marks holds."""
    asked = 0
    while page.wait_for_function(IDLE, polling=20, timeout=60_000).json_value() == "asked":
        asked += 1
        page.locator(f"#conflict button[value={choice}]").click()
    return asked


def minutes_stored(rows: list[int], sessions: list[int]) -> dict[tuple[int, int], int | None]:
    """What stands in the register, by row and column."""
    return {
        (rows.index(person), sessions.index(session)): minutes
        for person, session, minutes in Attendance.objects.values_list(
            "enrolment", "session", "minutes"
        )
    }


class Dropping(BaseHTTPRequestHandler):
    """Passes everything on, and loses the answers to some saves after they were stored."""

    protocol_version = "HTTP/1.1"
    upstream: str
    chance: random.Random
    share: float
    dropped: int

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        upstream = http.client.HTTPConnection(self.upstream, timeout=60)
        upstream.request(self.command, self.path, body, dict(self.headers))
        answer = upstream.getresponse()
        content = answer.read()
        upstream.close()
        self.close_connection = True
        kind = type(self)
        if self.command == "POST" and self.path == MARKS and kind.chance.random() < kind.share:
            kind.dropped += 1
            return
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "content-length", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_HEAD = handle_any  # noqa: N815 - named by the standard library

    def log_message(self, *words: Any) -> None:
        """Quietly."""


@contextmanager
def dropping(server: str, share: float = 0.3) -> Iterator[tuple[str, type[Dropping]]]:
    """A line to the server on which this share of the answers to saves is lost."""
    fields = {
        "upstream": urlsplit(server).netloc,
        "chance": random.Random(4),
        "share": share,
        "dropped": 0,
    }
    handler = type("Line", (Dropping,), fields)
    line = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=line.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{line.server_address[1]}", handler
    finally:
        line.shutdown()
        line.server_close()
        thread.join()


def register(group: world.World) -> str:
    return f"{group.group.get_absolute_url()}register/"


def statuses(session: Session) -> list[tuple[str, str, int | None]]:
    rows = Attendance.objects.filter(session=session).order_by("enrolment__participant__sort_key")
    return list(rows.values_list("enrolment__participant__family_name", "status", "minutes"))


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_text(re.compile(r"Saved \d\d:\d\d"), timeout=20_000)


def keys(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def into_grid(page: Page) -> None:
    """From the top of the page by Tab alone, as somebody without a mouse comes there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('td.c')"):
            return
    pytest.fail("Tab never reached the register")


def all_answered() -> None:
    """A page saves while it is left: the server is done with it before the tables are emptied."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(20)
