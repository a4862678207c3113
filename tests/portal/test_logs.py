"""What the log tells: one line per event for machines, and never a person."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve

from portal.lib.logs import JsonFormatter
from portal.models import User

CANARY = "Kanarija"
MAILBOX = "anna.kanarija@portal.invalid"
CODE = "010190-12345"


def written(
    message: object = "", *args: object, error: BaseException | None = None, **extra: Any
) -> str:
    """The line of one event."""
    info = (type(error), error, error.__traceback__) if error else None
    name = extra.pop("name", "portal.test")
    record = logging.LogRecord(name, logging.WARNING, "", 0, message, args, info)
    record.__dict__.update(extra)
    return JsonFormatter().format(record)


def raised(make: Any) -> BaseException:
    try:
        make()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_line_is_one_object_with_its_time_and_place() -> None:
    line = json.loads(written("Freed %d papers", 3, name="portal.tasks"))

    assert (line["level"], line["logger"], line["message"]) == (
        "WARNING",
        "portal.tasks",
        "Freed 3 papers",
    )
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize(
    "break_", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1b[31m", '"}\n{"level": "INFO']
)
def test_nobody_writes_a_second_line(break_: str) -> None:
    line = written("refused %s", f"a{break_}2026-11-25 ERROR forged")

    assert len(line.splitlines()) == 1
    assert json.loads(line)["level"] == "WARNING"


def test_mailboxes_and_codes_are_masked_and_length_is_bounded() -> None:
    line = written("from <%s>, code %s, " + "x" * 9000, MAILBOX, CODE)

    assert (MAILBOX in line, CODE in line, len(line) < 2300) == (False, False, True)
    assert json.loads(line)["message"].startswith("from <[mailbox]>, code [code], x")


def test_arguments_that_do_not_fit_stop_nobody() -> None:
    assert json.loads(written("%d papers", CANARY))["message"] == "%d papers"


def test_page_is_told_by_its_route_not_its_address() -> None:
    request = RequestFactory().get(f"/v/{CANARY}/?q={CANARY}")
    request.resolver_match = resolve("/v/ABCDEF/")
    line = written("%s: %s", "Not Found", request.path, request=request, status_code=404)

    assert CANARY not in line
    told = json.loads(line)
    assert (told["message"], told["method"], told["status"]) == ("Not Found", "GET", 404)
    assert told["route"].startswith("v/<")


@pytest.mark.django_db
def test_error_tells_where_it_arose_and_not_what_the_database_repeats() -> None:
    def twice() -> None:
        with transaction.atomic():
            for _time in range(2):
                User.objects.create(email=MAILBOX, last_name=CANARY)

    error = raised(twice)
    assert isinstance(error, IntegrityError)
    if connection.vendor == "postgresql":
        assert MAILBOX in str(error)

    line = written("Internal Server Error: %s", "/x", error=error)
    chain = json.loads(line)["error"]
    assert "kanarija" not in line.lower()
    assert chain[0]["kind"] == "IntegrityError"
    assert any(place.startswith("tests/portal/test_logs.py:") for place in chain[0]["where"])
    assert all(not place.startswith("/") for each in chain for place in each["where"])


def test_failed_task_is_told_by_its_name() -> None:
    """Celery repeats the error, and its whole traceback, in the message."""
    context = {
        "name": "portal.tasks.produce_waiting",
        "description": "raised unexpected",
        "exc": f"ValueError('{CANARY}')",
        "traceback": CANARY,
        "args": f"('{CANARY}',)",
        "id": "1",
    }
    error = raised(lambda: int(CANARY))
    line = written(
        "Task %(name)s[%(id)s] %(description)s: %(exc)s",
        context,
        name="celery.app.trace",
        error=error,
        data=context,
    )

    assert CANARY not in line
    assert json.loads(line)["message"] == "Task portal.tasks.produce_waiting raised unexpected"


def test_task_that_went_well_is_told_as_celery_tells_it() -> None:
    context = {"name": "portal.tasks.pulse", "id": "1", "runtime": 0.01, "return_value": "None"}
    words = "Task %(name)s[%(id)s] succeeded in %(runtime)ss: %(return_value)s"
    line = json.loads(written(words, context, name="celery.app.trace", data=context))
    rejected = json.loads(
        written(
            "Task %(name)s[%(id)s] %(exc)s", {"name": "x", "exc": CANARY}, name="celery.app.trace"
        )
    )

    assert line["message"] == "Task portal.tasks.pulse[1] succeeded in 0.01s: None"
    assert rejected["message"] == "Task x"


@pytest.mark.django_db
def test_page_that_breaks_leaves_no_name_behind(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real request through every middleware: what stands in the form and in the error stays out."""
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    def refuse(*_arguments: object) -> None:
        raise IntegrityError(f"Key (email)=({MAILBOX}) of {CANARY} already exists")

    ear = Ear()
    logging.getLogger().addHandler(ear)
    client.raise_request_exception = False
    try:
        with connection.execute_wrapper(refuse):
            answer = client.post(
                f"/accounts/login/?next=/{CANARY}", {"login": MAILBOX, "password": CANARY}
            )
    finally:
        logging.getLogger().removeHandler(ear)

    assert answer.status_code == 500
    [line] = [line for line in lines if '"django.request"' in line]
    assert CANARY not in "".join(lines) and "kanarija" not in "".join(lines)
    assert json.loads(line)["route"] == "accounts/login/"
