"""The cells some commands touch, held under lock while they are judged and written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from projects.doors import Cell, Refusal
from training.models import (
    Attendance,
    Enrolment,
    Mark,
    Module,
    Session,
    SessionChange,
    SessionState,
)
from training.rules import belongs_on, concerns, tidy_mark

from .commands import CellState, MarkAnswer, MarkCommand, Outcome
from .guards import refusals
from .locks import CHUNK, change_states, locked, recount_minutes

COMMENT = Attendance._meta.get_field("comment")


class Sheet:
    """Loaded once, then asked command by command, then written once."""

    def __init__(
        self,
        commands: Sequence[MarkCommand],
        sessions: QuerySet[Session],
        enrolments: QuerySet[Enrolment],
    ) -> None:
        self.sessions = locked(sessions.filter(pk__in={each.session for each in commands}))
        self.enrolments = locked(enrolments.filter(pk__in={each.enrolment for each in commands}))
        self.audiences = _audiences(self.sessions.values())
        marks = Attendance.objects.filter(session__in=self.sessions, enrolment__in=self.enrolments)
        self.rows = {Cell(row.enrolment_id, row.session_id): row for row in marks}
        self.known = Mark.objects.in_bulk([each.id for each in commands])
        fresh = [each.cell for each in commands if each.id not in self.known]
        self.states = cleared_cells(fresh) | {
            cell: CellState(row.status, row.minutes, row.revision, row.comment)
            for cell, row in self.rows.items()
        }
        self.refusals = refusals(fresh)
        self.log: list[Mark] = []

    def judge(self, command: MarkCommand) -> MarkAnswer:
        """Decide on one command, seeing what the earlier ones did; nothing is written yet."""
        if before := self.known.get(command.id):
            return self._again(command, before)
        if refusal := self._refusal(command):
            return self._answer(command, Outcome.REFUSED, refusal)
        state = self.states.get(command.cell, CellState())
        try:
            wanted = self._wanted(command, state)
        except ValidationError as error:
            return self._answer(command, Outcome.REFUSED, Refusal(command.cell, error.messages[0]))
        if state.says_the_same(wanted):
            return self._answer(command, Outcome.STORED)
        if command.base_revision != state.revision:
            return self._answer(command, Outcome.CONFLICT)
        self._change(command, state, wanted)
        return self._answer(command, Outcome.STORED)

    def write(self, user: Any, now: datetime) -> None:
        """Write cells, log and minutes; a planned session opens with its first mark."""
        if not self.log:
            return
        reasons = self._reasons()
        for mark in self.log:
            mark.user, mark.at, mark.reason = user, now, reasons.get(mark.session_id, "")
        self._write_cells(sorted({(mark.session_id, mark.enrolment_id) for mark in self.log}))
        Mark.objects.bulk_create(self.log, batch_size=CHUNK)
        recount_minutes(self.enrolments[pk] for pk in {mark.enrolment_id for mark in self.log})
        marked = [self.sessions[pk] for pk in sorted({mark.session_id for mark in self.log})]
        planned = [session for session in marked if session.state == SessionState.PLANNED]
        change_states(planned, SessionState.OPEN, user=user, now=now)

    def _again(self, command: MarkCommand, before: Mark) -> MarkAnswer:
        """The same command once more gets the same answer; another one under its id does not."""
        if not self._is_repeated(command, before):
            refusal = Refusal(command.cell, _("This number was used for another mark."))
            return self._answer(command, Outcome.REFUSED, refusal)
        return MarkAnswer(
            command,
            Outcome.STORED,
            before.new_status,
            before.new_minutes,
            before.base_revision + 1,
            before.comment,
        )

    def _is_repeated(self, command: MarkCommand, before: Mark) -> bool:
        if (before.enrolment_id, before.session_id) != (command.enrolment, command.session):
            return False
        if command.session not in self.sessions or command.enrolment not in self.enrolments:
            return False
        try:
            wanted = self._wanted(command, CellState())
        except ValidationError:
            return False
        if command.comment is not None and wanted.comment != before.comment:
            return False
        return (wanted.status, wanted.minutes) == (before.new_status, before.new_minutes)

    def _refusal(self, command: MarkCommand) -> Refusal | None:
        session = self.sessions.get(command.session)
        enrolment = self.enrolments.get(command.enrolment)
        if session is None or enrolment is None or session.group_id != enrolment.group_id:
            return Refusal(command.cell, _("This person or session is not in your register."))
        if refusal := _closed_to_marks(command.cell, session):
            return refusal
        if not belongs_on(session.date, enrolment.since, enrolment.until):
            return Refusal(command.cell, _("The person was not in the group on that day."))
        audience = self.audiences.get(session.module_id or 0, set())
        if not concerns(audience, enrolment.job_category_id):
            return Refusal(command.cell, _("This module does not concern the person."))
        return self.refusals.get(command.cell)

    def _wanted(self, command: MarkCommand, state: CellState) -> CellState:
        """The state the command asks for; ValidationError where no such mark can stand."""
        length = self.sessions[command.session].minutes
        try:
            status, minutes = tidy_mark(command.status, command.minutes, length)
        except ValueError:
            why = _("A mark is at most the %(minutes)s minutes of the session.")
            raise ValidationError(why, params={"minutes": length}) from None
        comment = COMMENT.to_python(command.comment)
        if comment:
            COMMENT.run_validators(comment)
        return state.after(status, minutes, comment)

    def _change(self, command: MarkCommand, old: CellState, new: CellState) -> None:
        mark = Mark(
            id=command.id,
            enrolment_id=command.enrolment,
            session_id=command.session,
            old_status=old.status,
            old_minutes=old.minutes,
            new_status=new.status,
            new_minutes=new.minutes,
            comment=new.comment,
            base_revision=old.revision,
        )
        self.states[command.cell], self.known[command.id] = new, mark
        self.log.append(mark)

    def _answer(
        self, command: MarkCommand, outcome: Outcome, refusal: Refusal | None = None
    ) -> MarkAnswer:
        state = self.states.get(command.cell, CellState())
        return MarkAnswer(
            command,
            outcome,
            state.status,
            state.minutes,
            state.revision,
            state.comment,
            refusal.why if refusal else "",
            refusal.way_out if refusal else "",
        )

    def _write_cells(self, cells: Sequence[tuple[int, int]]) -> None:
        new: list[Attendance] = []
        changed: list[Attendance] = []
        cleared: list[Attendance] = []
        for session, enrolment in cells:
            cell = Cell(enrolment, session)
            state, row = self.states[cell], self.rows.get(cell)
            if row is not None:
                (changed if state.status else cleared).append(row)
            elif state.status:
                row = Attendance(enrolment_id=enrolment, session_id=session)
                new.append(row)
            if row is not None and state.status:
                row.status, row.minutes = state.status, state.minutes
                row.revision, row.comment = state.revision, state.comment
        Attendance.objects.filter(pk__in=[row.pk for row in cleared]).delete()
        fields = ["status", "minutes", "revision", "comment"]
        Attendance.objects.bulk_update(changed, fields, batch_size=CHUNK)
        Attendance.objects.bulk_create(new, batch_size=CHUNK)

    def _reasons(self) -> dict[int, str]:
        """Why a session was reopened stands beside every mark changed since."""
        reopened = SessionChange.objects.filter(
            session__in=self.sessions, old_state=SessionState.CLOSED
        )
        return dict(reopened.order_by("at", "pk").values_list("session", "reason"))


def cleared_cells(cells: Sequence[Cell]) -> dict[Cell, CellState]:
    """Cells that were marked once: empty now, unless a row says otherwise, but not unchanged."""
    log = (
        Mark.objects.filter(
            enrolment__in={cell.enrolment for cell in cells},
            session__in={cell.session for cell in cells},
            new_status="",
        )
        .order_by()
        .values_list("enrolment", "session")
        .annotate(last=Max("base_revision"))
    )
    return {
        Cell(enrolment, session): CellState(revision=last + 1) for enrolment, session, last in log
    }


def _audiences(sessions: Any) -> dict[int, set[int]]:
    """Whom each of the sessions' modules concerns; a module for everyone is not in it."""
    found: dict[int, set[int]] = {}
    audience = Module.audience.through.objects.filter(
        module__in={each.module_id for each in sessions}
    )
    for module, category in audience.values_list("module", "jobcategory"):
        found.setdefault(module, set()).add(category)
    return found


def _closed_to_marks(cell: Cell, session: Session) -> Refusal | None:
    if session.state == SessionState.CLOSED:
        return Refusal(cell, _("The session is closed."), _("Reopen it and give the reason."))
    if session.state == SessionState.CANCELLED:
        return Refusal(cell, _("The session was cancelled."))
    if not session.is_open_to_marks:
        why = _("The session has not taken place yet.")
        return Refusal(cell, why, _("Change its date if it was held earlier."))
    return None
