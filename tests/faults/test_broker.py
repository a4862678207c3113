"""The broker is a doorbell: refused, frozen, full, flushed or emptied, nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
import redis
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from certificates.models import Certificate
from portal.tasks import produce_waiting
from tests.certificates.workers import Worker, wait_until
from tests.faults.services import Redis
from tests.faults.web import Browser, Web
from tests.faults.world import all_ready, group_of, whole
from tests.sizes import either
from training.models import Mark

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("invariants"),
]

PASSWORD = "garš-un-neuzminams-vārds"
SMOKE_SECONDS = 5


def marks(group: Any) -> list[dict[str, Any]]:
    """Everybody of a group present on its first day, with ids of the page's own making."""
    session = group.sessions.order_by("date").first()
    return [
        {
            "id": f"00000000-0000-4000-8000-{place.pk:012}",
            "enrolment": place.pk,
            "session": session.pk,
            "status": "present",
            "minutes": None,
            "base": 0,
        }
        for place in group.enrolments.order_by("pk")
    ]


def smoke(web: Web, as_user: Callable[[Any], Browser], world: Any, token: str) -> dict[str, Any]:
    """Sign in, look, mark, verify: what must go on whatever the broker does."""
    person = world.coordinator
    person.password = make_password(PASSWORD, hasher="argon2")  # the tests' own is for them alone
    person.save()
    anyone, signed_in = Browser(web), as_user(person)
    group = group_of(world, people=3, number=2)
    return {
        "login": anyone.post("/accounts/login/", {"login": person.email, "password": PASSWORD}),
        "today": anyone.get("/today/"),
        "register": signed_in.get(reverse("training:group_register", args=[group.pk])),
        "entry": signed_in.send(*marks(group)),
        "verification": Browser(web).get(reverse("certificates:verify", args=[token])),
    }


def issue(browser: Browser, world: Any) -> Any:
    """The press of the button."""
    places = list(world.people().values_list("pk", flat=True))
    return browser.post(
        reverse("certificates:group_issue", args=[world.group.pk]),
        {"enrolments": places, "template": world.template.pk, "issued_on": "18.06.2010"},
    )


def refusing(bell: Redis) -> AbstractContextManager[None]:
    return bell.away()


def frozen(bell: Redis) -> AbstractContextManager[None]:
    return bell.frozen()


def full(bell: Redis) -> AbstractContextManager[None]:
    """noeviction: it refuses to take in anything more."""
    bell.ask().config_set("maxmemory", "1mb")
    with pytest.raises(redis.exceptions.OutOfMemoryError):
        bell.ask().set("anything", "more")
    return nullcontext()


@pytest.mark.parametrize("fault", [refusing, frozen, full])
def test_click_and_portal_do_not_wait_for_the_broker(
    fault: Callable[[Redis], AbstractContextManager[None]],
    bell: Redis,
    web: Web,
    as_user: Callable[[Any], Browser],
) -> None:
    world = whole(people=3)
    browser = as_user(world.coordinator)
    usual = min(browser.get("/today/").seconds for _time in range(3))
    with fault(bell):
        answer = issue(browser, world)
        assert (answer.status, Certificate.objects.count()) == (302, 3), web.log
        assert answer.seconds < usual + 1
        token = Certificate.objects.order_by("pk").values_list("token", flat=True)[0]
        seen = smoke(web, as_user, world, token)
    bell.ask().config_set("maxmemory", "0")
    assert {name: each.status for name, each in seen.items()} == {
        "login": 302,
        "today": 200,
        "register": 200,
        "entry": 200,
        "verification": 200,
    }
    assert max(each.seconds for each in seen.values()) <= SMOKE_SECONDS
    assert {each["outcome"] for each in seen["entry"].json()["answers"]} == {"stored"}
    assert set(Certificate.objects.values_list("state", flat=True)) == {"waiting"}


def test_flushed_broker_signs_nobody_out_and_loses_no_mark(
    bell: Redis, web: Web, as_user: Callable[[Any], Browser]
) -> None:
    world = whole(people=2)
    group = group_of(world, people=either(6, 30), number=2)
    browser = as_user(world.coordinator)
    for mark in marks(group):
        bell.ask().flushall()
        answer = browser.send(mark)
        assert answer.json()["answers"][0]["outcome"] == "stored"
    assert Mark.objects.filter(session__group=group).count() == group.enrolments.count()
    assert browser.get("/today/").status == 200


def test_broker_killed_with_a_full_queue_and_emptied_loses_no_paper(
    worker: Worker, bell: Redis, place: Path
) -> None:
    """The worker is there before and after: it finds the new broker, and the beat rings there."""
    people = either(8, 500)
    world = whole(people=people)
    worker.kill()
    world.issue()
    for _ring in range(people):
        produce_waiting.delay()
    assert bell.ask().llen("celery") >= people
    worker.start()
    wait_until(lambda: Certificate.objects.ready().count() > 0, worker)
    bell.lose_everything()
    assert Certificate.objects.waiting().exists(), "the batch was over before the kill"
    bell.start()
    wait_until(all_ready, worker, seconds=either(120, 900))
    assert worker.lives
    assert set(Certificate.objects.values_list("attempts", flat=True)) == {1}
