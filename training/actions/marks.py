"""Marks in the register: every change of a cell is a command, judged and stored under lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.lib.trouble import again_after_giving_way
from projects.doors import Cell
from training.models import AttendanceStatus, Enrolment, Mark, Session

from .commands import CellState, MarkAnswer, MarkCommand, Outcome
from .locks import locked
from .sheet import Sheet, cleared_cells


@again_after_giving_way
@transaction.atomic
def record_marks(
    *,
    user: Any,
    commands: Sequence[MarkCommand],
    sessions: QuerySet[Session] | None = None,
    enrolments: QuerySet[Enrolment] | None = None,
    now: datetime | None = None,
) -> list[MarkAnswer]:
    """Carry out commands one by one and answer each: stored, conflict or refused.

    ``sessions`` and ``enrolments`` are those the user may write; a cell outside them is refused
    as if it did not exist. Stored marks, the log and the enrolments' minutes change together.
    """
    sheet = Sheet(
        commands,
        Session.objects.all() if sessions is None else sessions,
        Enrolment.objects.all() if enrolments is None else enrolments,
    )
    answers = [sheet.judge(command) for command in commands]
    sheet.write(user, now or timezone.now())
    return _name_others(answers)


@again_after_giving_way
@transaction.atomic
def mark_rest(
    *,
    user: Any,
    session: Session,
    status: AttendanceStatus,
    among: QuerySet[Enrolment] | None = None,
    now: datetime | None = None,
) -> list[MarkAnswer]:
    """Everyone concerned who has no mark yet (of ``among``, if given) gets the same one."""
    locked(Session.objects.filter(pk=session.pk))
    people: Any = Enrolment.objects.all() if among is None else among
    unmarked = people.unmarked_in(session).order_by("pk").values_list("pk", flat=True)
    cells = [Cell(pk, session.pk) for pk in unmarked]
    states = cleared_cells(cells)
    commands = [
        MarkCommand(
            cell.enrolment,
            cell.session,
            status.value,
            base_revision=states.get(cell, CellState()).revision,
        )
        for cell in cells
    ]
    return record_marks(user=user, commands=commands, now=now)


def mark_all_present(
    *,
    user: Any,
    session: Session,
    among: QuerySet[Enrolment] | None = None,
    now: datetime | None = None,
) -> list[MarkAnswer]:
    """Everyone concerned who has no mark yet becomes present; exceptions stay as they are."""
    status = AttendanceStatus.PRESENT
    return mark_rest(user=user, session=session, status=status, among=among, now=now)


def _name_others(answers: list[MarkAnswer]) -> list[MarkAnswer]:
    """Tell each conflict who set the value that stands there, and when."""
    cells = {each.command.cell for each in answers if each.outcome == Outcome.CONFLICT}
    if not cells:
        return answers
    marks = Mark.objects.filter(
        enrolment__in={cell.enrolment for cell in cells},
        session__in={cell.session for cell in cells},
    )
    last = {
        Cell(mark.enrolment_id, mark.session_id): mark
        for mark in marks.select_related("user").order_by("base_revision")
    }
    return [
        replace(each, by=str(mark.user or ""), at=mark.at)
        if each.outcome == Outcome.CONFLICT and (mark := last.get(each.command.cell))
        else each
        for each in answers
    ]
