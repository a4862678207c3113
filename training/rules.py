"""The rules of time: minutes met and planned, what can still be reached. Values in, value out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttendanceStatus(models.TextChoices):
    """What a mark says. A person without a mark is not marked, which is none of these."""

    PRESENT = "present", _("present")
    PARTIAL = "partial", _("partly present")
    ONLINE = "online", _("online")
    ABSENT = "absent", _("absent")
    EXCUSED = "excused", _("excused")


STATUSES = frozenset(AttendanceStatus.values)
NOT_MET = frozenset({AttendanceStatus.ABSENT.value, AttendanceStatus.EXCUSED.value})
_PARTIAL = AttendanceStatus.PARTIAL.value  # a word: asked of every cell


def contact_minutes(starts: time, ends: time, break_minutes: int) -> int:
    """Minutes between the two times of one day less the breaks; 0 or less means no session."""
    return (ends.hour * 60 + ends.minute) - (starts.hour * 60 + starts.minute) - break_minutes


HALF_A_DAY = 240


def halves(minutes: int) -> int:
    """How often people sign a session: once, or once each half-day when it is longer than 4 hours."""
    return 1 if minutes <= HALF_A_DAY else 2


def concerns(audience: Collection[int], job_category: int | None) -> bool:
    """Whether a module meant for ``audience`` (ids; empty: everyone) concerns this job category."""
    return not audience or job_category in audience


def belongs_on(day: date, since: date, until: date | None) -> bool:
    """Whether someone in the group from ``since`` to ``until`` (included) is in it on ``day``."""
    return since <= day and (until is None or day <= until)


def minutes_met(status: str, own_minutes: int | None, session_minutes: int) -> int:
    """Minutes a mark is worth: the own ones if given, else the whole session, else nothing."""
    if not status or status in NOT_MET:
        return 0
    return session_minutes if own_minutes is None else own_minutes


def tidy_mark(status: str, minutes: int | None, session_minutes: int) -> tuple[str, int | None]:
    """The one way to write a mark: a partial one of full length is "present", of 0 "absent".

    Raises ValueError for an unknown mark, a partial one without minutes, or more minutes than
    the session has. ``""`` clears the cell.
    """
    if status == "":
        return "", None
    if status not in STATUSES:
        raise ValueError(status)
    if status != _PARTIAL:
        return status, None
    if minutes is None or not 0 <= minutes <= session_minutes:
        raise ValueError(minutes)
    if minutes == session_minutes:
        return AttendanceStatus.PRESENT.value, None
    return (status, minutes) if minutes else (AttendanceStatus.ABSENT.value, None)


class Standing(StrEnum):
    """Where a person stands against the threshold; the names are those of the state badges."""

    REACHED = "reached"
    CAN_REACH = "can_reach"
    AT_RISK = "at_risk"
    OUT_OF_REACH = "out_of_reach"


def share_in_percent(part: int, whole: int) -> float | None:
    """Cut to one decimal and not rounded: 79,96 % must not read as the 80 % it is short of."""
    return 1000 * part // whole / 10 if whole else None


@dataclass(frozen=True)
class Progress:
    """A person's way through the sessions that concern him, in minutes.

    ``planned`` all sessions not cancelled, ``marked`` those with a mark, ``attended`` the minutes
    met, ``threshold`` the share in percent that earns the certificate. ``gone`` are unmarked
    sessions that nobody will mark any more: held before the person came or after he left.
    ``longest_left`` is the longest session still to come.
    """

    planned: int
    marked: int
    attended: int
    threshold: int
    gone: int = 0
    longest_left: int = 0

    @property
    def percent(self) -> float | None:
        """Attended of all planned, 0–100; None where nothing is planned."""
        return share_in_percent(self.attended, self.planned)

    @property
    def percent_of_marked(self) -> float | None:
        """Attended of what was marked so far."""
        return share_in_percent(self.attended, self.marked)

    @property
    def reachable(self) -> int:
        """The most minutes still possible: every session not yet marked counts as met."""
        return self.attended + self.planned - self.marked - self.gone

    @property
    def reachable_percent(self) -> float | None:
        """The highest share still possible."""
        return share_in_percent(self.reachable, self.planned)

    @property
    def is_reached(self) -> bool:
        return bool(self.planned) and self.attended * 100 >= self.planned * self.threshold

    @property
    def is_lost(self) -> bool:
        """The threshold can no longer be reached, whatever comes."""
        return self.reachable * 100 < self.planned * self.threshold

    @property
    def is_at_risk(self) -> bool:
        """Missing one more session would put the threshold out of reach."""
        left = self.reachable - self.longest_left
        return bool(self.longest_left) and left * 100 < self.planned * self.threshold

    @property
    def standing(self) -> Standing | None:
        """One word for the badge; None while nothing is planned."""
        if not self.planned:
            return None
        if self.is_reached:
            return Standing.REACHED
        if self.is_lost:
            return Standing.OUT_OF_REACH
        return Standing.AT_RISK if self.is_at_risk else Standing.CAN_REACH


class Meeting(NamedTuple):
    """A session as one person meets it: its length, his mark, and whether one can still come."""

    minutes: int
    status: str = ""
    own_minutes: int | None = None
    is_gone: bool = False


def progress_through(meetings: Iterable[Meeting], threshold: int) -> Progress:
    """Add up the sessions that concern one person."""
    planned = marked = attended = gone = longest_left = 0
    for meeting in meetings:
        planned += meeting.minutes
        if meeting.status:
            marked += meeting.minutes
            attended += minutes_met(meeting.status, meeting.own_minutes, meeting.minutes)
        elif meeting.is_gone:
            gone += meeting.minutes
        else:
            longest_left = max(longest_left, meeting.minutes)
    return Progress(planned, marked, attended, threshold, gone, longest_left)


def overlap(starts: time, ends: time, other_starts: time, other_ends: time) -> bool:
    """Whether two meetings of one day share a minute; one may begin when the other ends."""
    return starts < other_ends and other_starts < ends


def series(first: date, weekdays: Collection[int], count: int) -> list[date]:
    """``count`` dates from ``first`` on, on these weekdays (0 = Monday); without any, on its own.

    >>> [f"{day:%d.%m.}" for day in series(date(2026, 9, 7), {0, 2}, 3)]
    ['07.09.', '09.09.', '14.09.']
    """
    wanted = set(weekdays) or {first.weekday()}
    days: list[date] = []
    day = first
    while len(days) < count:
        if day.weekday() in wanted:
            days.append(day)
        day += timedelta(days=1)
    return days


def spread[M](modules: Sequence[tuple[M, int]], count: int, done: int = 0) -> list[M | None]:
    """Which module each of ``count`` meetings teaches, when they follow one another by their days.

    ``modules`` are (module, days) in teaching order; ``done`` meetings were planned before.
    Meetings beyond the last day have no module.
    """
    order: list[M | None] = [module for module, days in modules for _day in range(days)]
    rest = order[done : done + count]
    return rest + [None] * (count - len(rest))
