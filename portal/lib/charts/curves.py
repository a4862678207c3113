"""The burn-up: a sum that grows over a project's time, against its plan."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext

from portal.lib.calendar import each_month, short_date
from portal.lib.charts.scale import BOTTOM, Number, Tick, axis_text, month_ticks, px, round_ticks
from portal.lib.money import format_number

# The width in which curves are drawn before they are stretched; near a card's real one, so that
# renderers which also stretch the stroke do it little.
CURVE_WIDTH = 600
# How much of the width a day takes on a phone, in percent.
_WORDS = 26
# Room for two lines of words above the highest point.
_TOP = 28

type Series = Sequence[tuple[date, Number]]


@dataclass(frozen=True)
class Mark:
    """A named point of a chart; its text stands `dx`, `dy` pixels away and is anchored there.

    A second line of words stands 15 pixels below the first.
    """

    x: float
    y: float
    text: str
    anchor: str = "start"
    dx: int = 0
    dy: int = 0
    second: str = ""

    @property
    def second_dy(self) -> int:
        """How far below the point the second line stands."""
        return self.dy + 15


@dataclass(frozen=True)
class BurnUp:
    """A sum that grows over a project's time, against its plan and its target.

    `actual`, `area` and `plan` are points of curves, CURVE_WIDTH wide; "" where there is none.
    """

    label: str
    height: int
    base: float
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    actual: str
    area: str
    plan: str
    target: Mark | None
    end: Mark | None
    plan_at_end: Mark | None
    note: str
    curve_width: int = CURVE_WIDTH


def burn_up(
    name: str,
    first: date,
    last: date,
    *,
    actual: Series,
    plan: Series = (),
    target: Number | None = None,
    height: int = 240,
) -> BurnUp:
    """A burn-up from `first` to `last`; the series hold sums known on days, earliest first.

    What lies outside the two days is drawn at the nearer edge. Raises ValueError if `last` lies
    before `first`.
    """
    scale = _Scale(first, last, [*(v for _, v in (*actual, *plan)), target or 0], height)
    has_values = bool(actual or plan or target)
    y_ticks = [Tick(scale.y(v), scale.text(v)) for v in scale.values[: None if has_values else 1]]
    goal = None
    if target is not None:
        goal = Mark(
            0, scale.y(target), gettext("target %(target)s") % {"target": format_number(target)}
        )
        # A grid line this near would run through the words of the target.
        y_ticks = [tick for tick in y_ticks if tick.at == scale.base or abs(tick.at - goal.y) > 18]
    end, plan_at_end = _ends(scale, actual, plan)
    curve = scale.points(actual)
    feet = [f"{scale.across(day)},{scale.base}" for day, _ in (*actual[:1], *actual[-1:])]
    return BurnUp(
        label=_burn_up_label(name, actual, plan, target),
        height=height,
        base=scale.base,
        y_ticks=y_ticks,
        x_ticks=_time_ticks(first, last),
        actual=" ".join(curve),
        area=" ".join([*feet[:1], *curve, *feet[1:]]),
        plan=" ".join(scale.points(plan)),
        target=goal,
        end=end,
        plan_at_end=plan_at_end,
        note="" if actual else gettext("no data yet"),
    )


class _Scale:
    """Days to percent across and values to pixels down, for one chart."""

    def __init__(self, first: date, last: date, values: Sequence[Number], height: int) -> None:
        if last < first:
            raise ValueError("A chart cannot end before it starts.")
        self.first, self.days = first, max((last - first).days, 1)
        self.values = round_ticks(max(values, key=float))
        self.base = float(height - BOTTOM)

    def x(self, day: date) -> float:
        return px(min(max((day - self.first).days / self.days, 0), 1) * 100)

    def across(self, day: date) -> float:
        return px(self.x(day) * CURVE_WIDTH / 100)

    def y(self, value: Number) -> float:
        return px(self.base - (self.base - _TOP) * float(value) / self.values[-1])

    def points(self, series: Series) -> list[str]:
        return [f"{self.across(day)},{self.y(value)}" for day, value in series]

    def text(self, value: float) -> str:
        return axis_text(value, self.values[-1])


def _ends(scale: _Scale, actual: Series, plan: Series) -> tuple[Mark | None, Mark | None]:
    """The last actual point and the plan on its day, their words on opposite sides."""
    if not actual:
        return None, None
    day, value = actual[-1]
    planned = _value_on(plan, day)
    is_behind = planned is not None and planned > value
    x, y = scale.x(day), scale.y(value)
    # Words stand above to the left or below to the right, as far as the edges let them.
    left, right = ("end", -8) if x > 30 else ("start", 4), ("end", -8) if x > 75 else ("start", 10)
    end = Mark(x, y, format_number(value), *left, -24, short_date(day))
    if is_behind:
        end = replace(end, anchor=right[0], dx=right[1], dy=_drop(scale, x, y, actual, plan))
    if planned is None:
        return end, None
    words = gettext("plan %(plan)s") % {"plan": format_number(round(planned))}
    height = scale.y(planned)
    dy = -9 if is_behind else max(_drop(scale, x, height, actual, plan), 18)
    mark = Mark(x, height, words, *(left if is_behind else right), dy)
    if is_behind and left[0] == "start" and end.dy < 0:
        # At the very beginning both stand on the same side: the plan over the two other lines.
        mark = replace(mark, dy=min(-9, round(y + end.dy - 18 - mark.y)))
    return end, mark


def _drop(scale: _Scale, x: float, y: float, *curves: Series) -> int:
    """How far below its point the first line stands, clear of the curves and of the months.

    At the right edge words stand to the left of their point, where the curves come from.
    """
    room = scale.base - y
    if x > 75 and room > 70:
        return round(min(max(_lowest(scale, x, curves) - y, 0) + 18, room - 21))
    return 18 if room > 40 else -20


def _lowest(scale: _Scale, x: float, curves: Sequence[Series]) -> float:
    """How low the curves run where words that end at `x` would stand."""
    left = x - _WORDS
    day = scale.first + timedelta(days=scale.days * left / 100)
    values = [v for series in curves for known, v in series if left <= scale.x(known) <= x]
    entering = [_value_on(series, day) for series in curves]
    return max([0.0, *(scale.y(v) for v in (*values, *entering) if v is not None)])


def _value_on(series: Series, day: date) -> float | None:
    """The value of a series on a day, along the straight lines between its points."""
    place = bisect_right([known for known, _ in series], day)
    if place == 0:
        return None
    before, value = series[place - 1][0], float(series[place - 1][1])
    if place == len(series):
        return value
    after, next_value = series[place][0], float(series[place][1])
    return value + (next_value - value) * (day - before).days / (after - before).days


def _time_ticks(first: date, last: date) -> list[Tick]:
    """Years where there are many months, else months; never more than a desk can read."""
    scale, months = _Scale(first, last, [0], 0), list(each_month(first, last))
    if len(months) <= 30:
        return month_ticks([(scale.x(day), day) for day in _thinned(months, 10)])
    starts = [month for month in months if month.month == 1 and month >= first]
    return [
        Tick(scale.x(day), str(day.year), bool(n % 2)) for n, day in enumerate(_thinned(starts, 8))
    ]


def _thinned(days: Sequence[date], most: int) -> Sequence[date]:
    return days[:: -(-len(days) // most)]


def _burn_up_label(name: str, actual: Series, plan: Series, target: Number | None) -> str:
    words = [gettext("no data yet")]
    if actual:
        day, value = actual[-1]
        words = [f"{format_number(value)} ({short_date(day)})"]
        planned = _value_on(plan, day)
        if planned is not None:
            words.append(gettext("plan %(plan)s") % {"plan": format_number(round(planned))})
    if target is not None:
        words.append(gettext("target %(target)s") % {"target": format_number(target)})
    return f"{name}: {', '.join(words)}"
