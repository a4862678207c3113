"""Many type into one register at once: nothing is lost. Without the locks the same race is."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.sizes import either
from tests.training.world import FIRST_DAY, World, empty_world, fill, mark
from training.actions import (
    MarkCommand,
    Outcome,
    change_module,
    change_session,
    close_session,
    mark_all_present,
    open_session,
    record_marks,
    withdraw,
)
from training.measures import INVARIANTS
from training.models import Attendance, Enrolment, Mark, Session, SessionState

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

WRITING = ("INSERT", "UPDATE", "WITH")  # a batch of marks is one statement
THREADS, DAYS = either(6, 16), either(24, 90)


def at_once[Result](work: Callable[[int], Result], count: int, *, locks: bool = True) -> list[Any]:
    """Run ``work`` in ``count`` threads that begin together; with or without row locks."""
    gate = Barrier(count)

    def run(number: int) -> Result:
        connection.ensure_connection()
        # Django then sends the very same queries without FOR UPDATE, as on SQLite.
        connection.features.has_select_for_update = locks
        gate.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def differences() -> list[str]:
    return [line for invariant in INVARIANTS for line in invariant()]


def type_by_columns(world: World) -> None:
    """Each thread marks its own sessions, all of them the same people."""

    def work(number: int) -> None:
        for session in world.sessions[number::THREADS]:
            commands = [MarkCommand(each.pk, session.pk, "present") for each in world.enrolments]
            random.Random(session.pk).shuffle(commands)
            record_marks(user=None, commands=commands)

    at_once(work, THREADS)


def test_minutes_survive_many_writers() -> None:
    world = fill(empty_world(), people=4, days=DAYS)
    type_by_columns(world)
    assert list(Enrolment.objects.values_list("minutes_attended", flat=True)) == [DAYS * 360] * 4
    assert differences() == []


def met_before(statements: tuple[str, ...], *works: Callable[[], Any], locks: bool) -> list[Any]:
    """All at once; all have come to one of the statements before any goes on, unless locks forbid.

    Answers what each returned, or the ValidationError by which it was refused.
    """
    all_have_read = Barrier(len(works), timeout=1)

    def meet(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql.startswith(statements):
            with contextlib.suppress(BrokenBarrierError):
                all_have_read.wait()
        return execute(sql, *arguments)

    def work(number: int) -> Any:
        with connection.execute_wrapper(meet):
            try:
                return works[number]()
            except ValidationError as refused:
                return refused

    return at_once(work, len(works), locks=locks)


def two_columns_at_once(*, locks: bool) -> list[int]:
    """Two mark a day each; both have added up before either writes the sums."""
    world = fill(empty_world(), people=4, days=2)

    def column(session: Session) -> Callable[[], Any]:
        commands = [MarkCommand(each.pk, session.pk, "present") for each in world.enrolments]
        return lambda: record_marks(user=None, commands=commands)

    met_before(("WITH",), *map(column, world.sessions), locks=locks)
    return list(Enrolment.objects.values_list("minutes_attended", flat=True))


def test_two_columns_at_once_are_both_counted() -> None:
    assert two_columns_at_once(locks=True) == [720] * 4
    assert differences() == []


def test_minutes_are_lost_without_the_locks() -> None:
    assert two_columns_at_once(locks=False) == [360] * 4
    assert any("minutes kept" in line for line in differences())


def moved_while_leaving(*, locks: bool) -> list[Any]:
    """A session moves to a day after the one on which a person marked in it leaves."""
    world = fill(empty_world(), people=1, days=1)
    mark(world, 0, 0, "present")
    session = Session.objects.get()
    session.date = FIRST_DAY + timedelta(days=5)
    leaves = FIRST_DAY + timedelta(days=2)
    return met_before(
        WRITING,
        lambda: change_session(user=None, session=session),
        lambda: withdraw(user=None, enrolment=world.enrolments[0], on=leaves),
        locks=locks,
    )


def marked_while_narrowed(*, locks: bool) -> list[Any]:
    """A social worker is marked in a module that becomes one for carers only."""
    world = fill(empty_world(), people=2, days=1)
    open_session(user=None, session=world.sessions[0])
    command = MarkCommand(world.enrolments[0].pk, world.sessions[0].pk, "present")
    return met_before(
        WRITING,
        lambda: change_module(module=world.everyone, audience=[world.carer]),
        lambda: record_marks(user=None, commands=[command]),
        locks=locks,
    )


def moved_to_a_module_while_narrowed(*, locks: bool) -> list[Any]:
    """A session in which a social worker is marked gets a module that becomes one for carers."""
    world = fill(empty_world(), people=2, days=1)
    Session.objects.update(module=None)
    mark(world, 0, 0, "present")
    session = Session.objects.get()
    session.module = world.everyone
    return met_before(
        WRITING,
        lambda: change_module(module=world.everyone, audience=[world.carer]),
        lambda: change_session(user=None, session=session),
        locks=locks,
    )


CONTRADICTIONS = [moved_while_leaving, marked_while_narrowed, moved_to_a_module_while_narrowed]


@pytest.mark.parametrize("race", CONTRADICTIONS)
def test_of_two_changes_that_contradict_one_is_refused(race: Callable[..., list[Any]]) -> None:
    refused = [
        each
        for each in race(locks=True)
        if isinstance(each, ValidationError) or (isinstance(each, list) and each[0].why)
    ]
    assert len(refused) == 1
    assert differences() == []


@pytest.mark.parametrize("race", CONTRADICTIONS)
def test_a_mark_stands_where_none_may_without_the_locks(race: Callable[..., list[Any]]) -> None:
    race(locks=False)
    assert any("a mark where none may be" in line for line in differences())


def outcomes(answers: Sequence[Any]) -> list[str]:
    return sorted(answer.outcome for each in answers for answer in each)


def test_one_of_many_wins_a_cell_and_the_others_are_asked() -> None:
    world = fill(empty_world(), people=1, days=1)
    person, session = world.enrolments[0].pk, world.sessions[0].pk

    def work(number: int) -> Any:
        command = MarkCommand(person, session, "partial", minutes=number + 1)
        return record_marks(user=None, commands=[command])

    answers = at_once(work, THREADS)
    assert outcomes(answers) == [Outcome.CONFLICT] * (THREADS - 1) + [Outcome.STORED]
    assert Mark.objects.count() == 1
    assert differences() == []


def test_the_same_command_from_many_is_done_once() -> None:
    world = fill(empty_world(), people=1, days=1)
    command = MarkCommand(world.enrolments[0].pk, world.sessions[0].pk, "present")
    answers = at_once(lambda _: record_marks(user=None, commands=[command]), THREADS)
    assert outcomes(answers) == [Outcome.STORED] * THREADS
    assert Mark.objects.count() == 1


def test_no_mark_slips_in_behind_the_closing() -> None:
    world = fill(empty_world(), people=3, days=1)
    session = world.sessions[0]
    mark_all_present(user=None, session=session)

    def work(number: int) -> Any:
        if number == 0:
            return close_session(user=None, session=session)
        answers = []
        for base in range(1, 12):
            command = MarkCommand(
                world.enrolments[number % 3].pk, session.pk, "excused", None, base
            )
            answers += record_marks(user=None, commands=[command])
        return answers

    _closed, *answers = at_once(work, THREADS)
    stored = {
        each.command.id for some in answers for each in some if each.why == "" and each.by == ""
    }
    closed = Session.objects.get()
    assert closed.state == SessionState.CLOSED
    assert not Mark.objects.filter(at__gt=closed.closed_at).exists()
    assert set(Mark.objects.exclude(old_status="").values_list("pk", flat=True)) <= stored
    assert Attendance.objects.count() == 3
    assert differences() == []


def test_two_bulk_saves_in_opposite_order_both_end() -> None:
    world = fill(empty_world(), people=4, days=DAYS)
    cells = [(person.pk, day.pk) for person in world.enrolments for day in world.sessions]

    def work(number: int) -> Any:
        order = cells if number % 2 else list(reversed(cells))
        commands = [MarkCommand(person, day, "present") for person, day in order]
        return record_marks(user=None, commands=commands)

    answers = at_once(work, 4)
    assert set(outcomes(answers)) == {Outcome.STORED}
    assert Mark.objects.count() == len(cells)
    assert differences() == []
