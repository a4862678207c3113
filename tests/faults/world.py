"""A small world in which everything adds up, made by the portal's own actions."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from certificates.models import Certificate
from projects.models import Role
from tests import factories
from tests.certificates.world import FAMILY, FIRST_DAY, GIVEN, World, build
from training.actions import (
    NewPerson,
    SessionPlan,
    close_session,
    enrol_people,
    mark_all_present,
    plan_sessions,
)


def whole(people: int) -> World:
    """A group whose sessions are closed and in which everybody was present; an administrator."""
    world = build(people=0, groups=0)
    factories.MembershipFactory(role=Role.ADMIN, everything=True)
    world.groups.append(group_of(world, people))
    for session in world.group.sessions.all():
        mark_all_present(user=world.coordinator, session=session)
        close_session(user=world.coordinator, session=session)
    return world


def group_of(world: World, people: int, days: int = 2, number: int = 1) -> Any:
    """A group with a timetable and no mark yet."""
    site = factories.SiteFactory(project=world.project, name_en=f"Rēzekne {number}")
    names = {"name_lv": f"{number}. grupa", "name_en": f"group {number}", "position": number}
    group = factories.GroupFactory(programme=world.programme, site=site, **names)
    who = [
        NewPerson(GIVEN[n % 5], f"{FAMILY[n % 6]}-{FAMILY[n // 6 % 6]}", job_category=world.worker)
        for n in range(people)
    ]
    enrol_people(user=world.coordinator, group=group, people=who, since=FIRST_DAY)
    plans = [
        SessionPlan(FIRST_DAY + timedelta(days=n), time(9), time(16), 60, module=world.law)
        for n in range(days)
    ]
    plan_sessions(user=world.coordinator, group=group, plans=plans)
    return group


def papers() -> list[tuple[str, int, str]]:
    """Of each certificate: its state, its attempts, why it could not be made."""
    rows = Certificate.objects.order_by("number")
    return list(rows.values_list("state", "attempts", "failure"))


def all_ready() -> bool:
    """Nothing waits and nothing failed."""
    return set(Certificate.objects.values_list("state", flat=True)) == {"ready"}
