"""How far a figure has come from its baseline to its target, and how far it was planned to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# Behind the plan by more than this many points of the whole way is worth a warning.
BEHIND_POINTS = 5


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
