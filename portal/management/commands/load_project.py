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
        verbose = options["verbosity"] > 1
        loaded = {path: self._load(path, verbose=verbose) for path in files}
        for path, result in loaded.items():
            if result and result.waiting and len(loaded) > 1:
                # What it names may have come with a later file.
                result = self._load(path, verbose=verbose)
            for problem in result.waiting if result else ():
                self.stdout.write(f"  {problem.told(path.name)}")
        if failed := list(loaded.values()).count(None):
            raise CommandError(f"{failed} of {len(loaded)} files not loaded.", returncode=1)

    def _load(self, path: Path, *, verbose: bool) -> LoadResult | None:
        """Load one file and tell what came of it; nothing where it is refused."""
        try:
            result = load_file(path)
        except ProjectFileError as error:
            self.stderr.write(str(error))
            self.stderr.write(f"{path.name}: nothing was stored; mend {_count(error)}.")
            return None
        self._tell(path, result, verbose=verbose)
        return result

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
