"""What waits for people in projects: reports due, figures to approve, sources that disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.calendar import short_date
from portal.lib.money import format_number
from projects.access import projects_for
from projects.doors import TodayCard, TodayItem
from projects.models import (
    EDITOR_ROLES,
    IndicatorValue,
    Project,
    Report,
    ReportState,
    ReportVersion,
    Role,
)
from projects.rules import Agreement, compare

SHOWN = 3
# A report is begun about a month before it is due.
SOON = timedelta(days=30)


def reports_waiting(user: Any) -> Iterator[TodayCard]:
    """Reports by whose turn it is: to be written, corrected, signed off, read by the funder.

    A draft is named from a month before it is due.
    """
    own = projects_for(user, *EDITOR_ROLES).current()
    sent = ReportVersion.objects.sent().filter(report=OuterRef("pk"))
    turn = (
        Q(project__in=own, state=ReportState.DRAFT, due__lte=timezone.localdate() + SOON)
        | Q(project__in=own, state=ReportState.RETURNED)
        | Q(project__in=projects_for(user, Role.OFFICER).current(), state=ReportState.SIGNING)
        | Q(
            Exists(sent),
            project__in=projects_for(user, Role.FUNDER).current(),
            state=ReportState.SUBMITTED,
        )
    )
    found: dict[str, list[Report]] = {state: [] for state in REPORT_CARDS}
    for each in Report.objects.filter(turn).select_related("project").order_by("due", "pk"):
        found[each.state].append(each)
    for state, rows in found.items():
        if rows:
            yield _report_card(state, rows)


# Whose turn a state is, as a card of the first page: code, title, icon, tone, position.
REPORT_CARDS: dict[str, tuple[str, Any, str, str, int]] = {
    ReportState.RETURNED: (
        "reports_returned",
        gettext_lazy("Reports returned"),
        "arrow-back-up",
        "warn",
        44,
    ),
    ReportState.SIGNING: (
        "reports_to_sign",
        gettext_lazy("Reports to sign off"),
        "signature",
        "info",
        46,
    ),
    ReportState.SUBMITTED: (
        "reports_to_read",
        gettext_lazy("Reports to decide on"),
        "report-search",
        "info",
        48,
    ),
    ReportState.DRAFT: ("reports_due", gettext_lazy("Reports due"), "report", "warn", 50),
}


def _report_card(state: str, rows: list[Report]) -> TodayCard:
    code, title, icon, tone, position = REPORT_CARDS[state]
    return TodayCard(
        code=code,
        title=title,
        count=len(rows),
        items=[_report_item(each) for each in rows[:SHOWN]],
        icon=icon,
        tone=tone,
        url=reverse("projects:report_list"),
        position=position,
    )


def _report_item(report: Report) -> TodayItem:
    """A deadline is told only while the report is still to be sent."""
    return TodayItem(
        title=str(report),
        detail=f"{short_date(report.period_start)} – {short_date(report.period_end)}",
        url=report.get_absolute_url(),
        due=report.due if report.is_open else None,
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
