"""What groups met between two days: sessions, and minutes of those marked. Counts, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from projects.models import Project
from training.models import Group

from .figures import held, met

DEMO = Q(enrolment__group__is_demo=True) | Q(enrolment__participant__is_demo=True)


@dataclass(frozen=True)
class Attended:
    """The sessions of a group, and the minutes met of all minutes of those who were marked."""

    sessions: int
    met: int
    marked: int
    demo: bool


def attended_by_group(project: Project, first: date | None, last: date) -> dict[Group, Attended]:
    """The groups that met in closed sessions from ``first`` to ``last``, in their order."""
    sessions = held(last).filter(group__programme__project=project)
    marks: Any = met(last).filter(session__group__programme__project=project)
    if first:
        sessions, marks = sessions.filter(date__gte=first), marks.filter(session__date__gte=first)
    counted = sessions.order_by().values_list("group").annotate(count=Count("pk"))
    sums = {
        row["session__group"]: row
        for row in marks.order_by()
        .values("session__group")
        .annotate(met=Sum("minutes_attended"), marked=Sum("session__minutes"))
        .annotate(demo=Count("pk", filter=DEMO))
    }
    known = dict(counted)
    groups = Group.objects.filter(pk__in=known).order_by("programme", "position", "sort_key", "pk")
    nothing = {"met": 0, "marked": 0, "demo": 0}
    return {
        group: Attended(
            sessions=known[group.pk],
            met=sums.get(group.pk, nothing)["met"],
            marked=sums.get(group.pk, nothing)["marked"],
            demo=group.is_demo or bool(sums.get(group.pk, nothing)["demo"]),
        )
        for group in groups
    }
