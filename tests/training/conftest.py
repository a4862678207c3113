"""What the tests of training start from: a small world and the people who look at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import Role
from tests.training import world
from training.models import Employment


@pytest.fixture
def filled(db: None) -> world.World:
    """Three people, the last a carer, and three sessions of 360 minutes in the past."""
    return world.fill(world.empty_world())


@pytest.fixture
def cast(filled: world.World) -> dict[str, Any]:
    """Everybody who may knock: by role, about the filled world, whose project the region leads."""
    region = world.organisation("region", kind="planning_region")
    filled.project.lead = region
    filled.project.save()
    service = world.organisation("service")
    filled.project.partnerships.create(organisation=service)
    Employment.objects.create(
        participant=filled.enrolments[0].participant,
        organisation=service,
        job_category=filled.worker,
    )
    people = {
        "admin": world.member("admin@x.invalid", Role.ADMIN, everything=True),
        "coordinator": world.member("c@x.invalid", Role.COORDINATOR, organisation=region),
        "partner": world.member("p@x.invalid", Role.PARTNER, organisation=service),
        "officer": world.member("o@x.invalid", Role.OFFICER, project=filled.project),
        "auditor": world.member("a@x.invalid", Role.AUDITOR, project=filled.project),
        "funder": world.member("f@x.invalid", Role.FUNDER, programme=filled.project.programme),
        "foreign": world.member("n@x.invalid", Role.COORDINATOR, project=world.project("other")),
        "trainer": world.user("t@x.invalid"),
        "participant": world.user("l@x.invalid"),
        "stranger": world.user("s@x.invalid"),
    }
    world.teach(filled, people["trainer"])
    learner = filled.enrolments[1].participant
    learner.user = people["participant"]
    learner.save()
    return people


@pytest.fixture
def as_(cast: dict[str, Any]) -> Callable[[str], Client]:
    """A browser in which that person is signed in."""

    def browser(role: str) -> Client:
        client = Client()
        client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser
