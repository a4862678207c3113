"""What no test may do unnoticed: write at a GET, leave the machine, print an undefined variable."""

import inspect
import ipaddress
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

# --- A GET writes nothing ---------------------------------------------------------------
# Sessions, the log of what auditors saw, and of a token the day of its last use; nothing else may
# change because somebody looked.
GET_MAY_WRITE = {"django_session", "portal_accesslog"}
TOKEN_WAS_USED = 'UPDATE "portal_apitoken" SET "last_used_on" ='
# Also inside a WITH, where several changes are one statement.
WRITE = re.compile(
    r'\s*(?:WITH\b.*?[()]\s*)?(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)',
    re.I | re.S,
)


class WritingGetError(AssertionError):
    """A page changed the database although it was only looked at."""


def refuse_writes(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
    """A wrapper around every statement of a request."""
    found = WRITE.match(sql)
    if found and found[1] not in GET_MAY_WRITE and not sql.startswith(TOKEN_WAS_USED):
        raise WritingGetError(f"a GET writes to {found[1]}: {sql[:200]}")
    return execute(sql, *arguments)


def quiet_get(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """The outermost middleware of the tests."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return get_response(request)

    return middleware


# --- A template prints only what it was given -------------------------------------------------


class Undefined(str):
    """Django's string_if_invalid: fails for our own templates, keeps quiet for other packages'."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        origin = _template_in_stack()
        if origin and Path(origin).is_relative_to(settings.BASE_DIR / "templates"):
            pytest.fail(f"Undefined template variable {variable!r} in {origin}")
        return ""


def _template_in_stack() -> str | None:
    for info in inspect.stack(0)[2:]:
        node = info.frame.f_locals.get("self")
        if info.function == "render_annotated" and (origin := getattr(node, "origin", None)):
            return str(origin.name)
    return None


# --- Nobody leaves this machine ----------------------------------------------------------------


class OutsideError(AssertionError):
    """A test reached for another machine."""


def stay_inside() -> None:
    """Let sockets of this process reach this machine only."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise OutsideError(f"a test reached for {address[0]}")
        real(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
