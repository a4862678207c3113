"""What someone wants to stand in a cell of the register, and what became of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from projects.doors import Cell, Words


class Outcome(StrEnum):
    """What became of a command."""

    STORED = "stored"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(
    slots=True
)  # not frozen: a batch makes a thousand of each, and that costs thrice as much
class MarkCommand:
    """What someone wants to stand in one cell. ``status`` "" clears it.

    ``id`` is made by the client: the same command sent twice is done once. ``base_revision`` is
    the revision of the cell he saw; 0 for a cell that was never marked. ``comment`` None keeps
    the one that stands there.
    """

    enrolment: int
    session: int
    status: str
    minutes: int | None = None
    base_revision: int = 0
    comment: str | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def cell(self) -> Cell:
        return Cell(self.enrolment, self.session)


@dataclass(slots=True)
class MarkAnswer:
    """What became of one command and what stands in its cell now.

    A conflict names who set the other value and when; a refusal says why, and the way out.
    """

    command: MarkCommand
    outcome: Outcome
    status: str = ""
    minutes: int | None = None
    revision: int = 0
    comment: str = ""
    why: Words = ""
    way_out: Words = ""
    by: str = ""
    at: datetime | None = None


class CellState(NamedTuple):
    """What stands in a cell, after how many changes."""

    status: str = ""
    minutes: int | None = None
    revision: int = 0
    comment: str = ""

    def after(self, status: str, minutes: int | None, comment: str | None) -> CellState:
        """The next state; a comment belongs to its mark and goes when the mark changes."""
        if comment is None or not status:
            comment = self.comment if status and status == self.status else ""
        return CellState(status, minutes, self.revision + 1, comment)

    def says_the_same(self, other: CellState) -> bool:
        return (self.status, self.minutes, self.comment) == (
            other.status,
            other.minutes,
            other.comment,
        )
