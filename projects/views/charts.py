"""What the dashboard draws: the way of a figure towards its target, and what each month added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.lib.charts import BurnUp, MonthBars, MonthFigure, burn_up, month_bars
from projects.forms.dates import Clock
from projects.measures import Reading, by_month
from projects.models import Indicator, Project
from projects.rules import LEAST_MONTHS, growth, last_months


@dataclass(frozen=True)
class Chart:
    """A drawn chart, the indicator it tells of, and which partial draws it."""

    indicator: Indicator
    drawing: BurnUp | MonthBars
    template: str
    heading: str
    demo: bool

    @property
    def has_plan(self) -> bool:
        return isinstance(self.drawing, BurnUp)


def dashboard_charts(project: Project, tiles: Sequence[Reading], clock: Clock) -> list[Chart]:
    """A burn-up of the first figure that grows in time and a target, and months of the last."""
    if clock.known:
        return []  # what was remembered has no rows from which to draw
    months = by_month([each.indicator for each in tiles], until=clock.until)
    growing = [
        (each, months[each.indicator.pk])
        for each in tiles
        if len(months[each.indicator.pk]) >= LEAST_MONTHS
    ]
    charts = []
    with_target = [each for each in growing if each[0].progress.target]
    if with_target:
        reading, months = with_target[0]
        charts.append(_burn_up(project, reading, months, clock))
    if growing:
        reading, months = growing[-1]
        charts.append(_months(reading, months))
    return charts


def _burn_up(
    project: Project, reading: Reading, months: dict[date, Decimal], clock: Clock
) -> Chart:
    """The sum by the end of each month against the plan of the whole project."""
    period = project.period
    way = growth(
        months,
        start=period.first_day,
        end=period.last_day,
        known=clock.day,
        baseline=reading.indicator.baseline,
        plan=reading.plan_on,
    )
    drawing = burn_up(
        reading.indicator.name,
        way.first,
        way.last,
        actual=way.actual,
        plan=way.plan,
        target=reading.progress.target,
    )
    heading = _("%(figure)s against the plan") % {"figure": reading.indicator.name}
    return Chart(reading.indicator, drawing, "charts/burn_up.html", heading, reading.figure.demo)


def _months(reading: Reading, months: dict[date, Decimal]) -> Chart:
    """What each of the last twelve months added."""
    figures = [MonthFigure(*each) for each in last_months(months)]
    drawing = month_bars(reading.indicator.name, figures)
    heading = _("%(figure)s by month") % {"figure": reading.indicator.name}
    return Chart(reading.indicator, drawing, "charts/month_bars.html", heading, reading.figure.demo)
