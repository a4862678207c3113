"""The register of a group as its page shows it: people by sessions, with totals on both edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple

from django.db.models import QuerySet

from portal.lib.calendar import HourUnit, hours
from portal.lib.json_sql import told_at_once
from training.models import (
    Attendance,
    AttendanceStatus,
    Enrolment,
    EnrolmentState,
    Group,
    Module,
    Session,
    SessionState,
)
from training.rules import NOT_MET, Progress, Standing, minutes_met, progress_through

from .progress import Cell, Marks, Timetable


@dataclass(frozen=True)
class Column:
    """One session with the counts of its marks among the people shown."""

    session: Session
    concerned: int
    marked: int
    present: int
    today: date

    @property
    def is_open(self) -> bool:
        """Whether marks may be written here."""
        return self.session.is_open_to_marks

    @property
    def unmarked(self) -> int:
        return self.concerned - self.marked

    @property
    def look(self) -> str:
        """The state in the head: closed, planned, open, or incomplete when its day is past."""
        if not self.is_open:
            return self.session.state
        is_late = self.session.date < self.today and self.unmarked
        return "incomplete" if is_late else SessionState.OPEN.value


class Place(NamedTuple):
    """One cell of the grid, ready to be shown."""

    cell: Cell
    unit: str
    is_open: bool

    @property
    def is_closed(self) -> bool:
        return self.cell.session.state == SessionState.CLOSED

    @property
    def can_mark(self) -> bool:
        return self.is_open and (self.cell.is_concerned or bool(self.cell.status))

    @property
    def look(self) -> str:
        """The kind of cell by which it is drawn."""
        if self.cell.status:
            return self.cell.status
        if not self.cell.is_concerned:
            return "none"
        if self.is_open:
            return "unmarked"
        return "gone" if self.cell.is_gone else SessionState.PLANNED.value

    @property
    def hours(self) -> Decimal:
        """What the mark is worth, in the programme's hours."""
        cell = self.cell
        met = minutes_met(cell.status, cell.minutes, cell.session.minutes)
        return round(hours(met, self.unit), 2)


@dataclass(frozen=True)
class Row:
    """One person with his marks and how far he is."""

    enrolment: Enrolment
    places: Sequence[Place]
    progress: Progress
    unit: str

    @property
    def is_here(self) -> bool:
        """Whether the person still is in the group or was to the end."""
        return self.enrolment.state in {EnrolmentState.ACTIVE, EnrolmentState.COMPLETED}

    @property
    def badge(self) -> str:
        """The state to show: how the person left, else where he stands."""
        return (self.progress.standing or "") if self.is_here else self.enrolment.state

    @property
    def hours(self) -> Decimal:
        return hours(self.progress.attended, self.unit)

    @property
    def planned(self) -> Decimal:
        return hours(self.progress.planned, self.unit)


@dataclass(frozen=True)
class Totals:
    """The foot of the register."""

    hours: Decimal
    percent: float | None
    can_reach: int
    people: int


@dataclass(frozen=True)
class Register:
    """Everything the grid shows. Totals are those of the whole programme, whatever is shown."""

    group: Group
    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def unit(self) -> str:
        return self.group.programme.hour_unit

    @property
    def unit_minutes(self) -> int:
        return HourUnit(self.unit).minutes

    @cached_property
    def planned(self) -> Decimal:
        """Hours of the whole timetable; a person's own may be fewer."""
        return max((row.planned for row in self.rows), default=Decimal(0))

    @property
    def current(self) -> Column | None:
        """The column to work in: today's, else the first that lacks marks, else the last open."""
        opened = [column for column in self.columns if column.is_open]
        todays = [column for column in opened if column.session.date == column.today]
        lacking = [column for column in opened if column.unmarked]
        return next(iter(todays or lacking or opened[-1:]), None)

    @property
    def totals(self) -> Totals:
        here = [row for row in self.rows if row.is_here]
        shares = [row.progress.percent_of_marked for row in here]
        known = [share for share in shares if share is not None]
        lost = [row for row in here if row.progress.standing is Standing.OUT_OF_REACH]
        return Totals(
            sum((row.hours for row in self.rows), Decimal(0)),
            sum(known) / len(known) if known else None,
            len(here) - len(lost),
            len(here),
        )


