"""Sessions from plan to closing, and back with a reason."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.training.world import FIRST_DAY, mark, user
from training.actions import (
    PeopleUnmarkedError,
    SessionPlan,
    cancel_session,
    change_session,
    close_session,
    close_sessions,
    mark_all_present,
    open_session,
    plan_sessions,
    reopen_session,
    restore_session,
)
from training.models import Attendance, AttendanceStatus, Enrolment, Session, SessionState

LATER = date(2026, 4, 1)


def plan(world, *plans):
    return plan_sessions(user=None, group=world.group, plans=plans)


def fresh(session):
    return Session.objects.get(pk=session.pk)


def tomorrow(session):
    Session.objects.filter(pk=session.pk).update(date=timezone.localdate() + timedelta(days=1))
    return fresh(session)


def test_a_timetable_is_planned_with_its_minutes(filled):
    sessions = plan(
        filled,
        SessionPlan(LATER, time(9), time(12), module=filled.everyone),
        SessionPlan(LATER, time(12), time(15, 30), 30),
    )
    assert [fresh(each).minutes for each in sessions] == [180, 180]


@pytest.mark.parametrize(
    "wrong",
    [
        SessionPlan(LATER, time(12), time(9)),
        SessionPlan(LATER, time(9), time(10), 60),
        SessionPlan(FIRST_DAY, time(15), time(17)),
    ],
)
def test_one_wrong_date_plans_nothing(filled, wrong):
    with pytest.raises(ValidationError) as caught:
        plan(filled, SessionPlan(LATER, time(17), time(18)), wrong)
    assert len(caught.value.messages) == 1
    assert caught.value.messages[0].startswith(f"{wrong.date:%d.%m.%Y.}: ")
    assert Session.objects.count() == 3


def test_two_dates_of_one_plan_may_not_overlap(filled):
    with pytest.raises(ValidationError):
        plan(
            filled,
            SessionPlan(LATER, time(9), time(12)),
            SessionPlan(LATER, time(11), time(13)),
        )


def test_a_module_of_another_programme_is_refused(filled):
    from tests.training.world import empty_world

    foreign = empty_world("kurzeme").everyone
    with pytest.raises(ValidationError):
        plan(filled, SessionPlan(LATER, time(9), time(12), module=foreign))


def test_a_session_opens_on_its_day_and_not_before(filled):
    assert open_session(user=None, session=filled.sessions[0]).state == SessionState.OPEN
    with pytest.raises(ValidationError):
        open_session(user=None, session=tomorrow(filled.sessions[1]))


def test_closing_names_those_without_a_mark(filled):
    mark(filled, 1, 0, "present")
    with pytest.raises(PeopleUnmarkedError) as caught:
        close_session(user=None, session=filled.sessions[0])
    names = [each.participant.list_name for each in caught.value.people]
    assert names == ["Andersone Ligita", "Ļaksa Ināra"]
    assert fresh(filled.sessions[0]).state == SessionState.OPEN


def test_closing_with_a_choice_marks_the_rest(filled):
    account = user("trainer@example.invalid")
    mark(filled, 1, 0, "present")
    session = close_session(user=account, session=filled.sessions[0], rest=AttendanceStatus.ABSENT)
    assert (session.state, session.closed_by) == (SessionState.CLOSED, account)
    marks = Attendance.objects.order_by("enrolment_id").values_list("status", flat=True)
    assert list(marks) == ["absent", "present", "absent"]


def test_closing_asks_only_for_those_concerned(filled):
    Session.objects.filter(pk=filled.sessions[0].pk).update(module=filled.care)
    mark(filled, 2, 0, "present")
    assert close_session(user=None, session=filled.sessions[0]).state == SessionState.CLOSED


def test_a_session_that_concerns_nobody_does_not_close(filled):
    Session.objects.filter(pk=filled.sessions[0].pk).update(module=filled.care)
    Enrolment.objects.update(job_category=filled.worker)
    with pytest.raises(ValidationError):
        close_session(user=None, session=filled.sessions[0])


def test_a_session_ahead_does_not_close(filled):
    with pytest.raises(ValidationError):
        close_session(user=None, session=tomorrow(filled.sessions[0]), rest=AttendanceStatus.ABSENT)


def test_closing_many_is_all_or_none(filled):
    mark_all_present(user=None, session=filled.sessions[0])
    with pytest.raises(PeopleUnmarkedError):
        close_sessions(user=None, sessions=filled.sessions)
    assert not Session.objects.held().exists()
    mark_all_present(user=None, session=filled.sessions[1])
    mark_all_present(user=None, session=filled.sessions[2])
    close_sessions(user=None, sessions=filled.sessions)
    assert Session.objects.held().count() == 3


def test_reopening_needs_a_reason_and_leaves_a_trace(filled):
    account = user("trainer@example.invalid")
    session = close_session(user=account, session=filled.sessions[0], rest=AttendanceStatus.PRESENT)
    with pytest.raises(ValidationError) as caught:
        reopen_session(user=account, session=session, reason="  ")
    assert list(caught.value.message_dict) == ["reason"]
    reopened = reopen_session(user=account, session=session, reason="Lapā bija cits paraksts")
    assert (reopened.state, reopened.closed_at, reopened.closed_by) == (
        SessionState.OPEN,
        None,
        None,
    )
    steps = session.changes.values_list("old_state", "new_state", "reason", "user")
    assert list(steps) == [
        ("planned", "open", "", account.pk),
        ("open", "closed", "", account.pk),
        ("closed", "open", "Lapā bija cits paraksts", account.pk),
    ]


def test_only_a_session_without_marks_is_cancelled(filled):
    mark(filled, 0, 0, "absent")
    with pytest.raises(ValidationError):
        cancel_session(user=None, session=filled.sessions[0])
    cancelled = cancel_session(user=None, session=filled.sessions[1], reason="Pasniedzējs slims")
    assert cancelled.state == SessionState.CANCELLED
    assert restore_session(user=None, session=cancelled).state == SessionState.PLANNED


@pytest.mark.parametrize("starts", [9, 10])
def test_a_cancelled_session_frees_its_time_and_does_not_return_upon_another(filled, starts):
    cancelled = cancel_session(user=None, session=filled.sessions[0])
    plan(filled, SessionPlan(FIRST_DAY, time(starts), time(11)))
    with pytest.raises(ValidationError) as caught:
        restore_session(user=None, session=cancelled)
    assert caught.value.messages == [
        f"{FIRST_DAY:%d.%m.%Y.}: grupai {starts:02}:00 ir cita nodarbība."
    ]
    assert fresh(cancelled).state == SessionState.CANCELLED


def test_a_longer_session_gives_the_present_more_minutes(filled):
    mark(filled, 0, 0, "present")
    mark(filled, 1, 0, "partial", 90)
    session = fresh(filled.sessions[0])
    session.ends = time(16, 30)
    change_session(user=None, session=session)
    minutes = Enrolment.objects.order_by("pk").values_list("minutes_attended", flat=True)
    assert list(minutes) == [420, 90, 0]


@pytest.mark.parametrize(
    "change",
    [
        {"ends": time(10, 0)},  # shorter than someone's own 90 minutes
        {"date": timezone.localdate() + timedelta(days=1)},
        {"date": FIRST_DAY - timedelta(days=1)},
        {"date": FIRST_DAY + timedelta(days=1)},  # upon the next session
    ],
)
def test_a_change_that_marks_contradict_is_refused(filled, change):
    mark(filled, 1, 0, "partial", 90)
    session = fresh(filled.sessions[0])
    for name, value in change.items():
        setattr(session, name, value)
    with pytest.raises(ValidationError):
        change_session(user=None, session=session)
    assert fresh(session).minutes == 360


def test_a_module_that_leaves_out_the_marked_is_refused(filled):
    mark(filled, 0, 0, "present")
    session = fresh(filled.sessions[0])
    session.module = filled.care
    with pytest.raises(ValidationError):
        change_session(user=None, session=session)


def test_a_closed_session_is_not_edited(filled):
    session = close_session(user=None, session=filled.sessions[0], rest=AttendanceStatus.PRESENT)
    session.topic = "Cita tēma"
    with pytest.raises(ValidationError):
        change_session(user=None, session=session)
    assert fresh(session).topic == ""
