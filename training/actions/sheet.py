"""The cells some commands touch, held under lock while they are judged and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.lib.json_sql import among_ids, told_at_once
from projects.doors import Cell, Refusal, Words
from training.models import (
    Attendance,
    Enrolment,
    Mark,
    Module,
    Session,
    SessionChange,
    SessionState,
)
from training.rules import belongs_on, concerns, minutes_met, tidy_mark

from .batch import Batch
from .commands import CellState, MarkAnswer, MarkCommand, Outcome
from .guards import refusals
from .locks import locked

COMMENT = Attendance._meta.get_field("comment")
NOTHING = CellState()


class Before(NamedTuple):
    """A command that was carried out: what its id stands for."""

    enrolment: int
    session: int
    status: str
    minutes: int | None
    comment: str
    base: int


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
        # Only now, behind the locks: what was read before may have changed while we waited.
        told = told_at_once(**_questions(commands, self.sessions, self.enrolments))
        self.states = {
            Cell(enrolment, session): CellState(revision=last + 1)
            for enrolment, session, last in told["cleared"]
        }
        for enrolment, session, *state in told["standing"]:
            self.states[Cell(enrolment, session)] = CellState(*state)
        self.known = {UUID(key): Before(*before) for key, *before in told["known"]}
        self.audiences: dict[int, set[int]] = defaultdict(set)
        for module, category in told["audience"]:
            self.audiences[module].add(category)
        self.reasons: dict[int, str] = dict(told["reasons"])
        self.shut = {pk: _closed_to_marks(row) for pk, row in self.sessions.items()}
        self.refusals = refusals([each.cell for each in commands if each.id not in self.known])
        self.batch = Batch()

    def judge(self, command: MarkCommand) -> MarkAnswer:
        """Decide on one command, seeing what the earlier ones did; nothing is written yet."""
        cell = command.cell
        state = self.states.get(cell, NOTHING)
        if before := self.known.get(command.id):
            return self._again(command, before, state)
        if refusal := self._refusal(command, cell):
            return _answer(command, Outcome.REFUSED, state, refusal)
        try:
            wanted = self._wanted(command, state)
        except ValidationError as error:
            refusal = Refusal(cell, error.messages[0])
            return _answer(command, Outcome.REFUSED, state, refusal)
        if state.says_the_same(wanted):
            return _answer(command, Outcome.STORED, state)
        if command.base_revision != state.revision:
            return _answer(command, Outcome.CONFLICT, state)
        self._change(command, cell, state, wanted)
        return _answer(command, Outcome.STORED, wanted)

    def write(self, user: Any, now: datetime) -> None:
        """Write cells, log and minutes; a planned session opens with its first mark."""
        if not self.batch.log:
            return
        planned = SessionState.PLANNED
        self.batch.write(
            {pk: row.minutes_attended for pk, row in self.enrolments.items()},
            [pk for pk in sorted(self.batch.sessions) if self.sessions[pk].state == planned],
            user,
            now,
        )

    def _again(self, command: MarkCommand, before: Before, state: CellState) -> MarkAnswer:
        """The same command once more gets the same answer; another one under its id does not."""
        if not self._is_repeated(command, before):
            refusal = Refusal(command.cell, _("This number was used for another mark."))
            return _answer(command, Outcome.REFUSED, state, refusal)
        then = CellState(before.status, before.minutes, before.base + 1, before.comment)
        return _answer(command, Outcome.STORED, then)

    def _is_repeated(self, command: MarkCommand, before: Before) -> bool:
        if (before.enrolment, before.session) != (command.enrolment, command.session):
            return False
        if command.session not in self.sessions or command.enrolment not in self.enrolments:
            return False
        try:
            wanted = self._wanted(command, CellState())
        except ValidationError:
            return False
        if command.comment is not None and wanted.comment != before.comment:
            return False
        return (wanted.status, wanted.minutes) == (before.status, before.minutes)

    def _refusal(self, command: MarkCommand, cell: Cell) -> Refusal | None:
        session = self.sessions.get(command.session)
        enrolment = self.enrolments.get(command.enrolment)
        if session is None or enrolment is None or session.group_id != enrolment.group_id:
            return Refusal(cell, _("This person or session is not in your register."))
        if shut := self.shut[command.session]:
            return Refusal(cell, *shut)
        if not belongs_on(session.date, enrolment.since, enrolment.until):
            return Refusal(cell, _("The person was not in the group on that day."))
        audience = self.audiences.get(session.module_id or 0, ())
        if not concerns(audience, enrolment.job_category_id):
            return Refusal(cell, _("This module does not concern the person."))
        return self.refusals.get(cell)

    def _wanted(self, command: MarkCommand, state: CellState) -> CellState:
        """The state the command asks for; ValidationError where no such mark can stand."""
        length = self.sessions[command.session].minutes
        try:
            status, minutes = tidy_mark(command.status, command.minutes, length)
        except ValueError:
            why = _("A mark is at most the %(minutes)s minutes of the session.")
            raise ValidationError(why, params={"minutes": length}) from None
        if comment := command.comment:
            comment = COMMENT.to_python(comment)
            COMMENT.run_validators(comment)
        return state.after(status, minutes, comment)

    def _change(self, command: MarkCommand, cell: Cell, old: CellState, new: CellState) -> None:
        session = self.sessions[command.session]
        worth = minutes_met(new.status, new.minutes, session.minutes)
        self.batch.add(
            {
                "id": command.id.hex,
                "enrolment": command.enrolment,
                "session": command.session,
                "old_status": old.status,
                "old_minutes": old.minutes,
                "status": new.status,
                "minutes": new.minutes,
                "comment": new.comment,
                "base": old.revision,
                "reason": self.reasons.get(command.session, ""),
            },
            worth - minutes_met(old.status, old.minutes, session.minutes),
        )
        self.states[cell] = new
        self.known[command.id] = Before(*cell, new.status, new.minutes, new.comment, old.revision)


def _answer(
    command: MarkCommand, outcome: Outcome, state: CellState, refusal: Refusal | None = None
) -> MarkAnswer:
    if refusal is None:
        return MarkAnswer(
            command, outcome, state.status, state.minutes, state.revision, state.comment
        )
    why = (refusal.why, refusal.way_out)
    return MarkAnswer(
        command, outcome, state.status, state.minutes, state.revision, state.comment, *why
    )


def _questions(
    commands: Sequence[MarkCommand], sessions: dict[int, Session], enrolments: dict[int, Enrolment]
) -> dict[str, QuerySet[Any]]:
    """What must be known of the cells, the ids and the sessions; all of it in one query."""
    cells = {"enrolment__in": enrolments, "session__in": sessions}
    known = Mark.objects.filter(pk__in=among_ids(each.id for each in commands))
    audience = Module.audience.through.objects.filter(
        module__in={each.module_id for each in sessions.values()}
    )
    # Why a session was reopened stands beside every mark changed since.
    reopened = SessionChange.objects.filter(session__in=sessions, old_state=SessionState.CLOSED)
    return {
        "standing": Attendance.objects.filter(**cells)
        .order_by()
        .values_list("enrolment", "session", "status", "minutes", "revision", "comment"),
        "cleared": Mark.objects.filter(**cells).clearings(),
        "known": known.order_by().values_list(
            "pk", "enrolment", "session", "new_status", "new_minutes", "comment", "base_revision"
        ),
        "audience": audience.values_list("module", "jobcategory"),
        "reasons": reopened.order_by("at", "pk").values_list("session", "reason"),
    }


def cleared_cells(cells: Sequence[Cell]) -> dict[Cell, CellState]:
    """Cells that were marked once: empty now, unless a row says otherwise, but not unchanged."""
    log = Mark.objects.filter(
        enrolment__in={cell.enrolment for cell in cells},
        session__in={cell.session for cell in cells},
    )
    return {
        Cell(enrolment, session): CellState(revision=last + 1)
        for enrolment, session, last in log.clearings()
    }


def _closed_to_marks(session: Session) -> tuple[Words, ...]:
    """Why no mark may be made there, and the way out; empty where one may."""
    if session.state == SessionState.CLOSED:
        return _("The session is closed."), _("Reopen it and give the reason.")
    if session.state == SessionState.CANCELLED:
        return (_("The session was cancelled."),)
    if not session.is_open_to_marks:
        why = _("The session has not taken place yet.")
        return why, _("Change its date if it was held earlier.")
    return ()
