"""When an event is near or past, and what is left of a print run."""

from datetime import date

import pytest

from network.rules import is_over, is_soon, stock
from portal.lib.calendar import Period

TODAY = date(2026, 11, 21)


def period(start=None, end=None, precision="day"):
    return Period(start, precision, end, precision)


@pytest.mark.parametrize(
    ("when", "soon", "over"),
    [
        (period(), False, False),
        (period(date(2026, 11, 21)), True, False),
        (period(date(2026, 12, 5)), True, False),
        (period(date(2026, 12, 6)), False, False),
        (period(date(2026, 11, 20)), False, True),
        (period(date(2026, 11, 19), date(2026, 11, 21)), True, False),
        (period(date(2026, 11, 19), date(2026, 11, 20)), False, True),
        (period(date(2026, 11, 1), precision="month"), True, False),
        (period(date(2026, 10, 1), date(2026, 10, 31), "month"), False, True),
        (period(date(2026, 1, 1), precision="year"), True, False),
        (period(date(2025, 1, 1), precision="year"), False, True),
    ],
)
def test_event_is_near_or_past_as_exactly_as_its_date_is_known(when, soon, over):
    assert (is_soon(when, TODAY), is_over(when, TODAY)) == (soon, over)


@pytest.mark.parametrize(
    ("printed", "delivered", "left"), [(None, 5, None), (0, 0, 0), (100, 30, 70), (10, 12, -2)]
)
def test_stock_is_unknown_until_somebody_says_how_many_were_printed(printed, delivered, left):
    assert stock(printed, delivered) == left
