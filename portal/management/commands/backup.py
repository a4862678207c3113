"""`make backup`: the whole portal in one folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backup import BackupError, back_up


class Command(BaseCommand):
    """Prints the folder it made; people may work meanwhile."""

    help = "Write database and files to a folder of their own, with a manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=Path("backups"), help="default: backups/")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        try:
            self.stdout.write(str(back_up(to)))
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