def register_of(
    group: Group, enrolments: Sequence[Enrolment], today: date, *, module: int | None = None
) -> Register:
    """Load the register in four queries; ``module`` shows only its sessions."""
    timetable, marks = Timetable([group.pk]), Marks(enrolments, revisions=True)
    return drawn_up(group, enrolments, timetable, marks, today, module=module)


def register_at_once(
    group: Group, people: QuerySet[Enrolment], today: date, **questions: QuerySet[Any]
) -> tuple[Register, dict[str, list[list[Any]]]]:
    """The sums of the register in one query, with the answers to further ``questions``.

    For whoever has the page before him: neither names nor revisions are loaded again.
    """
    sessions = Session.objects.counted().filter(group=group).order_by("date", "starts", "pk")
    audience = Module.audience.through.objects.filter(module__programme=group.programme_id)
    marks = Attendance.objects.filter(enrolment__group=group).order_by()
    told = told_at_once(
        people=people.order_by("pk").values_list("pk", "job_category", "state", "since", "until"),
        sessions=sessions.values_list("pk", "module", "state", "minutes", "date"),
        audience=audience.values_list("module", "jobcategory"),
        marks=marks.values_list("status", "minutes", "enrolment", "session"),
        **questions,
    )
    rows = [
        Enrolment(
            pk=pk,
            group=group,
            job_category_id=job,
            state=state,
            since=date.fromisoformat(since),
            until=_day(until),
        )
        for pk, job, state, since, until in told["people"]
    ]
    timetable = Timetable.of(
        [
            Session(
                pk=pk,
                group=group,
                module_id=module,
                state=state,
                minutes=minutes,
                date=date.fromisoformat(day),
            )
            for pk, module, state, minutes, day in told["sessions"]
        ],
        told["audience"],
    )
    return drawn_up(group, rows, timetable, Marks.of(told["marks"]), today), told


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def drawn_up(
    group: Group,
    enrolments: Sequence[Enrolment],
    timetable: Timetable,
    marks: Marks,
    today: date,
    *,
    module: int | None = None,
) -> Register:
    """The register of what was loaded."""
    unit, threshold = group.programme.hour_unit, group.programme.threshold_percent
    sessions = timetable.sessions[group.pk]
    is_shown = [module is None or each.module_id == module for each in sessions]
    is_open = [each.is_open_to_marks for each in sessions]
    rows = []
    for enrolment in enrolments:
        is_meant = timetable.meant_for(enrolment)
        cells = [
            marks.cell(session, enrolment, meant)
            for session, meant in zip(sessions, is_meant, strict=True)
        ]
        own = (marks.meeting(each, enrolment) for each in compress(sessions, is_meant))
        progress = progress_through(own, threshold)
        places = [Place(cell, unit, opened) for cell, opened in zip(cells, is_open, strict=True)]
        rows.append(Row(enrolment, list(compress(places, is_shown)), progress, unit))
    columns = [
        _column(session, [row.places[number].cell for row in rows], today)
        for number, session in enumerate(compress(sessions, is_shown))
    ]
    return Register(group, columns, rows)


def _column(session: Session, cells: Sequence[Cell], today: date) -> Column:
    concerned = [cell for cell in cells if cell.is_concerned]
    marked = [cell for cell in concerned if cell.status]
    present = [cell for cell in marked if cell.status not in NOT_MET]
    return Column(session, len(concerned), len(marked), len(present), today)


@dataclass(frozen=True)
class Split:
    """How the marks of one session divide: the line above a day sheet."""

    concerned: int
    present: int
    partial: int
    absent: int
    excused: int

    @property
    def marked(self) -> int:
        return self.present + self.partial + self.absent + self.excused

    @property
    def unmarked(self) -> int:
        return self.concerned - self.marked


def split_of(statuses: Sequence[str]) -> Split:
    """Count the marks of the people a session concerns; "" is not marked."""
    count = {status: statuses.count(status) for status in AttendanceStatus.values}
    return Split(
        len(statuses),
        count[AttendanceStatus.PRESENT] + count[AttendanceStatus.ONLINE],
        count[AttendanceStatus.PARTIAL],
        count[AttendanceStatus.ABSENT],
        count[AttendanceStatus.EXCUSED],
    )
