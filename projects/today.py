"""What waits for people in projects: reports due, figures to approve, sources that disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.calendar import short_date
from portal.lib.money import format_number
from projects.access import EDITOR_ROLES, projects_for
from projects.doors import TodayCard, TodayItem
from projects.models import OPEN_STATES, IndicatorValue, Project, Report, Role
from projects.rules import Agreement, compare

SHOWN = 3
# A report is begun about a month before it is due.
SOON = timedelta(days=30)


def reports_due(user: Any) -> Iterator[TodayCard]:
    """Reports not sent in yet that are due within a month or overdue, in projects the user runs."""
    own = projects_for(user, *EDITOR_ROLES).current()
    due = Report.objects.filter(
        project__in=own, state__in=OPEN_STATES, due__lte=timezone.localdate() + SOON
    )
    found = list(due.select_related("project").order_by("due", "pk"))
    if found:
        yield TodayCard(
            code="reports_due",
            title=gettext_lazy("Reports due"),
            count=len(found),
            items=[_report_item(each) for each in found[:SHOWN]],
            icon="report",
            tone="warn",
            url=reverse("projects:report_list"),
            position=50,
        )


def _report_item(report: Report) -> TodayItem:
    period = f"{short_date(report.period_start)} – {short_date(report.period_end)}"
    return TodayItem(
        title=str(report),
        detail=period,
        url=f"{reverse('projects:report_list')}?project={report.project.code}",
        due=report.due,
    )


def values_to_approve(user: Any) -> Iterator[TodayCard]:
    """Typed figures that somebody else entered and the user may approve."""
    own = projects_for(user, *EDITOR_ROLES, Role.OFFICER).current()
    waiting = IndicatorValue.objects.waiting().filter(
        indicator__project__in=own, indicator__archived_at__isnull=True
    )
    found = list(
        waiting.exclude(entered_by=user)
        .select_related("indicator__project")
        .order_by("entered_at", "pk")
    )
    if found:
        yield TodayCard(
            code="values_to_approve",
            title=gettext_lazy("Figures to approve"),
            count=len(found),
            items=[_value_item(each) for each in found[:SHOWN]],
            icon="checks",
            tone="info",
            position=60,
        )


def _value_item(value: IndicatorValue) -> TodayItem:
    indicator = value.indicator
    figure = " ".join(filter(None, (format_number(value.value), indicator.unit)))
    return TodayItem(
        title=indicator.name,
        detail=f"{figure} · {short_date(value.on)} · {indicator.project.short}",
        url=indicator.get_absolute_url(),
        action=_("Look"),
    )


def sources_disagree(user: Any) -> Iterator[TodayCard]:
    """Things about which the sources of the user's projects disagree."""
    own = Project.objects.for_roles(user, *EDITOR_ROLES).current()
    found = [
        (project, comparison)
        for project in own.with_facts()
        for comparison in compare(project.facts())
        if comparison.agreement == Agreement.DISAGREE
    ]
    if found:
        yield TodayCard(
            code="sources_disagree",
            title=gettext_lazy("Sources disagree"),
            count=len(found),
            items=[
                _fact_item(project, each.subject, each.facts[0]) for project, each in found[:SHOWN]
            ],
            icon="arrows-exchange",
            tone="warn",
            url=reverse("projects:discrepancy_list"),
            position=80,
        )


def _fact_item(project: Project, subject: str, fact: Any) -> TodayItem:
    return TodayItem(
        title=str(fact.row.label),
        detail=project.short,
        url=f"{reverse('projects:source_list', args=[project.code])}?subject={subject}#comparison",
    )
