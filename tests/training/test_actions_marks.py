"""Marks as commands: stored, conflict, refused; once each; minutes always in step."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from projects import doors
from projects.doors import Refusal
from tests.training.world import FIRST_DAY, empty_world, fill, mark, user
from training.actions import (
    MarkCommand,
    Outcome,
    close_session,
    mark_all_present,
    record_marks,
    reopen_session,
)
from training.models import Attendance, Enrolment, Mark, Module, Session, SessionState


def command(world, status, base=0, person=0, session=0, **more):
    return MarkCommand(
        world.enrolments[person].pk,
        world.sessions[session].pk,
        status,
        base_revision=base,
        **more,
    )


def send(*commands, **more):
    return record_marks(user=None, commands=commands, **more)


def minutes(world, person=0):
    return Enrolment.objects.get(pk=world.enrolments[person].pk).minutes_attended


def test_a_mark_is_stored_logged_and_counted_together(filled):
    answer = mark(filled, 0, 0, "present")
    assert (answer.outcome, answer.status, answer.revision) == (Outcome.STORED, "present", 1)
    assert minutes(filled) == 360
    log = Mark.objects.get()
    assert (log.old_status, log.new_status, log.base_revision) == ("", "present", 0)


def test_marking_opens_a_session_whose_day_has_come(filled):
    mark(filled, 0, 0, "present")
    session = Session.objects.get(pk=filled.sessions[0].pk)
    assert session.state == SessionState.OPEN
    assert list(session.changes.values_list("old_state", "new_state")) == [("planned", "open")]


def test_minutes_follow_every_change_of_the_cell(filled):
    seen = []
    for base, (status, own) in enumerate(
        [("present", None), ("partial", 90), ("absent", None), ("", None), ("online", None)]
    ):
        send(command(filled, status, base, minutes=own))
        seen.append(minutes(filled))
    assert seen == [360, 90, 0, 0, 360]
    assert list(Mark.objects.order_by("base_revision").values_list("base_revision", flat=True)) == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_the_same_command_twice_is_done_once_and_answered_alike(filled):
    once = command(filled, "partial", minutes=90)
    first, second = send(once), send(once)
    assert first == second
    assert Mark.objects.count() == 1


def test_a_number_used_for_another_mark_is_refused(filled):
    used = uuid.uuid4()
    send(command(filled, "present", id=used))
    answers = [
        send(command(filled, "absent", 1, id=used))[0],
        send(command(filled, "present", person=1, id=used))[0],
    ]
    assert [each.outcome for each in answers] == [Outcome.REFUSED, Outcome.REFUSED]
    assert Mark.objects.count() == 1


def test_an_older_base_is_a_conflict_that_names_the_other(filled):
    other = user("other@example.invalid", first_name="Māris", last_name="Ozoliņš")
    at = timezone.now()
    record_marks(user=other, commands=[command(filled, "absent")], now=at)
    (answer,) = send(command(filled, "present"))
    assert (answer.outcome, answer.status, answer.revision) == (Outcome.CONFLICT, "absent", 1)
    assert (answer.by, answer.at) == ("Māris Ozoliņš", at)
    assert minutes(filled) == 0


def test_two_who_say_the_same_are_not_asked(filled):
    mark(filled, 0, 0, "present")
    (answer,) = send(command(filled, "present"))
    assert (answer.outcome, answer.revision) == (Outcome.STORED, 1)
    assert Mark.objects.count() == 1


def test_a_cleared_cell_still_knows_that_it_changed(filled):
    mark(filled, 0, 0, "present")
    send(command(filled, "", 1))
    late, fresh = send(command(filled, "absent", 0), command(filled, "absent", 2))
    assert (late.outcome, late.status, late.revision) == (Outcome.CONFLICT, "", 2)
    assert (fresh.outcome, fresh.revision) == (Outcome.STORED, 3)


def test_commands_of_one_batch_see_each_other(filled):
    answers = send(command(filled, "present"), command(filled, "excused", 1))
    assert [each.outcome for each in answers] == [Outcome.STORED, Outcome.STORED]
    assert Attendance.objects.get().status == "excused"


def test_a_closed_session_refuses_every_mark(filled):
    mark_all_present(user=None, session=filled.sessions[0])
    close_session(user=None, session=filled.sessions[0])
    (answer,) = send(command(filled, "absent", 1))
    assert answer.outcome == Outcome.REFUSED
    with translation.override("en"):
        assert str(answer.why) == "The session is closed."
    assert minutes(filled) == 360


def test_a_correction_after_reopening_carries_the_reason(filled):
    mark_all_present(user=None, session=filled.sessions[0])
    close_session(user=None, session=filled.sessions[0])
    reopen_session(user=None, session=filled.sessions[0], reason="Kļūda lapā")
    send(command(filled, "absent", 1))
    corrected = Mark.objects.get(base_revision=1)
    assert (corrected.old_status, corrected.new_status) == ("present", "absent")
    assert corrected.reason == "Kļūda lapā"


def test_a_session_ahead_and_a_cancelled_one_refuse(filled):
    ahead, cancelled = filled.sessions[:2]
    Session.objects.filter(pk=ahead.pk).update(date=timezone.localdate() + timedelta(days=1))
    Session.objects.filter(pk=cancelled.pk).update(state=SessionState.CANCELLED)
    answers = send(command(filled, "present"), command(filled, "present", session=1))
    assert [each.outcome for each in answers] == [Outcome.REFUSED, Outcome.REFUSED]
    assert not Attendance.objects.exists()


def test_a_module_for_others_refuses_and_takes_its_own(filled):
    Session.objects.filter(pk=filled.sessions[0].pk).update(module=filled.care)
    worker, carer = send(command(filled, "present"), command(filled, "present", person=2))
    assert (worker.outcome, carer.outcome) == (Outcome.REFUSED, Outcome.STORED)


def test_nobody_is_marked_before_coming_or_after_leaving(filled):
    Enrolment.objects.filter(pk=filled.enrolments[0].pk).update(since=FIRST_DAY + timedelta(1))
    Enrolment.objects.filter(pk=filled.enrolments[1].pk).update(until=FIRST_DAY)
    early, ok, late = send(
        command(filled, "present"),
        command(filled, "present", person=1),
        command(filled, "present", person=1, session=1),
    )
    assert [early.outcome, ok.outcome, late.outcome] == [
        Outcome.REFUSED,
        Outcome.STORED,
        Outcome.REFUSED,
    ]


def test_cells_out_of_reach_are_refused_like_absent_ones(filled):
    other = fill(empty_world("kurzeme"), people=1, days=1)
    mixed = MarkCommand(filled.enrolments[0].pk, other.sessions[0].pk, "present")
    absent = MarkCommand(0, 0, "present")
    answers = send(mixed, absent)
    fenced = record_marks(
        user=None,
        commands=[command(filled, "present")],
        enrolments=Enrolment.objects.filter(group=other.group),
    )
    assert {(each.outcome, str(each.why)) for each in [*answers, *fenced]} == {
        (Outcome.REFUSED, str(answers[0].why))
    }
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("status", "own", "comment"),
    [
        ("partial", 361, None),
        ("partial", None, None),
        ("here", None, None),
        ("absent", None, "x" * 301),
        ("absent", None, "a\x00b"),
    ],
)
def test_a_value_that_cannot_stand_is_refused(filled, status, own, comment):
    (answer,) = send(command(filled, status, minutes=own, comment=comment))
    assert answer.outcome == Outcome.REFUSED
    assert answer.why
    assert not Mark.objects.exists()


def test_a_comment_stays_with_its_mark(filled):
    send(command(filled, "excused", comment="slimības lapa"))
    send(command(filled, "excused", 1))
    assert Attendance.objects.get().comment == "slimības lapa"
    send(command(filled, "present", 1))
    assert Attendance.objects.get().comment == ""


def test_a_guard_at_the_door_can_refuse_a_cell(filled):
    locked = filled.enrolments[0].pk

    def guard(cells):
        return [Refusal(cell, "certified") for cell in cells if cell.enrolment == locked]

    doors.mark_guards.append(guard)
    try:
        first, second = send(command(filled, "absent"), command(filled, "absent", person=1))
    finally:
        doors.mark_guards.remove(guard)
    assert (first.outcome, str(first.why)) == (Outcome.REFUSED, "certified")
    assert second.outcome == Outcome.STORED


def test_all_present_leaves_the_exceptions(filled):
    mark(filled, 1, 0, "excused")
    answers = mark_all_present(user=None, session=filled.sessions[0])
    assert len(answers) == 2
    marks = Attendance.objects.order_by("enrolment_id").values_list("status", flat=True)
    assert list(marks) == ["present", "excused", "present"]


def test_all_present_marks_only_those_concerned(filled):
    Session.objects.filter(pk=filled.sessions[0].pk).update(module=filled.care)
    session = Session.objects.get(pk=filled.sessions[0].pk)
    (answer,) = mark_all_present(user=None, session=session)
    assert answer.command.enrolment == filled.enrolments[2].pk


def test_all_present_after_clearing_does_not_conflict_with_itself(filled):
    mark(filled, 0, 0, "absent")
    send(command(filled, "", 1))
    answers = mark_all_present(user=None, session=filled.sessions[0])
    assert {each.outcome for each in answers} == {Outcome.STORED}


def test_a_whole_timetable_of_marks_takes_few_queries(filled, django_assert_max_num_queries):
    commands = [
        command(filled, "present", person=person, session=session)
        for person in range(3)
        for session in range(3)
    ]
    with django_assert_max_num_queries(18):
        answers = send(*commands)
    assert {each.outcome for each in answers} == {Outcome.STORED}
    assert minutes(filled, 2) == 3 * 360
    assert Module.objects.count() == 2
