"""The one function everybody asks for figures, and what a measure is.

Screen, PDF, workbook and API call :func:`figures`; nobody computes a figure elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import short_date
from projects import doors
from projects.doors import Words
from projects.models import (
    FigureSnapshot,
    Indicator,
    IndicatorMethod,
    IndicatorTarget,
    IndicatorValue,
)
from projects.rules import Plan, PlanPoint, Progress, plan_on, standing


@dataclass(frozen=True)
class Figure:
    """An achieved value in the indicator's unit; ``None`` if nothing is known.

    ``demo`` says that fictional rows are in it.
    """

    value: Decimal | None
    demo: bool = False


@dataclass(frozen=True)
class FigureRow:
    """One row behind a figure: a group, an event, a delivery. Never a person.

    ``value`` is this row's part of the figure; ``cells`` are further columns of the table;
    ``url`` leads a level deeper, if there is one the reader may open.
    """

    label: Words
    value: Decimal | None
    cells: tuple[Words | Decimal | int | date | None, ...] = ()
    key: str = ""
    demo: bool = False


@dataclass(frozen=True)
class FigureTable:
    """The rows behind one figure with the headings of their cells; ``total`` equals the figure.

    ``about`` names the row that was opened; ``total_heading`` says what the total counts where
    the rows count something else.
    """

    heading: Words
    value_heading: Words
    cell_headings: tuple[Words, ...]
    rows: Sequence[FigureRow]
    total: Decimal | None
    note: Words = ""
    about: Words = ""
    total_heading: Words = ""


type Compute = Callable[[Sequence[Indicator], date | None], Mapping[int, Figure]]
type Open = Callable[[Indicator, date | None, str], FigureTable]
type Months = Mapping[date, Decimal]
type ByMonth = Callable[[Sequence[Indicator], date | None], Mapping[int, Months]]


@dataclass(frozen=True)
class Measure:
    """How a figure is counted.

    ``compute(indicators, until)`` answers all indicators of one measure in one query grouped by
    project: today's rows, by event dates up to and including ``until``. ``open(indicator, until,
    key)`` gives the rows behind one of them; ``key`` opens one row of that table a level deeper.
    ``by_month(indicators, until)``, where a measure grows in time, gives what each month (by its
    first day) added to each figure, in one query: charts are drawn from it.
    """

    code: str
    label: Words
    unit: Words
    compute: Compute
    open: Open
    by_month: ByMonth | None = None


def measure(code: str) -> Measure | None:
    """The measure standing at the door under ``code``."""
    return next((each for each in doors.measures if each.code == code), None)


def measure_choices() -> list[tuple[str, Words]]:
    return [(each.code, each.label) for each in doors.measures]


def figures(indicators: Iterable[Indicator], *, until: date | None = None) -> dict[int, Figure]:
    """Achieved figures by indicator id, one query per measure whatever the number of indicators."""
    found: dict[int, Figure] = {}
    for code, group in _by_measure(indicators).items():
        if not code:
            found |= _entered_figures(group, until)
            continue
        counted = measure(code)
        computed = counted.compute(group, until) if counted else {}
        nothing = Figure(Decimal(0) if counted else None)
        found |= {each.pk: computed.get(each.pk, nothing) for each in group}
    return found


@dataclass(frozen=True)
class Reading:
    """An indicator with its figure and how far that is from baseline, plan and target."""

    indicator: Indicator
    figure: Figure
    day: date
    points: tuple[PlanPoint, ...] = ()

    def plan_on(self, day: date) -> Plan | None:
        """What should have been reached by ``day``."""
        period = self.indicator.project.period
        return plan_on(
            day,
            points=self.points,
            start=period.first_day,
            end=period.last_day,
            baseline=self.indicator.baseline,
            target=self.indicator.target,
        )

    @cached_property
    def progress(self) -> Progress:
        return Progress(
            self.figure.value,
            self.indicator.target,
            self.indicator.baseline,
            self.plan_on(self.day),
        )


def readings(indicators: Iterable[Indicator], *, until: date | None = None) -> list[Reading]:
    """The indicators as a dashboard shows them on ``until`` (today), in their order."""
    shown = list(indicators)
    reached = figures(shown, until=until)
    return _with_progress(shown, reached, until or timezone.localdate())


def _with_progress(
    indicators: Sequence[Indicator], reached: Mapping[int, Figure], day: date
) -> list[Reading]:
    points: dict[int, list[PlanPoint]] = {}
    for target in IndicatorTarget.objects.filter(indicator__in=indicators, organisation=None):
        points.setdefault(target.indicator_id, []).append(PlanPoint(target.until, target.value))
    return [
        Reading(each, reached.get(each.pk, Figure(None)), day, tuple(points.get(each.pk, ())))
        for each in indicators
    ]


def readings_known_on(indicators: Iterable[Indicator], day: date) -> list[Reading]:
    """The same from the memory of ``day``: later corrections are not in it."""
    shown = list(indicators)
    known = FigureSnapshot.objects.filter(indicator__in=shown, known_on=day)
    reached = {each.indicator_id: Figure(each.value, each.is_demo) for each in known}
    return _with_progress(shown, reached, day)


def open_figure(indicator: Indicator, *, until: date | None = None, key: str = "") -> FigureTable:
    """The very rows behind one figure; ``key`` names a row of that table to open a level deeper."""
    counted = measure(indicator.measure) if indicator.method == IndicatorMethod.MEASURED else None
    return counted.open(indicator, until, key) if counted else _entered_table(indicator, until)


def by_month(
    indicators: Iterable[Indicator], *, until: date | None = None
) -> dict[int, dict[date, Decimal]]:
    """What each month, by its first day, added to the figures; one query per measure.

    A baseline was there before and belongs to no month. A figure whose measure cannot tell has no months.
    """
    found: dict[int, dict[date, Decimal]] = {}
    for code, group in _by_measure(indicators).items():
        counted = measure(code)
        if not code:
            found |= _entered_by_month(group, until)
        elif counted and counted.by_month:
            months = counted.by_month(group, until)
            found |= {each.pk: dict(months.get(each.pk, {})) for each in group}
        else:
            found |= {each.pk: {} for each in group}
    return found


def _by_measure(indicators: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    """The indicators by what counts them; the entered ones under no name."""
    found: dict[str, list[Indicator]] = {}
    for each in indicators:
        is_entered = each.method == IndicatorMethod.ENTERED
        found.setdefault("" if is_entered else each.measure, []).append(each)
    return found


def _entered_values(
    indicators: Sequence[Indicator], until: date | None
) -> QuerySet[IndicatorValue]:
    values = IndicatorValue.objects.counted().filter(indicator__in=indicators)
    return values.filter(on__lte=until) if until else values


def _entered_figures(indicators: Sequence[Indicator], until: date | None) -> dict[int, Figure]:
    """Typed values are increments on top of the baseline; the figure is unknown without any."""
    sums = (
        _entered_values(indicators, until)
        .order_by()
        .values("indicator", "is_demo")
        .annotate(total=Sum("value"))
    )
    found: dict[int, Figure] = {each.pk: Figure(None) for each in indicators}
    for row in sums:
        before = found[row["indicator"]]
        added = (before.value or Decimal(0)) + row["total"]
        found[row["indicator"]] = Figure(added, before.demo or row["is_demo"])
    return {each.pk: _on_baseline(each, found[each.pk]) for each in indicators}


def _on_baseline(indicator: Indicator, added: Figure) -> Figure:
    value = standing(indicator.baseline, added.value)
    return Figure(None if value is None else _plain(value), added.demo)


def _plain(total: Decimal) -> Decimal:
    """One spelling on both databases: PostgreSQL sums to 40.00 what SQLite sums to 40."""
    whole = total.to_integral_value()
    return whole if whole == total else total.normalize()


def _entered_by_month(
    indicators: Sequence[Indicator], until: date | None
) -> dict[int, dict[date, Decimal]]:
    sums = (
        _entered_values(indicators, until)
        .order_by()
        .annotate(month=TruncMonth("on"))
        .values("indicator", "month")
        .annotate(total=Sum("value"))
    )
    found: dict[int, dict[date, Decimal]] = {each.pk: {} for each in indicators}
    for row in sums:
        found[row["indicator"]][row["month"]] = _plain(row["total"])
    return found


def _entered_table(indicator: Indicator, until: date | None) -> FigureTable:
    values = list(_entered_values([indicator], until).select_related("organisation", "source"))
    added = sum((each.value for each in values), Decimal(0)) if values else None
    began = [FigureRow(_("Baseline"), indicator.baseline, (None,) * 3)]
    return FigureTable(
        heading=_("Date"),
        value_heading=_("Value"),
        cell_headings=(_("Partner"), _("Note"), _("Source")),
        rows=[
            *(began if values and indicator.baseline else []),
            *(_entered_row(each) for each in values),
        ],
        total=standing(indicator.baseline, added),
    )


def _entered_row(value: IndicatorValue) -> FigureRow:
    return FigureRow(
        label=short_date(value.on),
        value=value.value,
        cells=(
            value.organisation.name if value.organisation else None,
            value.note or None,
            value.source.title if value.source else None,
        ),
        demo=value.is_demo,
    )
