"""Marks as they come in: from a day sheet's form, or as JSON from a script or another system."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.actions import MarkAnswer, MarkCommand, Outcome
from training.forms.evidence import ScansField
from training.measures.progress import Cell
from training.models import AttendanceStatus, Enrolment, Session
from training.rules import STATUSES

# What the columns of the database hold.
LARGEST_KEY, LARGEST_REVISION = 2**63 - 1, 2**31 - 2
NUMBERS = {
    "enrolment": (0, LARGEST_KEY),
    "session": (0, LARGEST_KEY),
    "base": (0, LARGEST_REVISION),
}
DAY = 1440  # minutes
MOST_MARKS = 1200  # a whole sheet of 30 people and 40 sessions
# What a day sheet offers; "online" is chosen in the register or by import and stays as it is.
BUTTONS = (AttendanceStatus.PRESENT, AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED)


@dataclass
class SheetRow:
    """One person on a day sheet: what stands there, what was typed, what was answered."""

    enrolment: Enrolment
    cell: Cell
    can_mark: bool
    chosen: str = ""
    minutes: str = ""
    comment: str = ""
    error: str = ""
    note: str = ""

    def stand(self, cell: Cell) -> None:
        """Show the mark that stands there."""
        self.cell, self.chosen, self.comment = cell, cell.status, cell.comment
        self.minutes = "" if cell.minutes is None else str(cell.minutes)

    @property
    def revision(self) -> int:
        return self.cell.revision

    @property
    def was(self) -> str:
        """What the person saw, sent back with the form: an untouched row is no change."""
        return signature(self.cell.status, self.cell.minutes, self.cell.comment)

    @property
    def is_partial(self) -> bool:
        return self.chosen == AttendanceStatus.PARTIAL or (bool(self.minutes) and self.is_met)

    @property
    def is_met(self) -> bool:
        return self.shown == AttendanceStatus.PRESENT

    @property
    def label(self) -> str:
        """The mark in a word."""
        return str(AttendanceStatus(self.cell.status).label)

    @property
    def shown(self) -> str:
        """Which of the three buttons is down."""
        met = {AttendanceStatus.PARTIAL, AttendanceStatus.ONLINE}
        return AttendanceStatus.PRESENT if self.chosen in met else self.chosen


def signature(status: str, minutes: int | None, comment: str) -> str:
    """A mark in one line, for comparing."""
    return f"{status}|{'' if minutes is None else minutes}|{comment}"


class DaySheet:
    """The rows of one session and what a browser without scripts sent for them.

    Fields per person: ``mark-<id>``, ``minutes-<id>``, ``note-<id>``, and what he saw: ``was-<id>``
    with its revision ``base-<id>``. Only rows that differ from it become commands.
    """

    def __init__(self, session: Session, rows: Sequence[SheetRow], data: Any = None) -> None:
        self.session, self.rows, self.data = session, rows, data
        for row in rows:
            row.stand(row.cell)

    def commands(self) -> list[MarkCommand]:
        """What was changed. A row with a mistake stays out and says why."""
        return list(self._commands())

    def _commands(self) -> Iterator[MarkCommand]:
        for row in self.rows:
            key = row.enrolment.pk
            if not row.can_mark or f"was-{key}" not in self.data:
                continue
            row.chosen = self.data.get(f"mark-{key}", "")[:10]
            row.minutes = self.data.get(f"minutes-{key}", "").strip()[:10]
            row.comment = self.data.get(f"note-{key}", "").strip()
            try:
                command = self._command(row)
            except ValidationError as error:
                row.error = error.messages[0]
                continue
            if command is None:
                row.stand(row.cell)  # untouched: whatever somebody else has set meanwhile
            else:
                yield command

    def _command(self, row: SheetRow) -> MarkCommand | None:
        status, minutes = row.chosen, None
        if status not in {"", *AttendanceStatus.values}:
            raise ValidationError(_("Choose one of the marks."))
        if row.minutes and status == AttendanceStatus.PRESENT:
            status, minutes = AttendanceStatus.PARTIAL, self._minutes(row.minutes)
        if row.cell.status == AttendanceStatus.ONLINE and status == AttendanceStatus.PRESENT:
            status = AttendanceStatus.ONLINE
        key = row.enrolment.pk
        was = self.data[f"was-{key}"]
        if row.minutes and not status and row.minutes != str(row.cell.minutes):
            raise ValidationError(_("Minutes stand beside a mark: choose one."))
        if signature(status, minutes, row.comment) == was:
            return None
        if row.comment and not status and not was.endswith(f"|{row.comment}"):
            raise ValidationError(_("A note stands beside a mark: choose one."))
        base = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION).clean(
            self.data.get(f"base-{key}")
        )
        return MarkCommand(
            row.enrolment.pk, self.session.pk, status, minutes, base, comment=row.comment
        )

    def _minutes(self, typed: str) -> int:
        if not typed.isdecimal() or int(typed) > self.session.minutes:
            most = _("Minutes: a whole number from 0 to %(most)s.")
            raise ValidationError(most % {"most": self.session.minutes})
        return int(typed)

    def take(self, answers: Sequence[MarkAnswer]) -> None:
        """Show beside each row what was not stored, and let the next try follow what stands now."""
        rows = {row.enrolment.pk: row for row in self.rows}
        for answer in answers:
            row = rows[answer.command.enrolment]
            if answer.outcome == Outcome.REFUSED:
                row.error = " ".join(str(part) for part in (answer.why, answer.way_out) if part)
                continue
            cell = row.cell._replace(
                status=answer.status,
                minutes=answer.minutes,
                revision=answer.revision,
                comment=answer.comment,
            )
            if answer.outcome == Outcome.STORED:
                row.stand(cell)
            else:
                row.cell, row.note = cell, conflict_words(answer)

    @property
    def has_errors(self) -> bool:
        return any(row.error or row.note for row in self.rows)


def conflict_words(answer: MarkAnswer) -> str:
    """Who set what meanwhile, for the person who must choose."""
    value = str(AttendanceStatus(answer.status).label if answer.status else _("not marked"))
    if answer.comment:
        value = f"{value} ({answer.comment})"
    return _("%(name)s has meanwhile set: %(value)s. Your choice is kept here; save to use it.") % {
        "name": answer.by or _("Somebody"),
        "value": value,
    }


class UnreadableError(ValueError):
    """What a script sent is no batch of marks, or too long a one; the words say it."""


def commands_in(request: HttpRequest) -> list[MarkCommand]:
    """The commands of a request: all of them, or none and the reason.

    Plain Python: a form for each of a thousand cells costs more than storing them.
    """
    try:
        marks = json.loads(request.body)["marks"]
    except RequestDataTooBig:
        words = _("At most %(most)s marks are saved at once. Send them in parts.")
        raise UnreadableError(words % {"most": MOST_MARKS}) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        marks = None
    if not isinstance(marks, list) or not marks:
        raise UnreadableError(_("The marks could not be read."))
    if len(marks) > MOST_MARKS:
        words = _(
            "At most %(most)s marks are saved at once; %(count)s were sent. Send them in parts."
        )
        raise UnreadableError(words % {"most": MOST_MARKS, "count": len(marks)})
    return [_command_in(mark, number) for number, mark in enumerate(marks, 1)]


def _command_in(mark: Any, number: int) -> MarkCommand:
    try:
        field = "id"
        key = UUID(mark["id"])
        for field, (least, most) in NUMBERS.items():
            if type(mark[field]) is not int or not least <= mark[field] <= most:
                raise ValueError(field)
        field, status = "status", mark["status"]
        if status != "" and status not in STATUSES:
            raise ValueError(field)
        field, minutes = "minutes", mark.get("minutes")
        if minutes is not None and (type(minutes) is not int or not 0 <= minutes <= DAY):
            raise ValueError(field)
        # The register sends no comment: then the one that stands there is kept.
        field, comment = "comment", mark.get("comment")
        if comment is not None and type(comment) is not str:
            raise ValueError(field)
    except (ValueError, TypeError, KeyError, AttributeError):
        words = _("Mark %(number)s cannot be read: %(field)s.")
        raise UnreadableError(words % {"number": number, "field": field}) from None
    return MarkCommand(
        mark["enrolment"], mark["session"], status, minutes, mark["base"], comment, key
    )


class CloseForm(forms.Form):
    """What everybody gets who has no mark yet; and the paper, which may come later."""

    rest = forms.ChoiceField(
        label=gettext_lazy("Those without a mark"),
        choices=[("", "")],
        widget=forms.RadioSelect,
    )
    scans = ScansField(
        label=gettext_lazy("Scan of the signed sheet, if it is at hand"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            AttendanceStatus.ABSENT: _("were absent"),
            AttendanceStatus.PRESENT: _("were present"),
            AttendanceStatus.EXCUSED: _("were absent for a good reason"),
        }
        self.fields["rest"].choices = list(words.items())  # type: ignore[attr-defined]
