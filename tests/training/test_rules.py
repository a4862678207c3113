"""The rules of time, as tables."""

from datetime import date, time

import pytest

from training.rules import (
    Meeting,
    Progress,
    Standing,
    belongs_on,
    concerns,
    contact_minutes,
    minutes_met,
    overlap,
    progress_through,
    series,
    spread,
    tidy_mark,
)

DAY = 360  # 8 academic hours


@pytest.mark.parametrize(
    ("starts", "ends", "breaks", "expected"),
    [
        (time(9), time(16), 60, 360),
        (time(9), time(9, 45), 0, 45),
        (time(9), time(9), 0, 0),
        (time(10), time(9), 0, -60),
        (time(9), time(10), 90, -30),
    ],
)
def test_contact_minutes_leave_out_the_breaks(starts, ends, breaks, expected):
    assert contact_minutes(starts, ends, breaks) == expected


@pytest.mark.parametrize(
    ("audience", "category", "expected"),
    [((), None, True), ((), 1, True), ({1, 2}, 2, True), ({1, 2}, 3, False), ({1}, None, False)],
)
def test_a_module_concerns_everyone_or_its_audience(audience, category, expected):
    assert concerns(audience, category) is expected


@pytest.mark.parametrize(
    ("day", "until", "expected"),
    [
        (date(2026, 3, 1), None, False),
        (date(2026, 3, 2), None, True),
        (date(2026, 9, 1), None, True),
        (date(2026, 4, 1), date(2026, 4, 1), True),
        (date(2026, 4, 2), date(2026, 4, 1), False),
    ],
)
def test_first_and_last_day_belong_to_the_group(day, until, expected):
    assert belongs_on(day, date(2026, 3, 2), until) is expected


@pytest.mark.parametrize(
    ("status", "own", "expected"),
    [
        ("present", None, 360),
        ("online", None, 360),
        ("partial", 270, 270),
        ("absent", None, 0),
        ("excused", None, 0),
        ("", None, 0),
    ],
)
def test_a_mark_is_worth_its_minutes(status, own, expected):
    assert minutes_met(status, own, DAY) == expected


@pytest.mark.parametrize(
    ("status", "minutes", "expected"),
    [
        ("present", None, ("present", None)),
        ("present", 100, ("present", None)),
        ("partial", 270, ("partial", 270)),
        ("partial", DAY, ("present", None)),
        ("partial", 0, ("absent", None)),
        ("excused", 5, ("excused", None)),
        ("", 5, ("", None)),
    ],
)
def test_marks_are_written_one_way(status, minutes, expected):
    assert tidy_mark(status, minutes, DAY) == expected


@pytest.mark.parametrize(
    ("status", "minutes"),
    [("partial", None), ("partial", 361), ("partial", -1), ("here", None), ("PRESENT", None)],
)
def test_no_mark_exceeds_its_session(status, minutes):
    with pytest.raises(ValueError):
        tidy_mark(status, minutes, DAY)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        # present, absent, excused, not marked; of ten days of eight hours at 80 %
        ((8, 0, 0, 2), Standing.REACHED),
        ((7, 0, 0, 3), Standing.CAN_REACH),
        ((5, 1, 0, 4), Standing.CAN_REACH),
        ((5, 2, 0, 3), Standing.AT_RISK),
        ((5, 1, 1, 3), Standing.AT_RISK),
        ((5, 2, 1, 2), Standing.OUT_OF_REACH),
        ((7, 3, 0, 0), Standing.OUT_OF_REACH),
        ((0, 0, 0, 10), Standing.CAN_REACH),
    ],
)
def test_standing_follows_what_is_still_possible(marks, expected):
    present, absent, excused, open_days = marks
    meetings = [
        *[Meeting(DAY, "present")] * present,
        *[Meeting(DAY, "absent")] * absent,
        *[Meeting(DAY, "excused")] * excused,
        *[Meeting(DAY)] * open_days,
    ]
    assert progress_through(meetings, 80).standing is expected


def test_progress_adds_up_partial_marks_and_what_is_gone():
    meetings = [
        Meeting(DAY, "present"),
        Meeting(DAY, "partial", 90),
        Meeting(DAY, "excused"),
        Meeting(DAY, is_gone=True),
        Meeting(270),
    ]
    progress = progress_through(meetings, 80)
    assert progress == Progress(
        planned=4 * DAY + 270,
        marked=3 * DAY,
        attended=450,
        threshold=80,
        gone=DAY,
        longest_left=270,
    )
    assert progress.reachable == 450 + 270
    assert progress.percent_of_marked == 41.6  # cut: 41.67 is short of 41.7


def test_nothing_planned_is_neither_reached_nor_lost():
    progress = progress_through([], 80)
    assert (progress.percent, progress.standing, progress.is_reached) == (None, None, False)


def test_the_threshold_itself_is_enough():
    assert Progress(1000, 1000, 800, 80).is_reached
    assert not Progress(1000, 1000, 799, 80).is_reached


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ((time(8), time(9)), False),
        ((time(8), time(9, 1)), True),
        ((time(10), time(11)), True),
        ((time(16), time(17)), False),
        ((time(8), time(17)), True),
    ],
)
def test_one_session_may_begin_when_another_ends(other, expected):
    assert overlap(time(9), time(16), *other) is expected


def test_series_runs_through_the_chosen_weekdays():
    days = series(date(2026, 9, 8), {0, 2}, 3)  # a Tuesday: Monday and Wednesday are wanted
    assert days == [date(2026, 9, 9), date(2026, 9, 14), date(2026, 9, 16)]


def test_series_without_weekdays_keeps_the_first_days_own():
    assert series(date(2026, 9, 8), set(), 2) == [date(2026, 9, 8), date(2026, 9, 15)]


def test_modules_follow_one_another_by_their_days():
    assert spread([("law", 2), ("care", 1)], 4) == ["law", "law", "care", None]
    assert spread([("law", 2), ("care", 1)], 2, done=1) == ["law", "care"]
