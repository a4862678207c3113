"""How far people are: sessions and marks of groups, loaded once and added up by the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any, NamedTuple, Self

from django.db.models import QuerySet
from django.utils import timezone

from portal.lib.calendar import HourUnit, hours
from training.models import (
    Attendance,
    Enrolment,
    Group,
    Mark,
    Module,
    Session,
    SessionState,
    Site,
)
from training.rules import Meeting, Progress, belongs_on, concerns, progress_through


class Cell(NamedTuple):
    """What one person's mark in one session looks like now; a sheet has more than a thousand."""

    session: Session
    is_concerned: bool
    status: str = ""
    minutes: int | None = None
    revision: int = 0
    comment: str = ""
    is_gone: bool = False


class Timetable:
    """The sessions of some groups and whom each concerns; cancelled ones are left out."""

    def __init__(self, groups: Iterable[int]) -> None:
        sessions = Session.objects.counted().filter(group__in=set(groups))
        rows = sessions.select_related("module", "site").order_by("date", "starts", "pk")
        modules = {each.module_id for each in rows}
        audience = Module.audience.through.objects.filter(module__in=modules - {None})
        self._fill(rows, audience.values_list("module", "jobcategory"))

    @classmethod
    def of(cls, sessions: Iterable[Session], audience: Iterable[Iterable[int]]) -> Self:
        """Of sessions in their order and pairs of module and job category, loaded before."""
        timetable = cls.__new__(cls)
        timetable._fill(sessions, audience)
        return timetable

    def _fill(self, sessions: Iterable[Session], audience: Iterable[Iterable[int]]) -> None:
        self.sessions: dict[int, list[Session]] = defaultdict(list)
        for session in sessions:
            self.sessions[session.group_id].append(session)
        self.audiences: dict[int | None, set[int]] = defaultdict(set)
        for module, category in audience:
            self.audiences[module].add(category)
        self._meant: dict[tuple[int, int | None], list[bool]] = {}

    def concerns(self, session: Session, enrolment: Enrolment) -> bool:
        """Whether the session's module is meant for the person."""
        audience = self.audiences.get(session.module_id, set())
        return concerns(audience, enrolment.job_category_id)

    def meant_for(self, enrolment: Enrolment) -> list[bool]:
        """Which sessions of the group are: the same list for all of one group and job category."""
        key = (enrolment.group_id, enrolment.job_category_id)
        if key not in self._meant:
            sessions = self.sessions[enrolment.group_id]
            self._meant[key] = [self.concerns(each, enrolment) for each in sessions]
        return self._meant[key]

    def own(self, enrolment: Enrolment) -> list[Session]:
        """The sessions meant for a person."""
        return list(compress(self.sessions[enrolment.group_id], self.meant_for(enrolment)))


class Marks:
    """Every mark of some enrolments, with the revision of cells that were cleared."""

    def __init__(self, enrolments: Sequence[Enrolment], *, revisions: bool = False) -> None:
        rows = Attendance.objects.filter(enrolment__in=[each.pk for each in enrolments]).order_by()
        # Plain values: a group has more than a thousand marks, and objects cost thrice as much.
        told: Any = rows.values_list(
            "status", "minutes", "revision", "comment", "enrolment", "session"
        )
        self.rows = {(enrolment, session): mark for *mark, enrolment, session in told}
        self.cleared: dict[tuple[int, int], int] = {}
        if revisions:
            log = Mark.objects.filter(enrolment__in=[each.pk for each in enrolments])
            self.cleared = {
                (enrolment, session): at + 1 for enrolment, session, at in log.clearings()
            }

    @classmethod
    def of(cls, marks: Iterable[Sequence[Any]]) -> Self:
        """Of status, minutes, enrolment and session, loaded before."""
        loaded = cls.__new__(cls)
        loaded.rows = {(enrolment, session): mark for *mark, enrolment, session in marks}
        loaded.cleared = {}
        return loaded

    def cell(self, session: Session, enrolment: Enrolment, is_concerned: bool) -> Cell:
        """The cell where the person's row meets the session's column."""
        row = self.rows.get((enrolment.pk, session.pk))
        if row is not None:
            return Cell(session, is_concerned, *row)
        return Cell(
            session,
            is_concerned and belongs_on(session.date, enrolment.since, enrolment.until),
            revision=self.cleared.get((enrolment.pk, session.pk), 0),
            is_gone=is_gone(session, enrolment),
        )

    def meeting(self, session: Session, enrolment: Enrolment) -> Meeting:
        """What of the cell counts for the person's progress, where the session concerns him."""
        row = self.rows.get((enrolment.pk, session.pk))
        if row is not None:
            return Meeting(session.minutes, row[0], row[1])
        return Meeting(session.minutes, is_gone=is_gone(session, enrolment))


def is_gone(session: Session, enrolment: Enrolment) -> bool:
    """Whether nobody will mark the cell any more: held before the person came or after he left."""
    belongs = belongs_on(session.date, enrolment.since, enrolment.until)
    return not belongs or session.state == SessionState.CLOSED


@dataclass(frozen=True)
class Course:
    """A person's place in a group: how far he is, what of it was held, and what comes next."""

    enrolment: Enrolment
    progress: Progress
    held: int
    total: int
    following: Session | None

    @property
    def group(self) -> Group:
        return self.enrolment.group

    @property
    def hours(self) -> Decimal:
        return hours(self.progress.attended, self.group.programme.hour_unit)

    @property
    def planned(self) -> Decimal:
        return hours(self.progress.planned, self.group.programme.hour_unit)

    @property
    def site(self) -> Site | None:
        """Where the next meeting is: its own place, else the group's."""
        return (self.following.site if self.following else None) or self.group.site


def courses_of(enrolments: Iterable[Enrolment]) -> list[Course]:
    """Each place as a course, in three queries for any number of them.

    They should come with ``group__programme`` selected: the threshold stands there.
    """
    rows = list(enrolments)
    timetable, marks = Timetable(each.group_id for each in rows), Marks(rows)
    today = timezone.localdate()
    return [_course(each, timetable, marks, today) for each in rows]


def _course(enrolment: Enrolment, timetable: Timetable, marks: Marks, today: date) -> Course:
    own = timetable.own(enrolment)
    meetings = (marks.meeting(each, enrolment) for each in own)
    to_come = (
        each
        for each in own
        if each.state != SessionState.CLOSED
        and each.date >= today
        and belongs_on(each.date, enrolment.since, enrolment.until)
    )
    return Course(
        enrolment,
        progress_through(meetings, enrolment.group.programme.threshold_percent),
        held=sum(each.state == SessionState.CLOSED for each in own),
        total=len(own),
        following=next(to_come, None),
    )


def hours_of_year(enrolments: QuerySet[Enrolment], year: int) -> Decimal:
    """Academic hours of 45 minutes met in the sessions that were held in a year."""
    marks: Any = Attendance.objects.filter(
        enrolment__in=enrolments, session__state=SessionState.CLOSED, session__date__year=year
    )
    minutes = marks.with_minutes_attended().values_list("minutes_attended", flat=True)
    return hours(sum(minutes), HourUnit.AC45)
