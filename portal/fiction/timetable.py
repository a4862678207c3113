"""When an invented group meets: real weekdays without holidays, and how long each day is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

STARTS = time(9, 0)
LUNCH = 60
ENDS = {8: time(16, 0), 7: time(15, 15)}  # academic hours of 45 minutes between nine and the end
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18)}
EASTER = {
    2009: date(2009, 4, 12),
    2010: date(2010, 4, 4),
    2011: date(2011, 4, 24),
    2023: date(2023, 4, 9),
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
}


@dataclass(frozen=True)
class CourseModule:
    """A module as the timetable needs it: its code, its days, and whether it is for some only."""

    code: str
    days: int
    for_some: bool = False


@dataclass(frozen=True)
class Lesson:
    """One day of a course before it has a date."""

    module: str
    hours: int
    for_some: bool = False

    @property
    def minutes(self) -> int:
        return self.hours * 45


def course(modules: Sequence[CourseModule]) -> list[Lesson]:
    """The days of a course in their order, eight academic hours each.

    Every seventh day of a module, and its last, is an hour shorter: the test stands there.
    A module for some only comes last but one, so that all meet on the last day.
    """
    for_all = [each for each in modules if not each.for_some]
    in_order = [*for_all[:-1], *(each for each in modules if each.for_some), *for_all[-1:]]
    return [
        Lesson(each.code, 7 if day % 7 == 0 or day == each.days else 8, each.for_some)
        for each in in_order
        for day in range(1, each.days + 1)
    ]


def is_free(day: date) -> bool:
    """Weekends, public holidays, the days around Christmas and the heart of the summer."""
    easter = EASTER.get(day.year)
    moving = {easter - timedelta(2), easter + timedelta(1)} if easter else set()
    return (
        day.weekday() >= 5
        or (day.month, day.day) in FIXED_HOLIDAYS
        or day in moving
        or (day.month, day.day) >= (12, 21)
        or (day.month, day.day) <= (1, 5)
        or date(day.year, 7, 1) <= day <= date(day.year, 8, 15)
    )


def teaching_days(start: date, weekdays: Sequence[int]) -> Iterator[date]:
    """The days from ``start`` that fall on ``weekdays`` (Monday is 0) and are not free."""
    day = start
    while True:
        if day.weekday() in weekdays and not is_free(day):
            yield day
        day += timedelta(1)


def working_day_after(day: date, days: int) -> date:
    """The first working day that comes at least ``days`` after ``day``."""
    later = day + timedelta(days)
    while is_free(later):
        later += timedelta(1)
    return later
