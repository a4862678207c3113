"""What training hangs on the doors of the projects app."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.lib.calendar import short_date
from portal.lib.money import CENT, format_percent
from portal.lib.names import both, in_both
from projects import doors
from projects.doors import Gap, ReportRow, ReportTable, TodayCard, TodayItem
from projects.models import EDITOR_ROLES, Project, Report
from training.measures import MEASURES, Attended, attended_by_group
from training.models import Enrolment, Lacking, Session

SHOWN = 3
SHOWN_WITHOUT_A_LIST = 12
OF_LATE = timedelta(days=90)
TENTH = Decimal("0.1")


def open_doors() -> None:
    """Called once when the app is ready."""
    doors.measures.extend(MEASURES)
    doors.today.append(sessions_left)
    doors.today.append(sessions_without_scan)
    doors.today.append(people_out_of_reach)
    doors.gaps.append(sheets_left_open)
    doors.report_tables.append(attendance_by_group)


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
            url=reverse("training:session_list") + f"?show={Lacking.MARKS}",
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


def sessions_without_scan(user: Any) -> Iterable[TodayCard]:
    """What was closed of late and whose signed sheet is not there; the list knows the older ones.

    Courses of former years came in without their papers, and would drown what is to be done now.
    """
    projects = Project.objects.for_roles(user, *EDITOR_ROLES)
    lacking = Session.objects.without_scan().filter(
        group__programme__project__in=projects,
        group__archived_at__isnull=True,
        closed_at__gte=timezone.now() - OF_LATE,
    )
    first = list(lacking.select_related("group", "module").order_by("-closed_at", "pk")[:SHOWN])
    if not first:
        return []
    return [
        TodayCard(
            code="sessions_without_scan",
            title=gettext_lazy("Closed without a scan"),
            count=lacking.count(),
            items=[
                TodayItem(
                    title=f"{each.group.name}, {short_date(each.date)}",
                    detail=each.module.name if each.module else "",
                    url=f"{each.get_absolute_url()}#evidence",
                    action=_("Add"),
                )
                for each in first
            ],
            icon="signature",
            tone="info",
            url=reverse("training:session_list") + f"?show={Lacking.SCAN}",
            more=gettext_lazy("All sessions without a scan"),
            position=15,
        )
    ]


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


def sheets_left_open(report: Report) -> Iterable[Gap]:
    """Sessions of the reported months that nobody has closed: they are in no figure yet."""
    left = Session.objects.unfinished().filter(
        group__programme__project=report.project_id,
        group__archived_at__isnull=True,
        date__range=(report.period_start, report.period_end),
    )
    count = left.count()
    if not count:
        return []
    words = ngettext(
        "%(count)d session of the period is not closed: its attendance does not count",
        "%(count)d sessions of the period are not closed: their attendance does not count",
        count,
    )
    first = left.order_by("date", "starts", "pk")[0]
    return [Gap(words % {"count": count}, first.get_absolute_url())]


def attendance_by_group(report: Report) -> Iterable[ReportTable]:
    """What each group met in the reported months: sessions, person-hours and the share of marks."""
    period = attended_by_group(report.project, report.period_start, report.period_end)
    whole = attended_by_group(report.project, None, report.period_end)
    return [
        ReportTable(
            code="attendance",
            title=gettext_lazy("Attendance"),
            headings=(
                gettext_lazy("Group"),
                gettext_lazy("Sessions held"),
                gettext_lazy("Person-hours"),
                gettext_lazy("Attendance, %"),
            ),
            rows=[_attended_row(both(group), [sums]) for group, sums in period.items()],
            totals=[
                _attended_row(in_both(lambda: _groups_in_period(len(period))), [*period.values()]),
                _attended_row(in_both(lambda: _groups_until(len(whole))), [*whole.values()]),
            ]
            if whole
            else [],
            position=10,
            note=gettext_lazy(
                "Closed sessions only. Person-hours of 60 minutes; the share is of all minutes marked."
            ),
            nothing=gettext_lazy("No session was held in these months."),
        )
    ]


def _groups_in_period(count: int) -> str:
    words = ngettext("In the period: %(count)d group", "In the period: %(count)d groups", count)
    return words % {"count": count}


def _groups_until(count: int) -> str:
    words = ngettext(
        "Since the project began: %(count)d group",
        "Since the project began: %(count)d groups",
        count,
    )
    return words % {"count": count}


def _attended_row(label: Any, groups: Sequence[Attended]) -> ReportRow:
    met, marked = sum(each.met for each in groups), sum(each.marked for each in groups)
    share = None if not marked else (Decimal(met) * 100 / marked).quantize(TENTH, ROUND_DOWN)
    return ReportRow(
        (
            label,
            sum(each.sessions for each in groups),
            (Decimal(met) / 60).quantize(CENT, ROUND_HALF_UP),
            share,
        ),
        demo=any(each.demo for each in groups),
    )
