"""Write a project as a project file: ``manage.py dump_project lli-317 > lli-317.toml``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.projectfile import dump_project
from portal.projectfile.columns import nearest
from projects.models import Project


class Command(BaseCommand):
    help = "Write one project in the format that load_project reads (docs/project-file.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="code of the project: lli-317")
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the screen")

    def handle(self, *args: Any, code: str, output: Path | None, **options: Any) -> None:
        project = Project.objects.filter(code=code).first()
        if project is None:
            codes = list(Project.objects.order_by("code").values_list("code", flat=True))
            known = f" There are: {', '.join(codes)}." if codes else " There is none yet."
            raise CommandError(f'There is no project "{code[:60]}".{nearest(code, codes) or known}')
        text = dump_project(project)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{output.name}: written.")
