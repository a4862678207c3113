"""`make restore FROM=…`: an empty portal becomes the one of a backup."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backup import BackupError, restore


class Command(BaseCommand):
    """Refuses whatever is not empty; ends with an error if anything does not hold afterwards."""

    help = "Fill an empty database and an empty media folder from a backup."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup` has printed")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = restore(folder)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored the portal of {manifest['made_at']}.")
        call_command("migrate", verbosity=0)  # a backup of a former release comes up to date
        call_command("check_invariants", stdout=self.stdout)
