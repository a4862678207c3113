"""Recounts what is stored twice and follows every chain; says what it looked at."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal.invariants import run

MOST_NAMED = 10


class Command(BaseCommand):
    """Ends with an error if anything differs, so that a nightly job notices."""

    help = "Check what must always hold between rows; exit 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        with translation.override("en"):
            for finding in run():
                broken += bool(finding.differences)
                mark = "WRONG" if finding.differences else "ok   "
                self.stdout.write(f"{mark} {finding.promise}")
                for words in finding.differences[:MOST_NAMED]:
                    self.stdout.write(f"      · {words}")
                if len(finding.differences) > MOST_NAMED:
                    more = len(finding.differences) - MOST_NAMED
                    self.stdout.write(f"      · and {more} more")
        if broken:
            raise CommandError(f"{broken} of the promises above do not hold.")
        self.stdout.write("Everything holds.")
