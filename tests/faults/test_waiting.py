"""Somebody else holds what is wanted: said after a while, nothing stored, sent again it is stored."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate, Register
from portal.lib.trouble import Trouble, trouble_of
from tests.certificates.test_races import somebody_waits
from tests.certificates.world import World
from tests.faults.test_broker import marks
from tests.faults.world import group_of, whole
from training.actions import MarkCommand, record_marks
from training.models import Mark

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

SAVE = "/training/marks/"
LIMITS = ["lock_timeout = '200ms'", "statement_timeout = '200ms'"]


@pytest.fixture
def world() -> Iterator[World]:
    """A group that is done, a second one to be marked; everything adds up afterwards."""
    made = whole(people=2)
    made.groups.append(group_of(made, people=2, number=2))
    yield made
    with connection.cursor() as cursor:
        cursor.execute("reset all")
    call_command("check_invariants")


@pytest.fixture
def desk(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@contextmanager
def holding(question: str) -> Iterator[Any]:
    """Another connection has locked some rows and thinks."""
    settings = connection.settings_dict
    place = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    with (
        closing(psycopg2.connect(dbname=settings["NAME"], **place)) as other,
        other.cursor() as cursor,
    ):
        cursor.execute(question)
        yield cursor
        other.rollback()


def patient(limit: str) -> None:
    """As production's OPTIONS say it, only sooner."""
    with connection.cursor() as cursor:
        cursor.execute(f"set {limit}")


@pytest.mark.parametrize("limit", LIMITS)
def test_script_is_told_to_try_again_and_then_stores_the_same(
    limit: str, world: World, desk: Client
) -> None:
    body = json.dumps({"marks": marks(world.groups[1])})
    before = Mark.objects.count()
    patient(limit)
    with holding(
        f"select 1 from training_session where group_id = {world.groups[1].pk} for update"
    ):
        answer = desk.post(SAVE, body, content_type="application/json")
        assert (answer.status_code, answer.headers["Retry-After"]) == (409, "1")
        assert answer.json() == {"detail": "Kāds te tikko saglabā; mēģiniet vēlreiz."}
    assert Mark.objects.count() == before

    answer = desk.post(SAVE, body, content_type="application/json")
    assert [each["outcome"] for each in answer.json()["answers"]] == ["stored"] * 2
    assert Mark.objects.count() == before + 2


FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def kept(page: str) -> dict[str, str]:
    """What the button on the page sends."""
    return {html.unescape(name): html.unescape(value) for name, value in FIELD.findall(page)}


def test_form_comes_back_with_all_that_was_typed_and_its_button_stores_it(
    world: World, desk: Client
) -> None:
    session = world.groups[1].sessions.order_by("date").first()
    person = world.groups[1].enrolments.order_by("pk").first()
    typed = {f"mark-{person.pk}": "excused", f"note-{person.pk}": 'slimības "lapa" <1>'}
    typed |= {f"was-{person.pk}": "||", f"base-{person.pk}": "0", f"minutes-{person.pk}": ""}
    address = reverse("training:session_detail", args=[session.pk])
    patient(LIMITS[0])
    with holding(f"select 1 from training_session where id = {session.pk} for update"):
        answer = desk.post(address, typed)
    page = answer.content.decode()
    assert (answer.status_code, kept(page)) == (409, typed)
    assert f'<form method="post" action="{address}" class="w-100">' in page

    assert desk.post(address, kept(page)).status_code == 302
    [mark] = Mark.objects.filter(session=session)
    assert (mark.new_status, mark.comment) == ("excused", 'slimības "lapa" <1>')


def test_certificates_wait_for_the_register_of_numbers_and_take_none(
    world: World, desk: Client
) -> None:
    Register.objects.create(series="LPR", year=2010)
    places = list(world.people().values_list("pk", flat=True))
    fields = {"enrolments": places, "template": world.template.pk, "issued_on": "2010-06-18"}
    address = reverse("certificates:group_issue", args=[world.group.pk])
    patient(LIMITS[0])
    with holding("select 1 from certificates_register for update"):
        assert desk.post(address, fields).status_code == 409
    assert (Certificate.objects.count(), Register.objects.get().next_number) == (0, 1)

    assert desk.post(address, fields).status_code == 302
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def meet_head_on(world: World, action: Callable[..., Any]) -> Any:
    """Another one locks a person, then the session; the action goes the other way and gives way."""
    group = world.groups[1]
    session, person = group.sessions.first(), group.enrolments.first()
    command = MarkCommand(person.pk, session.pk, "present")

    def act() -> Any:
        try:
            patient("deadlock_timeout = '500ms'")
            return action(user=None, commands=[command])
        finally:
            connection.close()

    with (
        holding(f"select 1 from training_enrolment where id = {person.pk} for update") as other,
        ThreadPoolExecutor(1) as threads,
    ):
        other.execute("set deadlock_timeout = '30s'")
        acted = threads.submit(act)
        until = time.monotonic() + 30
        while not somebody_waits():
            assert time.monotonic() < until, "nobody waits for the person"
            time.sleep(0.01)
        other.execute(f"update training_session set topic = 'x' where id = {session.pk}")
        other.connection.rollback()
        return acted.result(60)


def test_action_that_gave_way_to_another_is_done_after_all(world: World) -> None:
    [answer] = meet_head_on(world, record_marks)
    assert (answer.outcome, answer.revision) == ("stored", 1)


def test_action_that_gave_way_fails_where_it_is_not_repeated(world: World) -> None:
    before = Mark.objects.count()
    with pytest.raises(OperationalError) as failed:
        meet_head_on(world, record_marks.__wrapped__)  # type: ignore[attr-defined]
    assert trouble_of(failed.value) is Trouble.BUSY
    assert Mark.objects.count() == before
