"""Whether worker and beat are heard from: what a container engine asks inside their containers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from portal.heartbeat import silent_parts
from portal.models import Part

NOBODY_KNOWS = 2


class Command(BaseCommand):
    """Ends with 1 for a silence, and with 2 where the database does not answer: nobody knows then."""

    help = "Exit 1 when a part (worker, beat; both if none is named) was silent for too long."
    requires_system_checks: list[str] = []  # asked each minute, it looks at one row only

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", choices=Part.values, metavar="PART")

    def handle(self, *args: Any, parts: list[str], **options: Any) -> None:
        try:
            silent = [part for part in silent_parts() if part in parts or not parts]
        except DatabaseError:
            raise CommandError("The database does not answer.", returncode=NOBODY_KNOWS) from None
        if silent:
            raise CommandError(f"Silent: {', '.join(silent)}.")
        self.stdout.write("ok")
