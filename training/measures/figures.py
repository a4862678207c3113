"""The figures of training: each measure answers all its indicators in one query by project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from portal.lib.calendar import hours
from projects.measures import Figure
from projects.models import Indicator
from training.models import Attendance, Enrolment, Group, GroupKind, Session, SessionState

type Figures = Mapping[int, Figure]

CLOCK_HOUR = 60
CENT = Decimal("0.01")


def in_activity(activity: int, to_programme: str) -> Q:
    """Rows whose programme serves the activity or a part of it, two levels down."""
    path = f"{to_programme}activity"
    return (
        Q(**{path: activity})
        | Q(**{f"{path}__parent": activity})
        | Q(**{f"{path}__parent__parent": activity})
    )


def narrowed[Q: QuerySet[Any]](rows: Q, indicator: Indicator, to_programme: str) -> Q:
    """The rows of the indicator's project, and of its activity if it names one."""
    rows = rows.filter(**{f"{to_programme}project": indicator.project_id})
    if indicator.activity_id is None:
        return rows
    return rows.filter(in_activity(indicator.activity_id, to_programme))


def by_project(
    indicators: Sequence[Indicator],
    rows: QuerySet[Any],
    to_programme: str,
    total: Any,
    demo: Q,
    per: int = 1,
) -> Figures:
    """``total`` of the rows of each indicator, in one query grouped by project.

    An indicator with an activity gets a column of its own. ``per`` divides the total.
    """
    columns: dict[str, Any] = {"total": total(None), "demo": Count("pk", filter=demo)}
    for activity in {each.activity_id for each in indicators if each.activity_id}:
        only = in_activity(activity, to_programme)
        columns[f"total_{activity}"] = total(only)
        columns[f"demo_{activity}"] = Count("pk", filter=demo & only)
    project = f"{to_programme}project"
    projects = {each.project_id for each in indicators}
    grouped = rows.filter(**{f"{project}__in": projects}).order_by().values(project)
    found = {row[project]: row for row in grouped.annotate(**columns)}
    return {
        each.pk: _figure(found.get(each.project_id), each.activity_id, per) for each in indicators
    }


def _figure(row: Mapping[str, Any] | None, activity: int | None, per: int) -> Figure:
    if row is None:
        return Figure(Decimal(0))
    suffix = f"_{activity}" if activity else ""
    value = Decimal(row[f"total{suffix}"] or 0)
    if per != 1:
        value = (value / per).quantize(CENT, ROUND_HALF_UP)
    return Figure(value, demo=bool(row[f"demo{suffix}"]))


def enrolled(until: date | None) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.counted()
    return rows.filter(since__lte=until) if until else rows


def held(until: date | None) -> QuerySet[Session]:
    rows = Session.objects.held()
    return rows.filter(date__lte=until) if until else rows


def met(until: date | None) -> QuerySet[Attendance]:
    """Marks of closed sessions with the minutes they are worth."""
    rows = Attendance.objects.filter(session__state=SessionState.CLOSED)
    rows = rows.filter(session__date__lte=until) if until else rows
    return rows.with_minutes_attended()


def _persons(only: Q | None) -> Count:
    return Count("participant", distinct=True, filter=only)


def _rows(only: Q | None) -> Count:
    return Count("pk", filter=only)


PERSON_DEMO = Q(group__is_demo=True) | Q(participant__is_demo=True)


def persons_enrolled(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Different people with a place in a group, by the day they joined."""
    return by_project(indicators, enrolled(until), "group__programme__", _persons, PERSON_DEMO)


def persons_trained(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Different people who reached the threshold in a group whose last session is closed."""
    rows = Enrolment.objects.trained(until)
    return by_project(indicators, rows, "group__programme__", _persons, PERSON_DEMO)


def groups_finished(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Training groups whose sessions are all closed."""
    rows = Group.objects.filter(kind=GroupKind.TRAINING).finished(until)
    return by_project(indicators, rows, "programme__", _rows, Q(is_demo=True))


def sites_used(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Different places where a session was held."""

    def places(only: Q | None) -> Count:
        return Count(Coalesce("site", "group__site"), distinct=True, filter=only)

    demo = Q(group__is_demo=True)
    return by_project(indicators, held(until), "group__programme__", places, demo)


def sessions_held(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Closed sessions of every kind."""
    demo = Q(group__is_demo=True)
    return by_project(indicators, held(until), "group__programme__", _rows, demo)


def supervision_sessions(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Closed sessions of supervision groups."""
    rows = held(until).filter(group__kind=GroupKind.SUPERVISION)
    return by_project(indicators, rows, "group__programme__", _rows, Q(group__is_demo=True))


def person_hours(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Minutes attended in closed sessions by everybody, in clock hours."""

    def minutes(only: Q | None) -> Sum:
        return Sum("minutes_attended", filter=only)

    demo = Q(enrolment__group__is_demo=True) | Q(enrolment__participant__is_demo=True)
    return by_project(
        indicators, met(until), "enrolment__group__programme__", minutes, demo, per=CLOCK_HOUR
    )


def programme_hours(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Hours delivered, each module once: of every programme, those of the group that got most."""
    path = "group__programme__"
    levels = [f"{path}activity{above}" for above in ("", "__parent", "__parent__parent")]
    rows = held(until).filter(group__kind=GroupKind.TRAINING)
    by_group = (
        rows.filter(**{f"{path}project__in": {each.project_id for each in indicators}})
        .order_by()
        .values_list(
            f"{path}project",
            "group__programme",
            "group",
            f"{path}hour_unit",
            "group__is_demo",
            *levels,
        )
        .annotate(total=Sum("minutes"))
    )
    best: dict[int, dict[int, Delivered]] = defaultdict(dict)
    for project, programme, _group, unit, demo, *activities, total in by_group:
        if programme not in best[project] or total > best[project][programme].minutes:
            best[project][programme] = Delivered(total, unit, demo, frozenset(activities))
    return {
        each.pk: _hours_of(
            programme
            for programme in best[each.project_id].values()
            if each.activity_id is None or each.activity_id in programme.activities
        )
        for each in indicators
    }


@dataclass(frozen=True)
class Delivered:
    """What the group that got most of a programme got."""

    minutes: int
    unit: str
    demo: bool
    activities: frozenset[int | None]


def _hours_of(programmes: Iterable[Delivered]) -> Figure:
    rows = list(programmes)
    total = sum((hours(each.minutes, each.unit) for each in rows), Decimal(0))
    return Figure(total.quantize(CENT, ROUND_HALF_UP), any(each.demo for each in rows))
