"""Trouble that is nobody's mistake: a database or a disk that cannot serve just now."""

from __future__ import annotations

import errno
from collections.abc import Callable
from enum import Enum
from functools import wraps

from django.db import DatabaseError, InterfaceError, OperationalError, connection

MOST_TRIES = 3
# Chosen by the database to give way to another one; what it did has been taken back.
GAVE_WAY = {"40P01", "40001"}
# Waited for a lock, or for an answer, as long as the settings allow.
WAITED = {"55P03", "57014"}
SQLITE_BUSY = {5, 6}
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class Trouble(Enum):
    """What is the matter, as far as the person who waits must know."""

    BUSY = "somebody else holds what is wanted; nothing was stored"
    AWAY = "the database or the disk does not serve; it will come back"


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What kind of trouble an error tells of; None when it is a mistake of ours."""
    if isinstance(error, OperationalError):
        cause = error.__cause__
        state, lite = getattr(cause, "pgcode", None), getattr(cause, "sqlite_errorcode", None)
        busy = state in GAVE_WAY | WAITED or lite in SQLITE_BUSY
        return Trouble.BUSY if busy else Trouble.AWAY
    if isinstance(error, InterfaceError) or type(error) is DatabaseError:
        return Trouble.AWAY  # how psycopg2 tells of a connection that was lost
    if isinstance(error, OSError) and error.errno in DISK:
        return Trouble.AWAY
    return None


def gave_way(error: OperationalError) -> bool:
    """Whether the whole transaction was taken back so that another one could go on."""
    return getattr(error.__cause__, "pgcode", None) in GAVE_WAY


def repeated[R](work: Callable[[], R], *, most: int = MOST_TRIES) -> R:
    """Do what is one transaction anew, ``most`` times in all, when the database let another pass.

    Inside somebody else's transaction only he can repeat.
    """
    for _try in range(most - 1):
        try:
            return work()
        except OperationalError as error:
            if connection.in_atomic_block or not gave_way(error):
                raise
    return work()


def again_after_giving_way[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """An action that is ``repeated``; stands above ``@transaction.atomic``."""

    @wraps(action)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        return repeated(lambda: action(*args, **kwargs))

    return tried
