"""What the tests of training start from: a small world and the people who look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from projects.models import Role
from tests.training import world
from tests.training.browsing import all_answered
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


@pytest.fixture
def group() -> world.World:
    """Four people and three sessions, the last of them today."""
    made = world.fill(world.empty_world(), people=4, days=3)
    made.sessions[-1].date = timezone.localdate()
    made.sessions[-1].save()
    return made


@pytest.fixture
def open_as(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens an address as somebody; at the end no console may have complained."""
    contexts, said = [], []

    def opener(user: Any, address: str, **options: Any) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(**{"base_url": live_server.url} | options)
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        key = client.cookies[name].value
        context.add_cookies([{"name": name, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    opener.said = said
    yield opener
    for context in contexts:
        context.close()
    all_answered()
    assert [line for line in said if "Failed to load resource" not in line] == []


@pytest.fixture
def trainer(group: world.World) -> Any:
    account = world.user("t@x.invalid", first_name="Tija", last_name="Trenere", language="en")
    world.teach(group, account)
    return account
