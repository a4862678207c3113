"""The register: a whole sheet saved through its address, beside a formset, and its page opened."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.measuring import Contest, Line, at_least, at_most
from bench.models import PlainMark, TrackedMark
from bench.place import Place
from portal import demo
from training.actions import NewPerson, SessionPlan, enrol_people, plan_sessions
from training.measures import INVARIANTS
from training.models import Attendance, Enrolment, Group, JobCategory, Mark

PEOPLE, DAYS = 30, 40
FIRST_DAY = date(2010, 9, 6)
STATUSES = ("present", "absent", "excused")
GOAL = 40
JOB = f"a sheet of {PEOPLE} × {DAYS} = {PEOPLE * DAYS} marks saved through its address"
TRACKED = "a formset, update_or_create() with simple-history per cell"
PLAIN = "the same without a trail"
LEAN = "the same with a trail, people and sessions fetched at once instead of by the forms"


def run(place: Place) -> Iterator[Line]:
    """The save beside both usual ways, what it asks, and the page."""
    sheet = Sheet()
    for line in sheet.contest().lines(place.clock):
        yield at_least(line, GOAL) if line.figure.endswith(TRACKED) else line
    yield at_most(
        "attendance", "queries of the first save of an empty sheet", sheet.first(), 12, ""
    )
    yield at_most("attendance", "queries of a save of every cell", sheet.again(), 12, "")
    queries, size = sheet.page()
    yield at_most("attendance", f"queries of the page of {PEOPLE} × {DAYS}", queries, 15, "")
    yield at_most("attendance", f"HTML of the page of {PEOPLE} × {DAYS}", size / 1000, 300, "kB")
    found = [line for invariant in INVARIANTS for line in invariant()]
    yield at_most("attendance", "differences to a recount", len(found), 0, "")


class Sheet:
    """A group of its own, whose every cell gets another mark with every save."""

    def __init__(self) -> None:
        with connection.schema_editor() as editor:
            for model in (TrackedMark, TrackedMark.history.model, PlainMark):
                editor.create_model(model)
        self.group = new_group()
        self.people = list(self.group.enrolments.order_by("pk").values_list("pk", flat=True))
        self.days = list(self.group.sessions.order_by("pk").values_list("pk", flat=True))
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(demo.accounts().get(email=f"coordinator@{demo.DOMAIN}"))
        self.turn = 0

    def contest(self) -> Contest:
        return Contest(
            "attendance",
            JOB,
            self.ours,
            {TRACKED: self.tracked, PLAIN: self.plain, LEAN: self.lean},
            self.prepare,
        )

    def prepare(self) -> None:
        """What the browser would send: the same marks to each way."""
        self.turn += 1
        cells = [(person, day) for person in self.people for day in self.days]
        statuses = [STATUSES[(n + self.turn) % len(STATUSES)] for n, _cell in enumerate(cells)]
        revisions = {
            (person, day): revision
            for person, day, revision in Attendance.objects.filter(
                enrolment__in=self.people
            ).values_list("enrolment", "session", "revision")
        }
        self.marks = json.dumps(
            {
                "marks": [
                    {
                        "id": str(uuid.uuid4()),
                        "enrolment": person,
                        "session": day,
                        "status": status,
                        "minutes": None,
                        "base": revisions.get((person, day), 0),
                    }
                    for (person, day), status in zip(cells, statuses, strict=True)
                ]
            }
        )
        self.form = {"form-TOTAL_FORMS": len(cells), "form-INITIAL_FORMS": 0}
        for number, ((person, day), status) in enumerate(zip(cells, statuses, strict=True)):
            prefix = f"form-{number}"
            self.form |= {f"{prefix}-enrolment": person, f"{prefix}-session": day}
            self.form[f"{prefix}-status"] = status

    def ours(self) -> None:
        answer = self.client.post(
            reverse("training:marks_save"), self.marks, content_type="application/json"
        )
        assert answer.content.count(b'"outcome": "stored"') == len(self.people) * len(self.days)

    def tracked(self) -> None:
        self.usual(reverse("bench_tracked"))

    def lean(self) -> None:
        self.usual(reverse("bench_lean"))

    def plain(self) -> None:
        self.usual(reverse("bench_plain"))

    def usual(self, address: str) -> None:
        answer = self.client.post(f"{address}?group={self.group.pk}", self.form)
        assert answer.json() == {"stored": len(self.people) * len(self.days)}

    def first(self) -> int:
        """Questions of the save that opens every session."""
        Mark.objects.filter(enrolment__in=self.people).delete()
        Attendance.objects.filter(enrolment__in=self.people).delete()
        self.group.sessions.update(state="planned")
        Enrolment.objects.filter(pk__in=self.people).update(minutes_attended=0)
        return self.again()

    def again(self) -> int:
        self.prepare()
        with CaptureQueriesContext(connection) as queries:
            self.ours()
        return len(queries)

    def page(self) -> tuple[int, int]:
        """Questions and bytes of the register."""
        address = reverse("training:group_register", args=[self.group.pk])
        self.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = self.client.get(address)
        return len(queries), len(answer.content)


def new_group() -> Group:
    """Beside the demo's groups, in its first project."""
    old = Group.objects.filter(programme__project__code="latgale-lll").earliest("pk")
    group = Group.objects.create(programme=old.programme, code="bench", name_lv="Bench")
    job = JobCategory.objects.earliest("pk")
    people: list[Any] = [
        NewPerson(f"Vārds{number}", "Uzvārds", job_category=job) for number in range(PEOPLE)
    ]
    enrol_people(user=None, group=group, people=people, since=FIRST_DAY)
    plans = [
        SessionPlan(FIRST_DAY + timedelta(days=number), time(9), time(15, 30), 30)
        for number in range(DAYS)
    ]
    plan_sessions(user=None, group=group, plans=plans)
    return group
