"""Bars: a target with its plan, a figure by month, the steps of a funnel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from portal.lib.calendar import Precision, month_short, short_date
from portal.lib.charts.scale import (
    BOTTOM,
    TOP,
    Number,
    Tick,
    axis_text,
    month_ticks,
    percent_of,
    px,
    round_ticks,
    within,
)
from portal.lib.money import format_number, format_percent

_BEHIND = 5  # percent points of the target


@dataclass(frozen=True)
class TargetBar:
    """How much of a target is reached, with a tick where the plan stands today.

    `fill` and `tick` are percents within 0–100, None where nothing can be compared; `percent` is
    the true share, also above 100. `is_behind`: more than five points of the target behind plan.
    """

    label: str
    fill: float | None
    tick: float | None
    percent: Decimal | None
    is_behind: bool


def target_bar(
    name: str, value: Number | None, target: Number | None, plan: Number | None = None
) -> TargetBar:
    """The bar of one figure; value, target and plan in one unit, None for what is not stated."""
    percent, planned = percent_of(value, target), percent_of(plan, target)
    if value is None:
        words = gettext("not stated")
    elif target is None:
        words = f"{format_number(value)}, {gettext('target not stated')}"
    else:
        words = _of(value, target)
    if percent is not None:
        words += f" ({format_percent(percent)})"
    if plan is not None:
        words += ", " + gettext("plan %(plan)s") % {"plan": format_number(plan)}
    return TargetBar(
        label=f"{name}: {words}" if name else words,
        fill=within(percent),
        tick=within(planned),
        percent=percent,
        is_behind=percent is not None and planned is not None and planned - percent > _BEHIND,
    )


@dataclass(frozen=True)
class MonthFigure:
    """What was done in the month of a date, and what was planned (None: not stated)."""

    month: date
    value: Number
    plan: Number | None = None


@dataclass(frozen=True)
class Bar:
    """One bar: left edge and width in percent, top and height in pixels; the plan's tick.

    One that is `pale` lies outside of the period the chart is about.
    """

    x: float
    width: float
    y: float
    height: float
    tick: float | None
    is_pale: bool


@dataclass(frozen=True)
class MonthBars:
    """A figure by month, those of a period stressed, with ticks of the plan across the bars."""

    label: str
    height: int
    base: float
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    bars: list[Bar]

    @property
    def has_pale(self) -> bool:
        """Whether a legend has to tell the months of the period from the others."""
        return any(bar.is_pale for bar in self.bars)


def month_bars(
    name: str,
    figures: Sequence[MonthFigure],
    *,
    period: tuple[date, date] | None = None,
    height: int = 240,
) -> MonthBars:
    """Bars for the months given, in their order; a month without work is a figure of 0.

    Months outside of the `period` are pale; where there is none, all are alike.
    """
    begins = period[0].replace(day=1) if period else date.min
    ends = period[1] if period else date.max
    largest = max([0, *(f.value for f in figures), *(f.plan or 0 for f in figures)], key=float)
    values = round_ticks(largest)
    base, step = float(height - BOTTOM), 100 / max(len(figures), 1)

    def y(value: Number) -> float:
        return px(base - (base - TOP) * float(value) / values[-1])

    bars = [
        Bar(
            x=px(step * (place + 0.2)),
            width=px(step * 0.6),
            y=y(figure.value),
            height=px(base - y(figure.value)),
            tick=None if figure.plan is None else y(figure.plan),
            is_pale=not begins <= figure.month <= ends,
        )
        for place, figure in enumerate(figures)
    ]
    words = [
        f"{month_short(figure.month.month)} {format_number(figure.value)}" for figure in figures
    ]
    outer = [short_date(each.month, Precision.MONTH) for each in (*figures[:1], *figures[-1:])]
    when = f", {' – '.join(dict.fromkeys(outer))}" if outer else ""
    return MonthBars(
        label=f"{name}{when}: {', '.join(words) or gettext('no data yet')}",
        height=height,
        base=base,
        y_ticks=[Tick(y(value), axis_text(value, values[-1])) for value in values],
        x_ticks=month_ticks(
            [(px(step * (place + 0.5)), each.month) for place, each in enumerate(figures)],
            keeps_last=True,
        ),
        bars=bars,
    )


@dataclass(frozen=True)
class Step:
    """One step of a funnel: what people did, how many, and the address of their list."""

    name: str
    count: int
    href: str = ""


@dataclass(frozen=True)
class FunnelRow:
    """A step with the width of its bar (percent) and how many were lost since the step before."""

    name: str
    count: str
    href: str
    fill: float
    loss: str


def funnel(steps: Sequence[Step]) -> list[FunnelRow]:
    """Rows of one scale, the largest count filling it; a step that gains people says so: "+3"."""
    largest = max([step.count for step in steps], default=0) or 1
    rows = []
    for place, step in enumerate(steps):
        change = step.count - steps[place - 1].count if place else 0
        rows.append(
            FunnelRow(
                name=step.name,
                count=format_number(step.count),
                href=step.href,
                fill=px(max(0, step.count) * 100 / largest),
                loss="" if not change else f"{'+' if change > 0 else ''}{format_number(change)}",
            )
        )
    return rows


def _of(value: Number, target: Number) -> str:
    return gettext("%(value)s of %(target)s") % {
        "value": format_number(value),
        "target": format_number(target),
    }
