"""What training hangs on the doors of the projects app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.lib.calendar import short_date
from portal.lib.money import format_percent
from projects import doors
from projects.doors import TodayCard, TodayItem
from projects.models import Project
from training.measures import MEASURES
from training.models import EDITOR_ROLES, Enrolment, Session

SHOWN = 3
SHOWN_WITHOUT_A_LIST = 12


def open_doors() -> None:
    """Called once when the app is ready."""
    doors.measures.extend(MEASURES)
    doors.today.append(sessions_left)
    doors.today.append(people_out_of_reach)


def sessions_left(user: Any) -> Iterable[TodayCard]:
    """Sessions whose day is past and that are not closed, in the projects the user runs."""
    projects = Project.objects.for_roles(user, *EDITOR_ROLES)
    if not projects.exists():
        return []
    late = Session.objects.late().filter(
        group__programme__project__in=projects, group__archived_at__isnull=True
    )
    first = late.with_marks().select_related("group", "module").order_by("date", "starts", "pk")
    return [
        TodayCard(
            code="sessions_left",
            title=gettext_lazy("Sessions to be marked"),
            count=late.count(),
            items=[_session_item(each) for each in first[:SHOWN]],
            icon="clipboard-check",
            tone="warn",
            url=reverse("training:group_list"),
            position=10,
        )
    ]


def _session_item(session: Any) -> TodayItem:
    unmarked = session.concerned_count - session.marked_count
    words = ngettext("%(count)s without a mark", "%(count)s without a mark", unmarked)
    left = words % {"count": unmarked} if unmarked else _("all marked, to be closed")
    about = [session.module.name] if session.module else []
    return TodayItem(
        title=f"{session.group.name}, {short_date(session.date)}",
        detail=" · ".join([*about, left]),
        url=session.get_absolute_url(),
        action=_("Mark") if unmarked else _("Close"),
    )


def people_out_of_reach(user: Any) -> Iterable[TodayCard]:
    """People in running groups whose threshold can no longer be reached, by name for those who run."""
    projects = Project.objects.for_roles(user, *EDITOR_ROLES)
    lost = Enrolment.objects.filter(
        group__programme__project__in=projects, group__archived_at__isnull=True
    ).out_of_reach()
    count = lost.count()
    if not count:
        return []
    first = lost.select_related("participant", "group").order_by("participant__sort_key", "pk")
    return [
        TodayCard(
            code="people_out_of_reach",
            title=gettext_lazy("Can no longer pass"),
            count=count,
            items=[_person_item(each) for each in first[:SHOWN_WITHOUT_A_LIST]],
            icon="user-x",
            tone="bad",
            position=40,
        )
    ]


def _person_item(enrolment: Any) -> TodayItem:
    reach = 100 * (enrolment.minutes_attended + enrolment.left_minutes)
    share = format_percent(reach / enrolment.planned_minutes)
    return TodayItem(
        title=enrolment.participant.list_name,
        detail=_("%(group)s · still possible %(share)s")
        % {"group": enrolment.group.name, "share": share},
        url=reverse("training:group_register", args=[enrolment.group_id]),
    )
