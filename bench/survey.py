"""Every kind of page a coordinator can reach: processor time, queries and size of each.

The pages are found as a reader finds them, by following links; one page stands for each address
pattern. Nothing here judges: `make bench WHAT=survey` shows where to look.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.place import Place

ROUNDS = 5
MOST_PAGES = 400
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')


def cpu(job: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one run, and its answer."""
    began = time.process_time()
    answer = job()
    return time.process_time() - began, answer


def run(place: Place) -> Iterator[str]:
    """Time one page of each kind that the coordinator reaches by links, the dearest first."""
    from django.test import Client

    from portal import demo

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(demo.accounts().get(email=f"coordinator@{demo.DOMAIN}"))
    timed = sorted((measure(client, path), name) for name, path in reachable(client).items())
    yield f"{'ms':>8} {'queries':>8} {'kB':>6}   page"
    for (spent, queries, size), name in reversed(timed):
        yield f"{spent:8.0f} {queries:8} {size:6.0f}   {name}"


def reachable(client: Any) -> dict[str, str]:
    """The first address met of each pattern."""
    from django.urls import Resolver404, resolve

    found: dict[str, str] = {}
    waiting, met = ["/", "/today/"], set()
    while waiting and len(met) < MOST_PAGES:
        path = waiting.pop(0)
        met.add(path)
        try:
            name = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        if name in found or name.startswith(("admin:", "account_logout")):
            continue
        answer = client.get(path)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            found[name] = path
            links = LINK.findall(answer.text)
            waiting += [link.replace("&amp;", "&") for link in links if link not in met]
    return found


def measure(client: Any, path: str) -> tuple[float, int, float]:
    """Median milliseconds of CPU, queries and kilobytes of one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        size = len(client.get(path).content)
    asked = len(queries)  # the next request empties the log
    spent = [cpu(lambda: client.get(path))[0] * 1000 for _round in range(ROUNDS)]
    return statistics.median(spent), asked, size / 1000
