"""The sheet of one session: 26 people marked."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth import get_user_model

from bench.measuring import Contest, Line
from bench.place import Place
from training.actions import MarkCommand, Outcome, record_marks
from training.models import Attendance, Enrolment, Mark, Session, SessionState

STATUSES = ("present", "absent")


def run(place: Place) -> Iterator[Line]:
    """One line for each usual way."""
    yield from contest().lines(place.clock)


def contest() -> Contest:
    """Our save judges, logs and sums up; the bare loop does none of it."""
    sheet = Sheet()
    return Contest(
        "sheets",
        f"a sheet of {len(sheet.people)} marks saved as one batch: judged, logged, summed up",
        sheet.together,
        {
            "the same action once per mark": sheet.one_by_one,
            "update_or_create() per mark, no log, no sums": sheet.bare,
        },
        sheet.prepare,
        repeat=20,
    )


class Sheet:
    """The one session of the demo that nobody has marked; each save changes every cell."""

    def __init__(self) -> None:
        done = SessionState.CLOSED, SessionState.CANCELLED
        waiting = Session.objects.exclude(state__in=done).filter(
            group__programme__project__code="latgale-lll"
        )
        self.session = waiting.get()
        self.people = list(Enrolment.objects.filter(group=self.session.group_id).order_by("pk"))
        self.user = get_user_model().objects.get(email="trainer@demo.invalid")
        self.commands: list[MarkCommand] = []
        self.turn = 0

    def prepare(self) -> None:
        """Every cell gets another mark than it has."""
        self.turn += 1
        self.commands = [self.command(each) for each in self.people]

    def command(self, enrolment: Enrolment) -> MarkCommand:
        status = STATUSES[self.turn % len(STATUSES)]
        row = Attendance.objects.filter(enrolment=enrolment, session=self.session).first()
        last = Mark.objects.filter(enrolment=enrolment, session=self.session).count()
        seen = row.revision if row else last
        return MarkCommand(enrolment.pk, self.session.pk, status, base_revision=seen)

    def together(self) -> None:
        self.check(record_marks(user=self.user, commands=self.commands))

    def one_by_one(self) -> None:
        for command in self.commands:
            self.check(record_marks(user=self.user, commands=[command]))

    def bare(self) -> None:
        for command in self.commands:
            Attendance.objects.update_or_create(
                enrolment_id=command.enrolment,
                session_id=command.session,
                defaults={"status": command.status, "minutes": None},
            )

    def check(self, answers: list) -> None:
        assert {answer.outcome for answer in answers} == {Outcome.STORED}
