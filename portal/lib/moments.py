"""One transaction that sees one moment of the database, whatever others write meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from portal.lib.trouble import repeated

MOST_TRIES = 5


def in_one_moment[Result](work: Callable[[], Result]) -> Result:
    """Run ``work`` in a transaction in which every question is answered as of its first one.

    If the database takes it back, as when what it locks was changed since, it begins again later. A
    transaction of SQLite sees one moment by itself, and so does one that is already under way.
    """
    if connection.in_atomic_block:  # inside a test, or while the demo is filled in
        return work()

    def held() -> Result:
        with transaction.atomic():
            _hold_the_moment()
            return work()

    return repeated(held, most=MOST_TRIES)


def _hold_the_moment() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
