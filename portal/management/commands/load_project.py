"""Load project files: ``manage.py load_project data/projects/*.toml``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.projectfile import LoadResult, ProjectFileError, load_file


class Command(BaseCommand):
    help = "Load one or more project files (docs/project-file.md); each wholly or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        failed = 0
        for path in files:
            try:
                self._tell(path, load_file(path), verbose=options["verbosity"] > 1)
            except ProjectFileError as error:
                failed += 1
                self.stderr.write(str(error))
                self.stderr.write(f"{path.name}: nothing was stored; mend {_count(error)}.")
        if failed:
            raise CommandError(f"{failed} of {len(files)} files not loaded.", returncode=1)

    def _tell(self, path: Path, result: LoadResult, *, verbose: bool) -> None:
        self.stdout.write(
            f"{path.name}: {result.project}: {result.created.total()} rows created,"
            f" {result.changed.total()} changed, {result.unchanged.total()} unchanged,"
            f" {result.kept.total()} not in the file and kept."
        )
        if not result.changes:
            self.stdout.write("  Nothing was to be changed.")
        if not verbose:
            return
        for key in sorted(result.created | result.changed | result.unchanged | result.kept):
            self.stdout.write(
                f"  {key}: {result.created[key]} created, {result.changed[key]} changed,"
                f" {result.unchanged[key]} unchanged, {result.kept[key]} kept"
            )


def _count(error: ProjectFileError) -> str:
    many = len(error.problems)
    return "this" if many == 1 else f"these {many} things"
