"""The rows behind the figures of training: per group, then per session. Counts, never a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import hours
from projects.doors import Words
from projects.measures import FigureRow, FigureTable
from projects.models import Indicator
from training.models import AttendanceStatus, Enrolment, Group, GroupKind, Session, Site
from training.rules import NOT_MET

from .figures import CENT, CLOCK_HOUR, Figures, enrolled, held, met, narrowed

type Compute = Callable[[Any, date | None], Figures]
type PartOf = Callable[[QuerySet[Group], date | None], QuerySet[Group]]

NOTHING = Decimal(0)


def _count(rows: QuerySet[Any], by: str, what: Any) -> Coalesce:
    """``what`` of the rows that belong to the outer one by the column ``by``."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(it=what).values("it")), 0)


def enrolled_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    people = enrolled(until).filter(group=OuterRef("pk"))
    return groups.annotate(part=_count(people, "group", Count("participant", distinct=True)))


def trained_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    people = Enrolment.objects.trained(until).filter(group=OuterRef("pk"))
    counted = people.order_by().values("group").annotate(it=Count("participant", distinct=True))
    return groups.filter(kind=GroupKind.TRAINING).annotate(
        part=Coalesce(Subquery(counted.values("it")), 0)
    )


def finished_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    done = Group.objects.finished(until).values("pk")
    return groups.filter(kind=GroupKind.TRAINING).annotate(
        part=Case(When(pk__in=done, then=1), default=0)
    )


def sessions_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    return groups.annotate(
        part=_count(held(until).filter(group=OuterRef("pk")), "group", Count("pk"))
    )


def supervision_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    return sessions_part(groups.filter(kind=GroupKind.SUPERVISION), until)


def minutes_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    """Delivered minutes of training groups; shown in the hours of the programme."""
    sessions = held(until).filter(group=OuterRef("pk"))
    return groups.filter(kind=GroupKind.TRAINING).annotate(
        part=_count(sessions, "group", Sum("minutes"))
    )


def attended_part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
    marks = met(until).filter(enrolment__group=OuterRef("pk"))
    return groups.annotate(part=_count(marks, "enrolment__group", Sum("minutes_attended")))


def in_programme_hours(part: int, group: Group) -> Decimal:
    return hours(part, group.programme.hour_unit).quantize(CENT, ROUND_HALF_UP)


def in_clock_hours(part: int, _group: Group) -> Decimal:
    return (Decimal(part) / CLOCK_HOUR).quantize(CENT, ROUND_HALF_UP)


def as_it_is(part: int, _group: Group) -> Decimal:
    return Decimal(part)


class ByGroup:
    """Opens a figure into its groups, and one group into its sessions.

    ``part`` annotates each group's share; ``shown`` turns it into the figure's unit;
    ``of_session`` is the key of a session's share in the row of counts, if it has one.
    """

    def __init__(
        self,
        compute: Compute,
        part: PartOf,
        heading: Words,
        *,
        shown: Callable[[int, Group], Decimal] = as_it_is,
        of_session: str = "",
        note: Words = "",
    ) -> None:
        self.compute, self.part, self.heading = compute, part, heading
        self.shown, self.of_session, self.note = shown, of_session, note

    def __call__(self, indicator: Indicator, until: date | None, key: str) -> FigureTable:
        groups = self.part(narrowed(Group.objects.all(), indicator, "programme__"), until)
        groups = groups.select_related("programme", "site")
        if key:
            group = groups.filter(pk=int(key)).first() if key.isdecimal() else None
            return self._sessions(group, until)
        return self._groups(indicator, groups, until)

    def _groups(
        self, indicator: Indicator, groups: QuerySet[Group], until: date | None
    ) -> FigureTable:
        sessions = held(until).filter(group=OuterRef("pk"))
        shown = groups.annotate(
            held_count=_count(sessions, "group", Count("pk")),
            first=Subquery(_bound(sessions, Min("date"))),
            last=Subquery(_bound(sessions, Max("date"))),
        ).order_by("position", "sort_key", "pk")
        return FigureTable(
            heading=_("Group"),
            value_heading=self.heading,
            cell_headings=(_("Site"), _("Sessions held"), _("First"), _("Last")),
            rows=[
                FigureRow(
                    label=group.name,
                    value=self.shown(group.part, group),
                    cells=(
                        group.site.name if group.site else None,
                        group.held_count,
                        group.first,
                        group.last,
                    ),
                    key=str(group.pk),
                    demo=group.is_demo,
                )
                for group in shown
            ],
            total=self.compute([indicator], until)[indicator.pk].value,
            note=self.note,
        )

    def _sessions(self, group: Group | None, until: date | None) -> FigureTable:
        counts = (_("Present"), _("Absent"), _("Excused"))
        return FigureTable(
            heading=_("Session"),
            value_heading=self.heading if self.of_session else counts[0],
            cell_headings=(
                *(_("Module"), _("Minutes")),
                *(counts if self.of_session else counts[1:]),
            ),
            rows=[self._session_row(each, group) for each in _counted(group, until)]
            if group
            else [],
            total=self.shown(group.part, group) if group else NOTHING,
            note="" if self.of_session else self.note,
            about=group.name if group else "",
            total_heading="" if self.of_session else self.heading,
        )

    def _session_row(self, session: Any, group: Group) -> FigureRow:
        counts = (session.present, session.absent, session.excused)
        value = getattr(session, self.of_session or "present")
        return FigureRow(
            label=f"{session.date:%d.%m.%Y.}",
            value=self.shown(value, group) if self.of_session else Decimal(value),
            cells=(
                session.module.name if session.module else None,
                session.minutes,
                *(counts if self.of_session else counts[1:]),
            ),
            demo=group.is_demo,
        )


def _bound(sessions: QuerySet[Session], bound: Any) -> QuerySet[Any]:
    return sessions.order_by().values("group").annotate(it=bound).values("it")


def _counted(group: Group, until: date | None) -> QuerySet[Session]:
    """The group's closed sessions with the counts of their marks."""
    absent, excused = AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED
    marks = met(until).filter(session=OuterRef("pk"))
    return (
        held(until)
        .filter(group=group)
        .select_related("module")
        .annotate(
            present=Count("attendance", filter=~Q(attendance__status__in=sorted(NOT_MET))),
            absent=Count("attendance", filter=Q(attendance__status=absent)),
            excused=Count("attendance", filter=Q(attendance__status=excused)),
            attended=_count(marks, "session", Sum("minutes_attended")),
            one=Case(default=1),
        )
        .order_by("date", "starts")
    )


def sites_table(compute: Compute) -> Callable[[Indicator, date | None, str], FigureTable]:
    """Opens the figure of sites: one row per place, with what was held there."""

    def open_sites(indicator: Indicator, until: date | None, _key: str) -> FigureTable:
        sessions = narrowed(held(until), indicator, "group__programme__")
        used = (
            sessions.order_by()
            .values(place=Coalesce("site", "group__site"))
            .exclude(place=None)
            .annotate(sessions=Count("pk"), groups=Count("group", distinct=True))
        )
        rows = {row["place"]: row for row in used}
        sites = Site.objects.filter(pk__in=rows).order_by("sort_key", "pk")
        return FigureTable(
            heading=_("Site"),
            value_heading=_("Sites"),
            cell_headings=(_("Groups"), _("Sessions held")),
            rows=[
                FigureRow(
                    label=site.name,
                    value=Decimal(1),
                    cells=(rows[site.pk]["groups"], rows[site.pk]["sessions"]),
                    demo=site.is_demo,
                )
                for site in sites
            ],
            total=compute([indicator], until)[indicator.pk].value,
        )

    return open_sites
