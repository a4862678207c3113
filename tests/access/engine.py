"""Walks the URLconf and asks every address as every person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.guards import WRITE
from tests.signing import just_signed_in

OK, FORBIDDEN, MISSING, LOGIN, METHOD = "ok", "forbidden", "missing", "login", "method"
# What an allowed POST without a single field may answer: a form with its errors, a way on, or
# a plain refusal of nothing.
FINE = {200, 302, 303, 304, 400, 409, 422, 429}
ALWAYS_WRITTEN = {"django_session"}
# The verification page names the holder to whoever has the paper with its code.
TELLS_BY_CODE = ("/v/", "/api/v1/verification/")


def names(patterns: Any = None, namespace: str = "") -> Iterator[str]:
    """Every URL name with its namespace, as often as it occurs."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace or "")))
            yield from names(pattern.url_patterns, inner)
        else:
            yield ":".join(filter(None, (namespace, pattern.name or f"({pattern.pattern})")))


class Asker:
    """A browser of one person that is signed in once and stays so, whatever it asks."""

    def __init__(self, name: str, user: Any) -> None:
        self.name, self.client = name, Client(raise_request_exception=False)
        if user is not None:
            just_signed_in(self.client, user)
        self.cookies = {key: morsel.value for key, morsel in self.client.cookies.items()}
        self.written: set[str] = set()
        self.body, self.is_public = b"", False

    def ask(self, method: str, address: str) -> HttpResponse:
        """The answer; its body and the tables written to on the way are kept."""
        self.written, self.body = set(), b""
        self.is_public = address.startswith(TELLS_BY_CODE)
        self.restore()
        with connection.execute_wrapper(self._note):
            answer: HttpResponse = getattr(self.client, method.lower())(address)
            self.body = b"".join(answer) if answer.streaming else answer.content
        if file := getattr(answer, "file_to_stream", None):
            file.close()  # answer.close() would close the database connection too
        return answer

    def restore(self) -> None:
        """Be signed in again after a page that signed out."""
        self.client.cookies.clear()
        for key, value in self.cookies.items():
            self.client.cookies[key] = value

    def _note(self, execute: Any, sql: str, *arguments: Any) -> Any:
        found = WRITE.match(sql)
        if found and found[1] not in ALWAYS_WRITTEN:
            self.written.add(found[1])
        return execute(sql, *arguments)


def kind_of(answer: HttpResponse) -> str:
    """The class of an answer."""
    if answer.status_code in {302, 303}:
        login, admin = reverse("account_login"), reverse("admin:login")
        if answer.headers["Location"].startswith((login, admin)):
            return LOGIN
    kinds = {401: LOGIN, 403: FORBIDDEN, 404: MISSING, 405: METHOD}
    if answer.status_code in kinds:
        return kinds[answer.status_code]
    return OK if answer.status_code in FINE else str(answer.status_code)
