"""The group page and the funder page through gunicorn on PostgreSQL, beside an empty page.

Each page is asked in turns, three runs of each; what the web server and the database spent on it is
divided by the questions it asks the database. The empty page is the portal's frame with nothing on
it; beside it stands the bare one, which has not even a template.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles

from bench.measuring import ROUNDS, Line, at_most, of_family
from bench.place import Place, Web

ASKED = 40  # times in each run; the floors more often, or the server's clock would be too coarse
OFTEN = 4
WARM = 20  # every thread of the server has its connection and its templates
GOAL = 1.3
FIVE = 5
UNIT = "× the empty page, per query"


@dataclass(frozen=True)
class Page:
    """An address with the cookie of who asks it, and how many questions it costs."""

    name: str
    address: str
    cookie: str
    queries: int


@dataclass(frozen=True)
class Run:
    """Seconds per request: of the processors, and of waiting (the 95th of a hundred)."""

    spent: float
    p95: float


def run(place: Place) -> Iterator[Line]:
    """The floor first; then each page as a multiple of it."""
    if place.database is None:
        yield Line("page", "needs PostgreSQL", None, UNIT, f"≤ {GOAL}")
        return
    floor, bare, *others = pages()
    assert floor.queries == bare.queries == FIVE
    with place.web() as web:
        runs: dict[str, list[Run]] = {}
        for page in (floor, bare, *others):
            ask(web, page, WARM)
        for _round in range(ROUNDS):
            for page in (floor, bare, *others):
                times = ASKED if page in others else ASKED * OFTEN
                runs.setdefault(page.name, []).append(timed(place, web, page, times))
    for page in others:
        yield from compared(page, runs[page.name], floor, runs[floor.name])
    ratio = beside(runs[floor.name], runs[bare.name])
    yield Line("page", "empty page: processor time", ratio, "× the bare page")


def beside(runs: list[Run], floors: list[Run]) -> float:
    """The median of the rounds."""
    pairs = zip(runs, floors, strict=True)
    return round(median(each.spent / low.spent for each, low in pairs), 2)


def compared(page: Page, runs: list[Run], floor: Page, floors: list[Run]) -> Iterator[Line]:
    """Its share per query, what it asks, and how long one waits for it."""
    whole = beside(runs, floors)
    ratio = whole * floor.queries / page.queries
    p95 = min(each.p95 for each in runs) / min(low.p95 for low in floors)
    yield at_most("page", f"{page.name}: processor time", ratio, GOAL, UNIT)
    yield Line("page", f"{page.name}: queries", page.queries, f"the empty page: {floor.queries}")
    yield Line("page", f"{page.name}: processor time", whole, "× the empty page")
    yield Line("page", f"{page.name}: p95, best of three", round(p95, 2), "× the empty page")


def pages() -> list[Page]:
    """Addresses of the demo, asked once here to count their questions."""
    from django.urls import reverse

    from training.models import Group

    group = Group.objects.filter(programme__project__code="latgale-lll").earliest("pk")
    board = reverse("projects:indicator_list", args=["latgale-lll"])
    return [
        counted("empty page", reverse("bench_empty"), "coordinator"),
        counted("bare page", reverse("bench_bare"), "coordinator"),
        counted("group page", group.get_absolute_url(), "coordinator"),
        counted("funder page", board, "funder"),
    ]


def counted(name: str, address: str, account: str) -> Page:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from portal import demo

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(demo.accounts().get(email=f"{account}@{demo.DOMAIN}"))
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Page(name, address, f"{settings.SESSION_COOKIE_NAME}={cookie}", len(queries))


def timed(place: Place, web: Web, page: Page, times: int) -> Run:
    """One run of many requests, one after the other."""

    def spent() -> float:
        return of_family(web.pid) + of_family(place.database or 0)

    before = spent()
    waited = ask(web, page, times)
    return Run((spent() - before) / times, quantiles(waited, n=20)[-1])


def ask(web: Web, page: Page, times: int) -> list[float]:
    """How long each answer took; one connection, as a browser keeps it."""
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)
    waited = []
    for _time in range(times):
        begun = time.perf_counter()
        connection.request("GET", page.address, headers={"Cookie": page.cookie})
        answer = connection.getresponse()
        answer.read()
        waited.append(time.perf_counter() - begun)
        assert answer.status == 200, (page.address, answer.status)
    connection.close()
    return waited
