"""What can be wrong with a project file, said so that a person finds the place and mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# A name of 100 000 letters is quoted by its beginning.
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the line (if known), the place in the file's own words, what is wrong."""

    place: str
    message: str
    line: int | None = None

    def told(self, name: str) -> str:
        """As one line a person can read: ``latgale.toml:12: [[activities]] no. 3, due: …``."""
        where = f"{name}:{self.line}" if self.line else name
        return (
            f"{where}: {self.place}: {self.message}" if self.place else f"{where}: {self.message}"
        )


class ProjectFileError(Exception):
    """A file that was not loaded, with all that is wrong in it."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = sorted(set(problems), key=lambda each: (each.line or 0, each.place))
        super().__init__("\n".join(each.told(name) for each in self.problems))


def quoted(value: Any) -> str:
    """A value as it stands in the file, cut if it is long."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = text.replace("\n", " ")
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
