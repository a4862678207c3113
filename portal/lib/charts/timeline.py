"""Projects on one line of years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from portal.lib.calendar import Period, end_after, short_date, short_period
from portal.lib.charts.scale import Tick, px


@dataclass(frozen=True)
class Span:
    """A project on a time line; `months` reckons the end where only a duration is stated."""

    period: Period
    months: int | None = None
    is_running: bool = False


@dataclass(frozen=True)
class TimelineRow:
    """The bar of one project (percent of the axis; None if no start is stated) and its words."""

    left: float | None
    width: float
    text: str
    text_x: float
    anchor: str
    is_running: bool


@dataclass(frozen=True)
class Timeline:
    """Projects on one axis of years; the rows stand in the order of the spans."""

    ticks: list[Tick]
    rows: list[TimelineRow]


def timeline(spans: Iterable[Span]) -> Timeline:
    """One axis from the first project's year to the last's; an end not stated is drawn as a dot."""
    limits = [(span, *_limits(span)) for span in spans]
    days = [day for _, first, last in limits for day in (first, last) if day]
    if not days:
        return Timeline([], [_timeline_row(span, None, None, (0, 1)) for span, _, _ in limits])
    axis = (date(min(days).year, 1, 1).toordinal(), date(max(days).year, 12, 31).toordinal())
    years = range(min(days).year, max(days).year + 1)
    step = next(step for step in (1, 2, 5, 10, 25, 100, 10_000) if len(years) / step <= 6)
    ticks = [
        Tick(px((date(year, 1, 1).toordinal() - axis[0]) * 100 / (axis[1] - axis[0])), str(year))
        for year in years
        if year % step == 0
    ]
    return Timeline(ticks, [_timeline_row(span, first, last, axis) for span, first, last in limits])


def _limits(span: Span) -> tuple[date | None, date | None]:
    """The first and last day of a span, the end reckoned from its duration where it must be."""
    first, last = span.period.first_day, span.period.last_day
    if first and not last and span.months:
        last = end_after(first, span.months)
    return first, last


def _timeline_row(
    span: Span, first: date | None, last: date | None, axis: tuple[int, int]
) -> TimelineRow:
    text = short_period(span.period, narrow=True) or gettext("not stated")
    if span.months and span.period.start and not span.period.end:
        start = short_date(span.period.start, span.period.start_precision, narrow=True)
        months = ngettext("%(count)s month", "%(count)s months", span.months)
        text = f"{start}, {months % {'count': span.months}}"
    if first is None:
        return TimelineRow(None, 0, text, 0, "start", span.is_running)
    share = 100 / (axis[1] - axis[0])
    left = px((first.toordinal() - axis[0]) * share)
    # Never so short that it cannot be seen.
    width = max(2.5, px(((last or first) - first).days * share))
    is_late = left + width / 2 > 50
    text_x, anchor = (min(left + width, 100), "end") if is_late else (left, "start")
    return TimelineRow(left, width, text, px(text_x), anchor, span.is_running)
