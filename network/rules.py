"""The rules of events and stock: values in, value out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from portal.lib.calendar import Period

# How far ahead "Today" looks.
SOON = timedelta(days=14)


def whole(period: Period) -> Period:
    """An event without an end is over when its start can no longer be."""
    if period.end:
        return period
    return replace(period, end=period.start, end_precision=period.start_precision)


def is_soon(period: Period, today: date) -> bool:
    """Whether an event begins within two weeks, or goes on now."""
    first, last = period.first_day, whole(period).last_day
    return first is not None and last is not None and first <= today + SOON and last >= today


def is_over(period: Period, today: date) -> bool:
    """Whether the last day an event can have had is past; unknown for one without dates."""
    last = whole(period).last_day
    return last is not None and last < today


def stock(printed: int | None, delivered: int) -> int | None:
    """Copies still there; None while nobody has said how many were printed."""
    return None if printed is None else printed - delivered
