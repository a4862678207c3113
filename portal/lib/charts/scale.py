"""Round ticks, and numbers as a drawing needs them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from portal.lib.money import format_number

type Number = int | float | Decimal

# Room in pixels above the highest grid line, and below the lowest for the names of the axis.
TOP, BOTTOM = 12, 26


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands (percent across, pixels down) and what it says.

    An extra one is left out where there is little room.
    """

    at: float
    text: str
    is_extra: bool = False


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
