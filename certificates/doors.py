"""What certificates hang on the doors of the projects app."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from certificates.measures import MEASURES
from certificates.models import Certificate, standings
from projects import doors
from projects.access import projects_for
from projects.doors import Cell, Refusal, TodayCard, TodayItem
from projects.models import EDITOR_ROLES
from training.models import Enrolment, Group, Session, SessionState

SHOWN = 3


def open_doors() -> None:
    """Called once when the app is ready."""
    doors.measures.extend(MEASURES)
    doors.mark_guards.append(marks_behind_certificates)
    doors.today.append(groups_ready)
    doors.today.append(papers_failed)


def marks_behind_certificates(cells: Sequence[Cell]) -> Iterable[Refusal]:
    """Marks behind a valid certificate stay as they are: the paper says what they add up to."""
    valid = Certificate.objects.valid().filter(enrolment__in={each.enrolment for each in cells})
    numbers = {row.enrolment_id: row.display_number for row in valid.only(*_NUMBER, "enrolment")}
    for cell in cells:
        if number := numbers.get(cell.enrolment):
            yield Refusal(
                cell,
                _("Certificate %(number)s stands on this.") % {"number": number},
                _("Revoke the certificate first, then make the change and issue anew."),
            )


_NUMBER = ("series", "year", "number")


def groups_ready(user: Any) -> Iterable[TodayCard]:
    """Groups whose sessions are all closed and in which somebody is eligible without certificate."""
    projects = projects_for(user, *EDITOR_ROLES)
    unclosed = Session.objects.counted().exclude(state=SessionState.CLOSED)
    closed = Session.objects.filter(state=SessionState.CLOSED)
    candidates = Enrolment.objects.counted().filter(
        ~Exists(unclosed.filter(group=OuterRef("group"))),
        Exists(closed.filter(group=OuterRef("group"))),
        ~Exists(Certificate.objects.valid().filter(enrolment=OuterRef("pk"))),
        group__programme__project__in=projects,
        group__archived_at__isnull=True,
    )
    waiting: dict[Group, int] = {}
    for each in standings(candidates.order_by("group__position", "group")):
        if each.is_eligible:
            waiting[each.enrolment.group] = waiting.get(each.enrolment.group, 0) + 1
    if not waiting:
        return []
    return [
        TodayCard(
            code="certificates_to_issue",
            title=_("Certificates to issue"),
            count=len(waiting),
            items=[_ready_item(group, count) for group, count in list(waiting.items())[:SHOWN]],
            icon="certificate-2",
            tone="info",
            position=30,
        )
    ]


def _ready_item(group: Group, count: int) -> TodayItem:
    people = ngettext("%(count)d person is eligible", "%(count)d people are eligible", count)
    return TodayItem(
        title=group.name,
        url=reverse("certificates:group_certificates", args=[group.pk]),
        detail=people % {"count": count},
        action=_("Issue"),
    )


def papers_failed(user: Any) -> Iterable[TodayCard]:
    """Papers that could not be made, with the reason."""
    failed = Certificate.objects.failed().filter(project__in=projects_for(user, *EDITOR_ROLES))
    rows = list(failed.defer("facts").order_by("-requested_at")[:SHOWN])
    if not rows:
        return []
    count = len(rows) if len(rows) < SHOWN else failed.count()
    return [
        TodayCard(
            code="papers_failed",
            title=_("Papers that failed"),
            count=count,
            items=[
                TodayItem(
                    title=row.display_number,
                    url=row.get_absolute_url(),
                    detail=row.failure_in_words,
                    action=pgettext_lazy("action", "Open"),
                )
                for row in rows
            ],
            icon="file-alert",
            tone="bad",
            url=reverse("job_list"),
            more=_("All failed papers"),
            position=35,
        )
    ]
