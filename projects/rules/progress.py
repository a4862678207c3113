"""How far a figure has come from its baseline to its target, and how far it was planned to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from portal.lib.calendar import each_month, month_end

# Behind the plan by more than this many points of the whole way is worth a warning.
BEHIND_POINTS = 5
# A chart of two months says nothing a figure does not say.
LEAST_MONTHS = 3
LAST_MONTHS = 12


@dataclass(frozen=True, order=True)
class PlanPoint:
    """What was planned to be reached by the evening of ``until``."""

    until: date
    value: Decimal


@dataclass(frozen=True)
class Plan:
    """The plan to a day. ``is_stated``: a source gives it; else the target is spread evenly."""

    value: Decimal
    is_stated: bool


@dataclass(frozen=True)
class Progress:
    """One figure against its promise. ``None`` is never 0: it means that nobody said so."""

    value: Decimal | None
    target: Decimal | None
    baseline: Decimal | None = None
    plan: Plan | None = None

    def percent_of(self, value: Decimal | None) -> Decimal | None:
        """The share of the way from baseline to target; targets below the baseline work alike."""
        if value is None or self.target is None:
            return None
        start = self.baseline or Decimal(0)
        if self.target == start:
            return None
        return (value - start) * 100 / (self.target - start)

    @property
    def percent(self) -> Decimal | None:
        return self.percent_of(self.value)

    @property
    def plan_percent(self) -> Decimal | None:
        return self.percent_of(self.plan.value) if self.plan else None

    @property
    def bar(self) -> Decimal:
        """Length of the bar, 0–100; what is more is said in words."""
        return _within(self.percent)

    @property
    def tick(self) -> Decimal | None:
        """Place of the plan tick on the bar, 0–100."""
        return None if self.plan_percent is None else _within(self.plan_percent)

    @property
    def is_reached(self) -> bool:
        return self.percent is not None and self.percent >= 100

    @property
    def is_behind(self) -> bool:
        """Behind a stated or even plan by more than five points."""
        if self.percent is None or self.plan_percent is None:
            return False
        return self.plan_percent - self.percent > BEHIND_POINTS


def standing(baseline: Decimal | None, added: Decimal | None) -> Decimal | None:
    """Where an entered figure stands: at its baseline and what was added since.

    ``None`` while nothing was entered: where it began does not tell how far it has come.
    """
    return None if added is None else (baseline or Decimal(0)) + added


@dataclass(frozen=True)
class Growth:
    """The way of a figure through a project: what was reached and what was planned, by days."""

    first: date
    last: date
    actual: tuple[tuple[date, Decimal], ...]
    plan: tuple[tuple[date, Decimal], ...]


def growth(
    months: Mapping[date, Decimal],
    *,
    start: date | None,
    end: date | None,
    known: date,
    baseline: Decimal | None,
    plan: Callable[[date], Plan | None],
) -> Growth:
    """The sum by the end of each month up to ``known`` against the plan of the whole project."""
    first = min(filter(None, [start, *months]))
    last = max(filter(None, [end, *map(month_end, months), None if months or end else known]))
    known = min(known, last)
    days = [min(month_end(month), known) for month in each_month(first, known)]
    added = [months.get(month, Decimal(0)) for month in each_month(first, known)]
    reached = [(baseline or Decimal(0)) + total for total in accumulate(added)]
    planned = [(day, plan(day)) for day in map(month_end, each_month(first, last))]
    return Growth(
        first,
        last,
        tuple(zip(days, reached, strict=True)),
        tuple((day, each.value) for day, each in planned if each),
    )


def last_months(added: Mapping[date, Decimal]) -> list[tuple[date, Decimal]]:
    """What each of the last twelve months up to the latest added; none added is nought."""
    shown = list(each_month(min(added), max(added)))[-LAST_MONTHS:]
    return [(month, added.get(month, Decimal(0))) for month in shown]


def plan_on(
    day: date,
    *,
    points: Sequence[PlanPoint] = (),
    start: date | None = None,
    end: date | None = None,
    baseline: Decimal | None = None,
    target: Decimal | None = None,
) -> Plan | None:
    """What should have been reached by ``day``; None where nothing was planned for it.

    Between two stated points the plan runs straight. Without points the target is spread evenly
    over the days of the project and the plan says that it is not stated. From the end of the
    project on, the target itself is the plan.
    """
    if target is not None and end is not None and day >= end:
        return Plan(target, is_stated=True)
    zero = PlanPoint(start, baseline or Decimal(0)) if start else None
    stated = sorted(points)
    if not stated and (target is None or end is None or zero is None):
        return None
    last = [PlanPoint(end, target)] if target is not None and end is not None else []
    way = sorted([*([zero] if zero else []), *stated, *last], key=lambda point: point.until)
    before = [point for point in way if point.until <= day]
    after = [point for point in way if point.until > day]
    if not before:
        return None
    value = before[-1].value if not after else _between(before[-1], after[0], day)
    return Plan(_as_whole_as(value, [p.value for p in way]), is_stated=bool(stated))


def _between(first: PlanPoint, second: PlanPoint, day: date) -> Decimal:
    gone, whole = (day - first.until).days, (second.until - first.until).days
    return first.value + (second.value - first.value) * gone / whole


def _as_whole_as(value: Decimal, others: Sequence[Decimal]) -> Decimal:
    """A plan of people is a whole number of people; one of money has cents."""
    step = (
        Decimal(1) if all(each == each.to_integral_value() for each in others) else Decimal("0.01")
    )
    return value.quantize(step, ROUND_HALF_UP)


def _within(percent: Decimal | None) -> Decimal:
    return min(max(percent or Decimal(0), Decimal(0)), Decimal(100))
