"""The seven doors by which lower apps ask something of higher ones.

Each is a plain typed list. An app hangs its function on the door in ``AppConfig.ready()``;
nobody imports upward. A test prints who stands at which door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.functional import Promise

if TYPE_CHECKING:
    from projects.measures import Measure
    from projects.models import Project, Report

type Words = str | Promise


class Cell(NamedTuple):
    """One cell of the register: ids only, so that no higher app is needed to name it."""

    enrolment: int
    session: int


@dataclass(frozen=True)
class Refusal:
    """Why a cell may not change, and the way out, in the user's language."""

    cell: Cell
    why: Words
    way_out: Words = ""


@dataclass(frozen=True)
class Gap:
    """Something missing before a report can be submitted, and where to mend it."""

    what: Words
    url: str


@dataclass(frozen=True)
class TodayItem:
    """One line of a to-do card: what waits, a second line, where to do it, until when."""

    title: Words
    url: str
    detail: Words = ""
    action: Words = ""
    due: date | None = None


@dataclass(frozen=True)
class TodayCard:
    """A to-do card of the first page, in order of ``position``; ``count`` may exceed the items."""

    code: str
    title: Words
    count: int
    items: Sequence[TodayItem] = ()
    icon: str = "checklist"
    tone: str = "info"
    url: str = ""
    more: Words = ""
    position: int = 100


@dataclass(frozen=True)
class ReportRow:
    """A row of such a table; a dict of two languages is a name that people gave."""

    cells: Sequence[Words | dict[str, str] | Decimal | int | date | None]
    demo: bool = False


@dataclass(frozen=True)
class ReportTable:
    """What a higher app tells in a report: counts row by row with their totals, never a person.

    ``headings`` are as many as the cells of each row; ``nothing`` is said where there is no row;
    tables stand in order of ``position``.
    """

    code: str
    title: Words
    headings: Sequence[Words]
    rows: Sequence[ReportRow]
    totals: Sequence[ReportRow] = ()
    note: Words = ""
    nothing: Words = ""
    position: int = 100


@dataclass(frozen=True)
class Evidence:
    """One file or table for an auditor's bundle."""

    path: str
    content: Callable[[], bytes] = field(repr=False)


measures: list[Measure] = []
mark_guards: list[Callable[[Sequence[Cell]], Iterable[Refusal]]] = []
gaps: list[Callable[[Report], Iterable[Gap]]] = []
report_tables: list[Callable[[Report], Iterable[ReportTable]]] = []
evidence: list[Callable[[Project], Iterable[Evidence]]] = []
person_rows: list[Callable[[Any], Iterable[Any]]] = []
today: list[Callable[[Any], Iterable[TodayCard]]] = []
