"""Django's own migrate, which never makes people wait: it gives up a lock it cannot have soon."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections

LOCK_SECONDS = 2
LOCK_NOT_AVAILABLE = "55P03"
GAVE_UP = (
    f"Gave up: somebody held a table for longer than {LOCK_SECONDS} seconds. Nothing is half done "
    "and the portal works on. Run it again in a quieter moment."
)


class Command(migrate.Command):
    """Whoever waits for a lock on a table makes everybody behind him wait, so it waits two seconds.

    A migration is one transaction: what it gave up it has not begun, and what was done stays done.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--tries", type=int, default=5, help="how often a lock is asked for (default: 5)"
        )
        parser.add_argument(
            "--pause", type=float, default=5, help="seconds between two tries (default: 5)"
        )

    def handle(self, *args: Any, tries: int, pause: float, **options: Any) -> None:
        with waiting_briefly(options["database"]):
            for left in reversed(range(max(1, tries))):
                if self.ran(*args, **options):
                    return
                if not left:
                    raise CommandError(GAVE_UP)
                self.stderr.write(f"A table is in use; trying again in {pause:g} s ({left} left).")
                time.sleep(pause)

    def ran(self, *args: Any, **options: Any) -> bool:
        """Whether it came to its end; no, if a lock was not to be had."""
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
                raise
            return False
        return True


@contextlib.contextmanager
def waiting_briefly(alias: str) -> Iterator[None]:
    """Bound the wait for locks on this connection; a statement may take as long as it needs."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield
        return
    before = connection.settings_dict["OPTIONS"]
    told = f"-c statement_timeout=0 -c lock_timeout={LOCK_SECONDS}s -c jit=off"
    connection.close()
    connection.settings_dict["OPTIONS"] = {**before, "options": told}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = before
