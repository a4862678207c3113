"""An invented plan to dates and two reports, so that bars have their tick and Today a deadline."""

from __future__ import annotations

from datetime import date, timedelta

from projects.models import Indicator, IndicatorTarget, Project, Report, ReportState

PLAN = ((date(2024, 12, 31), 900), (date(2025, 12, 31), 1500), (date(2026, 12, 31), 2100))


def plan_by_dates(project: Project) -> None:
    """An invented plan to dates, so that bars have their tick and the chart its dashes."""
    for indicator in Indicator.objects.filter(project=project, target__isnull=False):
        for until, value in PLAN:
            IndicatorTarget.objects.get_or_create(
                indicator=indicator,
                until=until,
                organisation=None,
                defaults={"value": indicator.target * value // 3099},
            )


def make_reports(project: Project, today: date) -> None:
    """The report of the quarter before last was accepted, the last one is due soon."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = quarter - timedelta(1)
    before = date(last.year, last.month - 2, 1) - timedelta(1)
    for number, end, state, due in (
        (1, before, ReportState.ACCEPTED, before + timedelta(30)),
        (2, last, ReportState.DRAFT, today + timedelta(9)),
    ):
        Report.objects.get_or_create(
            project=project,
            number=number,
            defaults={
                "period_start": date(end.year, end.month - 2, 1),
                "period_end": end,
                "due": due,
                "state": state,
            },
        )
