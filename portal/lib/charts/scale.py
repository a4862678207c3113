"""Round ticks, and numbers as a drawing needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from portal.lib.calendar import month_short
from portal.lib.money import format_number

type Number = int | float | Decimal

# Room in pixels above the highest grid line, and below the lowest for the names of the axis.
TOP, BOTTOM = 12, 26


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands (percent across, pixels down) and what it says.

    An extra one is left out where there is little room. Under the first month of a year stands
    the `year`.
    """

    at: float
    text: str
    is_extra: bool = False
    year: str = ""


def month_ticks(places: Sequence[tuple[float, date]], *, keeps_last: bool = False) -> list[Tick]:
    """Months at their places, every second of them extra, the year where it begins.

    Where it begins no month is extra, so that the year stands there also where there is little
    room; with `keeps_last` neither is the last one.
    """
    years = [month.year for _, month in places]
    begins = [place == 0 or year != years[place - 1] for place, year in enumerate(years)]
    extra, since = [], 0
    for place, is_first in enumerate(begins):
        since = 0 if is_first else since + 1
        extra.append(since % 2 == 1 or any(begins[place + 1 : place + 2]))
    if keeps_last and extra:
        extra[-2:] = [True, False][-len(extra) :]
    ticks: list[Tick] = []
    said: set[int] = set()  # the years that stand also where there is little room
    for (at, month), is_first, is_extra in zip(places, begins, extra, strict=True):
        year = str(month.year) if is_first or not (is_extra or month.year in said) else ""
        said |= set() if is_extra else {month.year}
        ticks.append(Tick(at, month_short(month.month), is_extra, year))
    return ticks


def round_ticks(largest: Number) -> list[float]:
    """From 0 in at most four equal steps of 1, 2 or 5 times a power of ten past `largest`."""
    wanted = max(float(largest), 1) / 4
    power = 1.0
    while power * 10 <= wanted:
        power *= 10
    step = next(power * leap for leap in (1, 2, 5, 10) if power * leap >= wanted)
    count = -int(-max(float(largest), 1) // step)
    return [step * place for place in range(count + 1)]


def axis_text(value: float, largest: float) -> str:
    """The number beside a grid line; millions are said in a word, to fit."""
    if largest < 1_000_000:
        return format_number(Decimal(value))
    millions = format_number(Decimal(value) / 1_000_000)
    return gettext("%(count)s million") % {"count": millions} if value else "0"


def px(value: float) -> float:
    """Short enough for markup, fine enough for the eye."""
    return round(value, 2)


def percent_of(value: Number | None, whole: Number | None) -> Decimal | None:
    """`value` as percent of `whole`; None where a share says nothing."""
    if value is None or not whole:
        return None
    return Decimal(str(value)) * 100 / Decimal(str(whole))


def within(percent: Decimal | None) -> float | None:
    """A percentage cut to what a bar can show, 0–100."""
    return None if percent is None else px(float(min(max(percent, Decimal(0)), Decimal(100))))
