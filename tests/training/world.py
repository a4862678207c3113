"""A small world for the tests of training: one project, its programme, and a group of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from projects.models import Membership, Organisation, Programme, Project, Role
from training.actions import (
    MarkCommand,
    NewPerson,
    SessionPlan,
    enrol_people,
    plan_sessions,
    record_marks,
)
from training.models import (
    Enrolment,
    Group,
    GroupKind,
    GroupTrainer,
    JobCategory,
    Module,
    Session,
    Site,
    TrainingProgramme,
)

FIRST_DAY = date(2026, 3, 2)
NAMES = [
    ("Ināra", "Ļaksa"),
    ("Anna", "Bērziņa"),
    ("Ligita", "Andersone"),
    ("Inese", "Āboliņa"),
    ("Aija", "Kalniņa"),
    ("Mārīte", "Ķirse"),
]


def user(email: str, **names: str) -> Any:
    return get_user_model().objects.create_user(email, **names)


def member(email: str, role: Role, **scope: Any) -> Any:
    account = user(email)
    Membership.objects.create(user=account, role=role, **scope)
    return account


def organisation(code: str, **fields: Any) -> Organisation:
    return Organisation.objects.create(code=code, **{"name_lv": code.title(), **fields})


def project(code: str = "latgale", lead: Organisation | None = None) -> Project:
    programme, _created = Programme.objects.get_or_create(code="eea", defaults={"name_lv": "EEZ"})
    return Project.objects.create(
        code=code, title_lv=f"Projekts {code}", programme=programme, lead=lead
    )


@dataclass
class World:
    """A project with a programme of two modules, one of them for carers only, and a group."""

    project: Project
    programme: TrainingProgramme
    everyone: Module
    care: Module
    worker: JobCategory
    carer: JobCategory
    site: Site
    group: Group
    sessions: list[Session] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)


def category(code: str) -> JobCategory:
    return JobCategory.objects.get_or_create(code=code, defaults={"name_lv": code})[0]


def empty_world(code: str = "latgale", lead: Organisation | None = None) -> World:
    """Everything but sessions and people."""
    owner = project(code, lead)
    worker, carer = category("social-worker"), category("carer")
    programme = TrainingProgramme.objects.create(project=owner, code="basics", name_lv="Pamati")
    everyone = Module.objects.create(
        programme=programme, code="law", name_lv="Likumi", position=1, days=3
    )
    care = Module.objects.create(
        programme=programme, code="care", name_lv="Aprūpe mājās", position=2, days=1
    )
    care.audience.add(carer)
    site = Site.objects.create(project=owner, code="rezekne", name_lv="Rēzekne")
    group = Group.objects.create(programme=programme, code="g1", name_lv="1. grupa", site=site)
    return World(owner, programme, everyone, care, worker, carer, site, group)


def fill(world: World, people: int = 3, days: int = 3, carers: int = 1) -> World:
    """Sessions of 8 academic hours a day apart, and people of whom the last are carers."""
    who = [
        NewPerson(
            NAMES[i % len(NAMES)][0],
            NAMES[i % len(NAMES)][1],
            job_category=world.carer if i >= people - carers else world.worker,
        )
        for i in range(people)
    ]
    world.enrolments = enrol_people(user=None, group=world.group, people=who, since=FIRST_DAY)
    plans = [
        SessionPlan(FIRST_DAY + timedelta(days=i), time(9), time(15, 30), 30, module=world.everyone)
        for i in range(days)
    ]
    world.sessions = plan_sessions(user=None, group=world.group, plans=plans)
    return world


def supervision(world: World) -> Group:
    return Group.objects.create(
        programme=world.programme,
        code="s1",
        name_lv="Supervīzija",
        kind=GroupKind.SUPERVISION,
    )


def teach(world: World, account: Any) -> GroupTrainer:
    return GroupTrainer.objects.create(group=world.group, user=account)


def mark(world: World, person: int, session: int, status: str, minutes: int | None = None) -> Any:
    """Put one mark as the first of its cell; the answer."""
    command = MarkCommand(world.enrolments[person].pk, world.sessions[session].pk, status, minutes)
    return record_marks(user=None, commands=[command])[0]
