"""The Latgale project near its end: 26 groups certified, one whose last session is unmarked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from portal.fiction import attendance, cast, names, scans, timetable
from portal.models import User
from projects.models import Organisation, Project
from training.actions import (
    MarkCommand,
    NewPerson,
    SessionPlan,
    close_sessions,
    enrol_people,
    plan_sessions,
    record_marks,
)
from training.models import (
    Enrolment,
    Group,
    JobCategory,
    Module,
    Session,
    Site,
    TrainingProgramme,
)

GROUPS, PEOPLE, SMALL_GROUP = 27, 26, 13  # 26 groups of 26 and the thirteenth of 25 make 701
UNMARKED_GROUP = 27
THRESHOLD = 80
# name, English name, locative, who sends people there
SITES = (
    ("daugavpils", "Daugavpils", "Daugavpilī", ("daugavpils-pilseta", "daugavpils-rajons")),
    ("rezekne", "Rēzekne", "Rēzeknē", ("rezeknes-pilseta", "rezeknes-rajons")),
    ("kraslava", "Krāslava", "Krāslavā", ("kraslavas-rajons",)),
    ("ludza", "Ludza", "Ludzā", ("ludzas-pilseta", "ludzas-rajons")),
    ("preili", "Preiļi", "Preiļos", ("preilu-novads", "preilu-rajons")),
    ("balvi", "Balvi", "Balvos", ("balvu-pilseta",)),
    ("livani", "Līvāni", "Līvānos", ("livanu-novads",)),
)
# The accounts that learn: one holds a certificate already, one waits for it.
PLAYERS = {1: cast.PLAYERS["graduate"], UNMARKED_GROUP: cast.PLAYERS["participant"]}
# Three waves of nine groups; the last begins so that the project ends with it.
WAVES = (date(2009, 9, 7), date(2010, 1, 11), date(2010, 5, 3))
WEEKDAYS = ((0, 1), (1, 2), (2, 3), (3, 4), (0, 3))
# job category, what a woman and a man are called, how common it is
JOBS = (
    ("social-worker", "sociālā darbiniece", "sociālais darbinieks", 64),
    ("carer", "aprūpētāja", "aprūpētājs", 9),
    ("social-carer", "sociālā aprūpētāja", "sociālais aprūpētājs", 10),
    ("head", "iestādes vadītāja", "iestādes vadītājs", 17),
)


@dataclass
class World:
    """What every group of the project needs."""

    programme: TrainingProgramme
    sites: list[tuple[Site, list[Organisation]]]
    jobs: dict[str, JobCategory]
    modules: dict[str, Module]
    for_some: dict[str, frozenset[int]]
    course: list[timetable.Lesson]
    people: Iterator[names.Name]
    chance: random.Random


def fill(players: dict[str, User]) -> list[Group]:
    """All 27 groups with people, sessions and marks; the last session of the last one is left."""
    world = _world()
    trainers = _trainers(world)
    groups = []
    for number in range(1, GROUPS + 1):
        place = (number - 1) % len(SITES)
        is_left = number == UNMARKED_GROUP
        teacher = players["trainer"] if is_left else trainers[place]
        groups.append(_group(world, number, place, teacher, players, is_left=is_left))
    return groups


def _world() -> World:
    project = Project.objects.get(code=cast.LATGALE)
    programme = project.training_programmes.get(code="qualification")
    modules = {each.code: each for each in programme.modules.prefetch_related("audience")}
    for_some = {
        code: frozenset(job.pk for job in each.audience.all()) for code, each in modules.items()
    }
    course = timetable.course(
        [
            timetable.CourseModule(code, int(each.days or 0), bool(for_some[code]))
            for code, each in modules.items()
        ]
    )
    known = {each.code: each for each in Organisation.objects.all()}
    sites = []
    for code, name, locative, senders in SITES:
        employers = [known[each] for each in senders]
        fields = {"name_lv": name, "name_en": name, "locative_lv": locative, "is_demo": True}
        site, _made = Site.objects.get_or_create(
            project=project, code=code, defaults={**fields, "organisation": employers[0]}
        )
        sites.append((site, employers))
    return World(
        programme,
        sites,
        {each.code: each for each in JobCategory.objects.all()},
        modules,
        for_some,
        course,
        names.people("latgale"),
        random.Random("latgale"),  # noqa: S311
    )


def _trainers(world: World) -> list[User]:
    return [
        cast.make_trainer(site.code, name.given, name.family)
        for (site, _employers), name in zip(world.sites, names.people("trainers"), strict=False)
    ]


def _group(
    world: World, number: int, place: int, teacher: User, players: dict[str, User], *, is_left: bool
) -> Group:
    """One group from its first day to its last."""
    site, employers = world.sites[place]
    group = Group.objects.create(
        programme=world.programme,
        code=f"{number:02d}",
        position=number,
        name_lv=f"{number}. grupa",
        name_en=f"Group {number}",
        site=site,
        is_demo=True,
    )
    cast.let_teach(teacher, group)
    days = days_of(number, len(world.course))
    staff = players["coordinator"]
    sessions = plan_sessions(user=staff, group=group, plans=_plans(world, days))
    player = PLAYERS.get(number)
    people = _people(world, number, employers, player)
    since = days[0] - timedelta(7)
    enrolments = enrol_people(user=staff, group=group, people=people, since=since, is_demo=True)
    if player:
        cast.let_learn(players[player.key], enrolments[0].participant)
    held = sessions[:-1] if is_left else sessions
    rows = _marks(world, sessions, enrolments, is_left=is_left)
    record(teacher, held, rows)
    if is_left:
        scans.attach(teacher, held[-2:])  # of the others the paper lies in a cupboard
    return group


def days_of(number: int, count: int) -> list[date]:
    """The days on which a group meets."""
    wave, place = divmod(number - 1, 9)
    start = WAVES[wave] + timedelta(2 * place)
    weekdays = WEEKDAYS[place % len(WEEKDAYS)]
    return list(islice(timetable.teaching_days(start, weekdays), count))


def _plans(world: World, days: Sequence[date]) -> list[SessionPlan]:
    return [
        SessionPlan(
            day,
            timetable.STARTS,
            timetable.ENDS[lesson.hours],
            timetable.LUNCH,
            world.modules[lesson.module],
        )
        for day, lesson in zip(days, world.course, strict=True)
    ]


def _people(
    world: World, number: int, employers: Sequence[Organisation], player: cast.Player | None
) -> list[NewPerson]:
    """The people of a group: some of each trade, carers among them in every group."""
    count = PEOPLE - 1 if number == SMALL_GROUP else PEOPLE
    trades = [JOBS[1], JOBS[2], JOBS[3]]
    trades += world.chance.choices(JOBS, [weight for *_rest, weight in JOBS], k=count - len(trades))
    world.chance.shuffle(trades)
    people = list(islice(world.people, count))
    if player:
        people[0] = names.Name(player.given, player.family)
    return [
        NewPerson(
            name.given,
            name.family,
            "",
            world.jobs[code],
            world.chance.choice(employers),
            woman if name.is_woman else man,
        )
        for (code, woman, man, _weight), name in zip(trades, people, strict=True)
    ]


def _marks(
    world: World, sessions: Sequence[Session], enrolments: Sequence[Enrolment], *, is_left: bool
) -> dict[int, list[MarkCommand]]:
    """Marks by session. In the group that is left two people need the last day to pass."""
    found: dict[int, list[MarkCommand]] = {each.pk: [] for each in sessions}
    for place, enrolment in enumerate(enrolments):
        own = [each for each in sessions if _concerns(world, each, enrolment)]
        held = own[:-1] if is_left else own
        days = [each.minutes for each in held]
        if is_left and place in (3, 11):
            may_miss = sum(each.minutes for each in own) * (100 - THRESHOLD) // 100
            marks = attendance.only_just(world.chance, days, may_miss)
        else:
            marks = attendance.ordinary(world.chance, days)
        for session, mark in zip(held, marks, strict=True):
            command = MarkCommand(enrolment.pk, session.pk, mark.status, mark.minutes)
            found[session.pk].append(command)
    return found


def _concerns(world: World, session: Session, enrolment: Enrolment) -> bool:
    audience = world.for_some[session.module.code] if session.module else frozenset()
    return not audience or enrolment.job_category_id in audience


def record(user: Any, sessions: Sequence[Session], rows: dict[int, list[MarkCommand]]) -> None:
    """Enter the sheets of a course from paper on the evening of its last day, and close them."""
    evening = timezone.make_aware(datetime.combine(sessions[-1].date, time(17, 30)))
    commands = [command for session in sessions for command in rows[session.pk]]
    record_marks(user=user, commands=commands, now=evening)
    close_sessions(user=user, sessions=sessions, now=evening)
