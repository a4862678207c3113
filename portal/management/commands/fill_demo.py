"""Give an empty portal its four projects and the invented people who make them move."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from portal.fiction import story


class Command(BaseCommand):
    """All or nothing, and safe to repeat: what is there already stays as it is."""

    help = "Load the four projects and fill them with invented people, marks and certificates."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("Only with DEMO=1: this command invents people and accounts.")
        if story.is_told():
            self.stdout.write("The invented people are there already: nothing is changed.")
            return
        # What is stored in words is stored in Latvian, whatever the terminal speaks.
        with translation.override("lv"), transaction.atomic():
            call_command("load_project", *self.files(), stdout=self.stdout)
            story.tell(today=timezone.localdate(), say=self.say)

    def say(self, words: str) -> None:
        self.stdout.write(f"  {words}")

    def files(self) -> list[str]:
        """The project files that come with the portal."""
        return [str(path) for path in sorted((settings.BASE_DIR / "data/projects").glob("*.toml"))]
