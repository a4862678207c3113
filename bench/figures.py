"""Every figure of a project against a recount in Python over its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from bench.measuring import Contest, Line
from bench.place import Place
from certificates.models import Certificate
from projects.measures import figures
from projects.models import Indicator, IndicatorMethod, Project
from training.models import Attendance, Enrolment, EnrolmentState, Group, Session, SessionState

MEASURES = (
    "training.persons_enrolled",
    "certificates.persons_certified",
    "training.groups_finished",
    "training.sites_used",
    "training.sessions_held",
    "training.person_hours",
)


def run(place: Place) -> Iterator[Line]:
    """One line for each usual way."""
    yield from contest().lines(place.clock)


def contest() -> Contest:
    """The loop reads every table once and only once, which is kinder than most such loops."""
    board = Board()
    marks = Attendance.objects.filter(enrolment__group__programme__project=board.project).count()
    return Contest(
        "figures",
        f"{len(MEASURES)} figures of a project with {marks} marks, counted by the database",
        board.ours,
        {"the rows read by the ORM and counted in Python": board.usual},
        repeat=5,
    )


class Board:
    """The indicators of a dashboard, one per measure; both sides must agree on all."""

    def __init__(self) -> None:
        self.project = Project.objects.get(code="latgale-lll")
        self.indicators = [
            Indicator.objects.create(
                project=self.project,
                code=f"bench-{place}",
                name_lv=code,
                method=IndicatorMethod.MEASURED,
                measure=code,
                position=900 + place,
            )
            for place, code in enumerate(MEASURES)
        ]
        assert self.ours() == self.usual() != {}

    def ours(self) -> dict[str, Decimal | None]:
        found = figures(self.indicators)
        return {each.measure: found[each.pk].value for each in self.indicators}

    def usual(self) -> dict[str, Decimal]:
        """Objects, loops and sets."""
        sessions = list(
            Session.objects.filter(group__programme__project=self.project).select_related("group")
        )
        held = [each for each in sessions if each.state == SessionState.CLOSED]
        counts = self.people() | self.groups(sessions) | {"training.person_hours": self.hours()}
        counts["training.sessions_held"] = len(held)
        counts["training.sites_used"] = len({each.site_id or each.group.site_id for each in held})
        return {code: Decimal(counts[code]) for code in MEASURES}

    def people(self) -> dict[str, int]:
        enrolled = Enrolment.objects.filter(group__programme__project=self.project)
        certified = Certificate.objects.filter(project=self.project).defer("facts")
        counted = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
        return {
            "training.persons_enrolled": len(
                {each.participant_id for each in enrolled if each.state in counted}
            ),
            "certificates.persons_certified": len(
                {each.participant_id for each in certified if each.revoked_on is None}
            ),
        }

    def groups(self, sessions: list[Session]) -> dict[str, int]:
        states = defaultdict(set)
        for each in sessions:
            if each.state != SessionState.CANCELLED:
                states[each.group_id].add(each.state)
        groups = Group.objects.filter(programme__project=self.project, kind="training")
        finished = [each for each in groups if states[each.pk] == {SessionState.CLOSED}]
        return {"training.groups_finished": len(finished)}

    def hours(self) -> Decimal:
        marks = Attendance.objects.filter(enrolment__group__programme__project=self.project)
        minutes = 0
        for mark in marks.select_related("session"):
            if mark.session.state == SessionState.CLOSED and mark.status not in {
                "absent",
                "excused",
            }:
                minutes += mark.session.minutes if mark.minutes is None else mark.minutes
        return (Decimal(minutes) / 60).quantize(Decimal("0.01"))
