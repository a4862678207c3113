"""What a section of a project file is, and the columns that many share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from projects.models import (
    Project,
)

from ..columns import Column, Moment, Ref


@dataclass(frozen=True)
class Section:
    """A table of the file and the model its rows become.

    ``match`` are the keys by which a row is found again. ``parent`` is the attribute that holds
    the project, or the row a nested table stands in. A ``shared`` section belongs to the whole
    portal: several files may tell the same row, and none may contradict it. ``kept`` narrows the
    rows of the portal that a file speaks of. ``repeats``: two rows may be alike.
    """

    key: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    match: tuple[str, ...] = ("code",)
    parent: str = ""
    shared: bool = False
    repeats: bool = False
    kept: Mapping[str, Any] = field(default_factory=dict)
    children: tuple[Section, ...] = ()
    # A key that counts the tables of the list where the file does not say it.
    counter: str = ""
    # Within which other key the counter starts anew.
    counter_within: str = ""

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def is_single(self) -> bool:
        """``[project]``: one table, not a list."""
        return self.model is Project

    @property
    def of_itself(self) -> str:
        """The key by which a row names another of the same section, or nothing."""
        found = [c.key for c in self.columns if type(c) is Ref and c.to == self.key]
        return found[0] if found else ""


def columns(*keys: str | Column) -> tuple[Column, ...]:
    """Columns of plain fields by name; ``name!`` must be said."""
    return tuple(
        key if isinstance(key, Column) else Column(key.rstrip("!"), required=key.endswith("!"))
        for key in keys
    )


NAMES = columns("name_lv", "name_en")
COUNTRY = Column("country", required=True, pattern="[A-Z]{2}")
LANGUAGE = Column("language", required=True, pattern="[a-z]{2}")
ORGANISATION = Ref("organisation", to="organisations")
# Every fact can name the text it was taken from, and the very words.
SOURCED = (Ref("source", to="sources"), Column("as_stated"))
PERIOD = (
    Moment("start", precision="start_precision"),
    Moment("end", precision="end_precision", is_end=True),
)
