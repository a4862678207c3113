"""One transaction that sees one moment of the database, whatever others write meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError, connection, transaction

MOST_TRIES = 5
# What PostgreSQL answers when a row that is to be locked or written was changed since the moment.
_CHANGED_MEANWHILE = "40001"


def in_one_moment[Result](work: Callable[[], Result]) -> Result:
    """Run ``work`` in a transaction in which every question is answered as of its first one.

    If what it locks or writes was changed after that moment, it begins again with a later one. A
    transaction of SQLite sees one moment by itself, and so does one that is already under way.
    """
    if connection.in_atomic_block:  # inside a test, or while the demo is filled in
        return work()
    for tried in range(1, MOST_TRIES + 1):
        try:
            with transaction.atomic():
                _hold_the_moment()
                return work()
        except OperationalError as error:
            if tried == MOST_TRIES or not _is_changed_meanwhile(error):
                raise
    raise AssertionError("unreachable")


def _hold_the_moment() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _is_changed_meanwhile(error: OperationalError) -> bool:
    return getattr(error.__cause__, "pgcode", "") == _CHANGED_MEANWHILE
