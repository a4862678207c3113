"""The ESF+ project in full swing: groups finished, under way, about to begin and still empty.

Its days are counted from today, so that the first page always has something that waits.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from portal.fiction import attendance, cast, latgale, names, plans, scans, timetable
from portal.models import User
from projects.models import (
    Organisation,
    OrganisationKind,
    Project,
)
from training.actions import (
    MarkCommand,
    NewPerson,
    SessionPlan,
    cancel_session,
    enrol,
    enrol_people,
    open_session,
    plan_sessions,
    record_marks,
)
from training.models import (
    Enrolment,
    Group,
    GroupKind,
    JobCategory,
    Module,
    Participant,
    Session,
    SessionState,
    Site,
    TrainingProgramme,
)

SHORT_DAY = (time(10, 0), time(13, 0), 0)  # four academic hours
SUPERVISION = (time(13, 0), time(15, 15), 0)  # three
SUPERVISIONS = 24


@dataclass
class World:
    """What every group of the project needs."""

    project: Project
    staff: User
    trainer: User
    site: Site
    jobs: list[JobCategory]
    employers: list[Organisation]
    people: Any
    chance: random.Random
    today: date


def fill(players: dict[str, User], today: date) -> list[Group]:
    """Groups at every stage, and the many of supervision."""
    world = _world(players, today)
    leading = _programme(world, "leadership", "5", LEADERSHIP)
    methods = _programme(world, "family-methods", "2", METHODS)
    supervision = _programme(world, "group-supervision", "1", SUPERVISED)
    finished = _finished(world, leading)
    groups = [
        finished,
        _under_way(world, leading, players),
        _to_begin(world, methods, finished),
        *(_supervised(world, supervision, number) for number in range(1, SUPERVISIONS + 1)),
        _make_group(world, methods, 2, GroupKind.TRAINING),
    ]
    _scan(world, groups)
    plans.plan_by_dates(world.project)
    plans.make_reports(world.project, today)
    return groups


def _scan(world: World, groups: Sequence[Group]) -> None:
    """The paper of what was closed, but for the last three: somebody has yet to scan them."""
    closed = Session.objects.held().filter(group__in=groups).order_by("-date", "-group")
    scans.attach(world.staff, closed[3:])


# What groups of a programme are called in the narrow places of a page.
SHORT = {
    "leadership": ("Līderība", "Leadership"),
    "family-methods": ("Darbs ar ģimenēm", "Work with families"),
    "group-supervision": ("Supervīzija", "Supervision"),
}
LEADERSHIP = (
    ("Līderības mācības sociālajiem darbiniekiem", "Leadership training for social workers"),
    (
        ("team", "Komandas vadība", "Leading a team"),
        ("change", "Pārmaiņu vadība", "Leading change"),
        ("self", "Sevis vadība un izdegšanas novēršana", "Leading oneself, preventing burnout"),
    ),
)
METHODS = (
    ("Metodika darbam ar ģimenēm", "Methods of work with families"),
    (
        ("assessment", "Ģimenes situācijas izvērtēšana", "Assessing a family's situation"),
        ("plan", "Atbalsta plāns un tā izpilde", "The support plan and its delivery"),
    ),
)
SUPERVISED = (("Grupas supervīzija", "Group supervision"), ())


def _world(players: dict[str, User], today: date) -> World:
    project = Project.objects.get(code=cast.ESF)
    site, _made = Site.objects.get_or_create(
        project=project,
        code="jelgava",
        defaults={
            "name_lv": "Jelgava",
            "name_en": "Jelgava",
            "locative_lv": "Jelgavā",
            "is_demo": True,
        },
    )
    kinds = [OrganisationKind.MUNICIPALITY, OrganisationKind.INSTITUTION, OrganisationKind.TOWN]
    employers = Organisation.objects.current().filter(
        kind__in=kinds, country="LV", valid_to__isnull=True
    )
    return World(
        project,
        players["zemgale"],
        players["trainer"],
        site,
        list(JobCategory.objects.order_by("position")[:3]),
        list(employers.order_by("code")[:8]),
        names.people("esf"),
        random.Random("esf"),  # noqa: S311
        today,
    )


def _programme(world: World, code: str, activity: str, words: Any) -> TrainingProgramme:
    (name_lv, name_en), modules = words
    programme, made = TrainingProgramme.objects.get_or_create(
        project=world.project,
        code=code,
        defaults={
            "name_lv": name_lv,
            "name_en": name_en,
            "activity": world.project.activities.filter(code=activity).first(),
        },
    )
    if made:
        Module.objects.bulk_create(
            Module(programme=programme, code=key, position=place, name_lv=lv, name_en=en)
            for place, (key, lv, en) in enumerate(modules, 1)
        )
    return programme


def _make_group(world: World, programme: TrainingProgramme, number: int, kind: GroupKind) -> Group:
    short_lv, short_en = SHORT[programme.code]
    return Group.objects.create(
        programme=programme,
        code=f"{number:02d}",
        position=number,
        kind=kind,
        name_lv=f"{short_lv}, {number}. grupa",
        name_en=f"{short_en}, group {number}",
        site=world.site,
        is_demo=True,
    )


def _finished(world: World, programme: TrainingProgramme) -> Group:
    """All closed, nobody certified yet; two people missed too much."""
    group = _make_group(world, programme, 1, GroupKind.TRAINING)
    sessions = _plan(world, group, first=world.today - timedelta(75), count=6)
    people = _enrol(world, group, 22, sessions[0].date)
    rows: dict[int, list[MarkCommand]] = {each.pk: [] for each in sessions}
    for place, enrolment in enumerate(people):
        days = [each.minutes for each in sessions]
        marks = attendance.ordinary(world.chance, days)
        if place in (4, 15):
            marks[1:4] = [attendance.Marked(attendance.ABSENT)] * 3
        for session, mark in zip(sessions, marks, strict=True):
            rows[session.pk].append(
                MarkCommand(enrolment.pk, session.pk, mark.status, mark.minutes)
            )
    latgale.record(world.staff, sessions, rows)
    return group


def _under_way(world: World, programme: TrainingProgramme, players: dict[str, User]) -> Group:
    """Two days closed, one not marked, one cancelled, one open today and two to come."""
    group = _make_group(world, programme, 2, GroupKind.TRAINING)
    cast.let_teach(world.trainer, group)
    days = [world.today + timedelta(weeks) for weeks in (-28, -21, -14, -7, 0, 7, 14)]
    sessions = _plan_on(world, group, days, timetable.STARTS, timetable.ENDS[8], timetable.LUNCH)
    people = _enrol(world, group, 18, days[0])
    graduate = Participant.objects.get(user=players["graduate"])
    people.append(
        enrol(
            user=world.staff,
            group=group,
            participant=graduate,
            since=days[0],
            job_category=world.jobs[0],
        )
    )
    rows: dict[int, list[MarkCommand]] = {each.pk: [] for each in sessions}
    for place, enrolment in enumerate(people):
        for session in sessions[:2]:
            status = "absent" if place in (6, 7) and session is sessions[0] else "present"
            status = "excused" if place == 6 else status
            rows[session.pk].append(MarkCommand(enrolment.pk, session.pk, status))
    latgale.record(world.trainer, sessions[:2], rows)
    cancel_session(user=world.staff, session=sessions[2], reason="Pasniedzēja slimība")
    open_session(user=world.trainer, session=sessions[4])
    some = [MarkCommand(each.pk, sessions[4].pk, "present") for each in people[:5]]
    record_marks(user=world.trainer, commands=some)
    return group


def _to_begin(world: World, programme: TrainingProgramme, earlier: Group) -> Group:
    """Enrolled and planned, not begun; three people were in the ``earlier`` group as well."""
    group = _make_group(world, programme, 1, GroupKind.TRAINING)
    _plan(world, group, first=world.today + timedelta(10), count=4)
    _enrol(world, group, 13, world.today)
    for again in Participant.objects.filter(enrolments__group=earlier).order_by("sort_key")[:3]:
        enrol(
            user=world.staff,
            group=group,
            participant=again,
            since=world.today,
            job_category=world.jobs[0],
        )
    return group


def _supervised(world: World, programme: TrainingProgramme, number: int) -> Group:
    """A supervision series, monthly: half of it held."""
    group = _make_group(world, programme, number, GroupKind.SUPERVISION)
    shift = number % 20 + 1
    days = [world.today + timedelta(28 * step + shift) for step in range(-4, 4)]
    sessions = _plan_on(world, group, days, *SUPERVISION)
    people = _enrol(world, group, 9 + number % 4, days[0])
    rows = {
        session.pk: [
            MarkCommand(
                each.pk,
                session.pk,
                attendance.EXCUSED if world.chance.random() < 0.03 else attendance.PRESENT,
            )
            for each in people
        ]
        for session in sessions[:4]
    }
    latgale.record(world.staff, sessions[:4], rows)
    return group


def _plan(world: World, group: Group, *, first: date, count: int) -> list[Session]:
    days = list(islice(timetable.teaching_days(first, (1, 3)), count))
    return _plan_on(world, group, days, *SHORT_DAY)


def _plan_on(
    world: World, group: Group, days: Sequence[date], starts: time, ends: time, breaks: int
) -> list[Session]:
    modules: list[Module | None] = list(group.programme.modules.order_by("position")) or [None]
    plans = [
        SessionPlan(day, starts, ends, breaks, modules[place * len(modules) // len(days)])
        for place, day in enumerate(days)
    ]
    return plan_sessions(user=world.staff, group=group, plans=plans, state=SessionState.PLANNED)


def _enrol(world: World, group: Group, count: int, since: date) -> list[Enrolment]:
    people = [
        NewPerson(
            name.given,
            name.family,
            "",
            world.chance.choice(world.jobs),
            world.chance.choice(world.employers) if world.employers else None,
        )
        for name in islice(world.people, count)
    ]
    return enrol_people(user=world.staff, group=group, people=people, since=since, is_demo=True)
