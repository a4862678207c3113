"""Trouble that is nobody's mistake is answered in words, and what was typed is not lost."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2.errors
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client

from portal.lib.trouble import Trouble, again_after_giving_way, trouble_of
from tests import factories


def told(cause: type[Exception], error: type[Exception] = OperationalError) -> Exception:
    """An error of the database as Django passes it on."""
    raised = error("words of the driver")
    raised.__cause__ = cause("words of the driver")
    return raised


class Busy(Exception):  # noqa: N818 - as SQLite names it
    sqlite_errorcode = 5


class Deadlock(Exception):  # noqa: N818 - psycopg2 lets nobody set its code
    pgcode = "40P01"


class Timeout(Deadlock):
    pgcode = "55P03"


class TooSlow(Deadlock):
    pgcode = "57014"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (told(Deadlock), Trouble.BUSY),
        (told(Timeout), Trouble.BUSY),
        (told(TooSlow), Trouble.BUSY),
        (told(Busy), Trouble.BUSY),
        (told(psycopg2.errors.AdminShutdown), Trouble.AWAY),
        (told(psycopg2.errors.DiskFull), Trouble.AWAY),
        (OperationalError("connection refused"), Trouble.AWAY),
        (InterfaceError("connection already closed"), Trouble.AWAY),
        (DatabaseError("server closed the connection"), Trouble.AWAY),
        (OSError(errno.ENOSPC, "No space left"), Trouble.AWAY),
        (IntegrityError("duplicate key"), None),
        (FileNotFoundError(errno.ENOENT, "no such file"), None),
        (ValueError("a mistake of ours"), None),
        (None, None),
    ],
)
def test_trouble_is_told_from_mistakes(error: Exception | None, trouble: Trouble | None) -> None:
    assert trouble_of(error) is trouble


@contextmanager
def failing(error: Exception, table: str = "") -> Iterator[None]:
    """Every statement, or each that names the table, meets the error."""

    def refuse(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if table in sql:
            raise error
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def caller(db: None) -> Client:
    """Somebody signed in, whose client shows errors as a browser does."""
    client = Client(raise_request_exception=False)
    client.force_login(factories.UserFactory())
    return client


AWAY, LOCKED = told(psycopg2.errors.AdminShutdown), told(Timeout)


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Portāls pašlaik netiek pie saviem datiem"), ("en", "The portal cannot reach")],
)
def test_page_says_it_and_offers_to_try_again(caller: Client, language: str, words: str) -> None:
    caller.cookies["language"] = language
    with failing(AWAY):
        answer = caller.get("/today/?project=x")
    page = answer.content.decode()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Language"] == language
    assert words in page
    assert '<a class="btn btn-primary btn-block" href="/today/?project=x">' in page


def test_page_of_a_reader_who_is_nobody_needs_no_database_either(client: Client, db: None) -> None:
    client.raise_request_exception = False
    with failing(AWAY):
        assert client.get("/").status_code == 503
        assert client.get("/privacy/").status_code == 200


@pytest.mark.parametrize(("error", "status", "wait"), [(AWAY, 503, "5"), (LOCKED, 409, "1")])
def test_what_was_typed_comes_back_with_a_button(
    caller: Client, error: Exception, status: int, wait: str
) -> None:
    typed = {"first_name": '"><b>Ieva', "language": ["lv", "en"], "csrfmiddlewaretoken": "t0ken"}
    with failing(error, "portal_user"):
        answer = caller.post("/my/account/", typed)
    page = answer.content.decode()

    assert (answer.status_code, answer.headers["Retry-After"]) == (status, wait)
    assert '<form method="post" action="/my/account/" class="w-100">' in page
    assert 'name="first_name" value="&quot;&gt;&lt;b&gt;Ieva"' in page
    assert page.count('name="language"') == 2
    assert 'value="t0ken"' in page


def test_page_of_somebody_saving_does_not_promise_that_nothing_was_stored(caller: Client) -> None:
    """An earlier transaction of the same request may have been kept."""
    with failing(LOCKED, "portal_user"):
        page = caller.post("/my/account/", {"first_name": "Ieva"}).content.decode()

    assert "Pēdējais solis nav paveikts līdz galam" in page
    assert "iespējams, jau ir saglabāta" in page


def test_password_is_never_written_into_the_page(client: Client, db: None) -> None:
    client.raise_request_exception = False
    with failing(AWAY):
        page = client.post("/accounts/login/", {"login": "x@y.invalid", "password": "secret-word"})

    assert page.status_code == 503
    assert b"secret-word" not in page.content
    assert b"<form" not in page.content


def test_who_only_looked_was_not_kept_waiting_by_somebody(caller: Client) -> None:
    with failing(LOCKED, "portal_user"):
        assert caller.get("/today/").status_code == 503


@pytest.mark.parametrize("path", ["/api/projects/", "/training/marks/"])
def test_programs_are_told_in_json(caller: Client, path: str) -> None:
    with failing(AWAY):
        answer = caller.post(path, json.dumps({"marks": []}), content_type="application/json")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["detail"].startswith("Portāls pašlaik netiek")


def test_mistake_of_ours_is_still_a_500(caller: Client) -> None:
    with failing(ValueError("a mistake"), "portal_user"):
        answer = caller.get("/today/")

    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)
    assert "Kods: 500" in answer.content.decode()


def test_action_that_gave_way_is_carried_out_again_three_times_at_most() -> None:
    tries: list[int] = []

    @again_after_giving_way
    def act(good_at: int) -> int:
        tries.append(1)
        if len(tries) < good_at:
            raise told(Deadlock)
        return len(tries)

    assert act(3) == 3
    tries.clear()
    with pytest.raises(OperationalError):
        act(4)
    assert len(tries) == 3


@pytest.mark.parametrize("cause", [Timeout, TooSlow, psycopg2.errors.AdminShutdown])
def test_action_that_waited_or_may_have_been_stored_is_not_repeated(
    cause: type[Exception],
) -> None:
    tries: list[int] = []

    @again_after_giving_way
    def act() -> None:
        tries.append(1)
        raise told(cause)

    with pytest.raises(OperationalError):
        act()
    assert tries == [1]
