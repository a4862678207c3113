"""What the first page tells each person: what waits, what is on today, how far the projects are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from certificates.models import Certificate
from portal.lib.documents import DocumentState
from projects import doors
from projects.access import projects_for
from projects.doors import TodayCard
from projects.measures import Reading, readings
from projects.models import EDITOR_ROLES, Indicator, Project
from training.measures import Course, courses_of
from training.models import (
    Enrolment,
    GroupTrainer,
    Participant,
    Session,
    SessionState,
)

SESSIONS = 6


@dataclass(frozen=True)
class Pulse:
    """A project with the readings of its first indicators."""

    project: Project
    readings: Sequence[Reading]


@dataclass(frozen=True)
class Job:
    """Papers being made behind the page, project by project."""

    project: str
    ready: int
    total: int
    failed: int


def cards(user: Any) -> list[TodayCard]:
    """Everything at the door, in order."""
    found = [card for ask in doors.today for card in ask(user)]
    return sorted(found, key=lambda card: (card.position, card.code))


def sessions_today(user: Any, project: Project | None) -> list[Session]:
    """Today's meetings of groups in which the person sees anybody as staff, trainer or partner."""
    people = Enrolment.objects.visible_to(user).filter(group=OuterRef("group"))
    rows = _narrow(Session.objects.visible_to(user), project).counted()
    rows = rows.filter(Exists(people), date=timezone.localdate())
    return list(_with_names(rows).order_by("starts", "pk")[:SESSIONS])


def teaching(user: Any) -> list[Session]:
    """What a trainer has before him: sheets left open, today's, and the next of each group."""
    today = timezone.localdate()
    own = _taught(user)
    unfinished = own.filter(state__in=[SessionState.PLANNED, SessionState.OPEN])
    earlier = unfinished.filter(group=OuterRef("group"), date__gt=today, date__lt=OuterRef("date"))
    rows = unfinished.filter(Q(date__lte=today) | ~Exists(earlier))
    return list(_with_names(rows).with_marks().order_by("date", "starts", "pk")[:SESSIONS])


def late_to_teach(user: Any) -> int:
    """How many sheets of past sessions a trainer has left open, shown or not."""
    return _taught(user).late().count()


def _taught(user: Any) -> Any:
    own = GroupTrainer.objects.filter(group=OuterRef("group"), user=user)
    return Session.objects.filter(Exists(own), group__archived_at__isnull=True)


def pulses(projects: QuerySet[Project], *, most: int, figures: int) -> list[Pulse]:
    """Projects with target and achieved, those with work to do first.

    The figures are the same as on every other page; of each project the first few.
    """
    busy = Session.objects.unfinished().filter(group__programme__project=OuterRef("pk"))
    ordered: Any = projects.annotate(is_busy=Exists(busy)).order_by("-is_busy", "sort_key", "pk")
    shown = list(ordered.select_related("programme", "lead").with_status()[:most])
    chosen: dict[int, list[Indicator]] = {}
    rows = Indicator.objects.current().filter(project__in=shown)
    for row in rows.select_related("project").order_by("-is_headline", "position", "pk"):
        first = chosen.setdefault(row.project_id, [])
        if len(first) < figures:
            first.append(row)
    read: dict[int, list[Reading]] = {}
    for reading in readings([row for first in chosen.values() for row in first]):
        read.setdefault(reading.indicator.project_id, []).append(reading)
    return [Pulse(project, read.get(project.pk, [])) for project in shown]


def jobs(user: Any, project: Project | None) -> list[Job]:
    """Papers still in the making, in the projects the person runs."""
    rows = Certificate.objects.filter(project__in=projects_for(user, *EDITOR_ROLES))
    rows = rows.filter(project=project) if project else rows
    counted = (
        rows.order_by("project")
        .values("project")
        .annotate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(state=DocumentState.WAITING)),
            ready=Count("pk", filter=Q(state=DocumentState.READY)),
            failed=Count("pk", filter=Q(state=DocumentState.FAILED)),
        )
        .filter(waiting__gt=0)
    )
    names = Project.objects.in_bulk([row["project"] for row in counted])
    return [
        Job(names[row["project"]].short, row["ready"], row["total"], row["failed"])
        for row in counted
    ]


def courses(person: Participant) -> list[Course]:
    """The courses of a participant: those with a day to come first, the nearest on top."""
    found = courses_of(person.enrolments.counted().as_courses())
    return sorted(found, key=lambda each: each.following.date if each.following else date.max)


def own_certificates(person: Participant) -> QuerySet[Certificate]:
    """The certificates that hold, the newest first."""
    rows = Certificate.objects.filter(participant=person).valid()
    return rows.select_related("group__programme", "project").order_by("-issued_on", "-pk")


def _narrow(rows: Any, project: Project | None) -> Any:
    return rows.filter(group__programme__project=project) if project else rows


def _with_names(rows: Any) -> Any:
    return rows.select_related("module", "site", "group__site", "group__programme__project")
