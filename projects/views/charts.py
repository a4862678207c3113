"""What the dashboard draws: the way of a figure towards its target, and what each month added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from portal.lib.calendar import each_month, month_end
from portal.lib.charts import BurnUp, MonthBars, MonthFigure, burn_up, month_bars
from projects.forms.dates import Clock
from projects.measures import Reading, by_month
from projects.models import Indicator, Project

# A chart of two months says nothing a tile does not say.
LEAST_MONTHS = 3


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
    first = min(filter(None, [period.first_day, min(months)]))
    last = max(filter(None, [period.last_day, month_end(max(months))]))
    known = min(clock.day, last)
    added = [months.get(month, Decimal(0)) for month in each_month(first, known)]
    began = reading.indicator.baseline or Decimal(0)
    grown = [began + total for total in accumulate(added)]
    days = [min(month_end(month), known) for month in each_month(first, known)]
    plan = [(day, reading.plan_on(day)) for day in map(month_end, each_month(first, last))]
    drawing = burn_up(
        reading.indicator.name,
        first,
        _with_room(first, last, known),
        actual=list(zip(days, grown, strict=True)),
        plan=[(day, planned.value) for day, planned in plan if planned],
        target=reading.progress.target,
    )
    heading = _("%(figure)s against the plan") % {"figure": reading.indicator.name}
    return Chart(reading.indicator, drawing, "charts/burn_up.html", heading, reading.figure.demo)


def _with_room(first: date, last: date, known: date) -> date:
    """The end of the axis: beside the last figure there is room for its words."""
    return max(last, known + (known - first) * 36 / 100)


def _months(reading: Reading, months: dict[date, Decimal]) -> Chart:
    """What each of the last twelve months added."""
    shown = list(each_month(min(months), max(months)))[-12:]
    figures = [MonthFigure(month, months.get(month, Decimal(0))) for month in shown]
    drawing = month_bars(reading.indicator.name, figures)
    heading = _("%(figure)s by month") % {"figure": reading.indicator.name}
    return Chart(reading.indicator, drawing, "charts/month_bars.html", heading, reading.figure.demo)
