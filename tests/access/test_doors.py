"""Doors that the table cannot tell in one word: marks sent as JSON, and rights taken away."""

import json
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from projects.models import Membership
from tests.access.engine import OK
from training.models import Attendance, GroupTrainer

pytestmark = pytest.mark.django_db

MARKERS = {"admin", "coordinator", "partner", "trainer"}


@pytest.mark.parametrize("world", ["own", "foreign"])
def test_marks_are_stored_for_those_who_mark_and_refused_to_all_others(scene, world):
    place = getattr(scene, world)
    mark = {
        "enrolment": place.rows["enrolment"].pk,
        "session": place.rows["session"].pk,
        "status": "present",
        "minutes": None,
        "base": 0,
    }
    outcomes = {}
    for name, asker in scene.askers.items():
        mark["id"] = str(uuid.uuid4())
        asker.restore()
        with transaction.atomic():
            answer = asker.client.post(
                reverse("training:marks_save"),
                json.dumps({"marks": [mark]}),
                content_type="application/json",
            )
            stored = Attendance.objects.filter(
                enrolment=mark["enrolment"], session=mark["session"]
            ).exists()
            outcomes[name] = stored
            if answer.status_code == 200:
                assert (answer.json()["answers"][0]["outcome"] == "stored") == stored
                assert place.canary not in answer.content.decode() or stored
            transaction.set_rollback(True)

    allowed = MARKERS if world == "own" else {"admin"}
    assert {name for name, stored in outcomes.items() if stored} == allowed


@pytest.mark.parametrize(
    ("identity", "name", "on"),
    [
        ("coordinator", "projects:project_edit", "project"),
        ("coordinator", "training:group_register", "group"),
        ("partner", "training:participant_detail", "participant"),
        ("funder", "projects:indicator_detail", "indicator"),
        ("auditor", "training:participant_detail", "participant"),
        ("officer", "certificates:certificate_detail", "certificate"),
        ("trainer", "training:session_detail", "session"),
    ],
)
def test_right_taken_away_holds_from_the_next_page(scene, identity, name, on):
    asker = scene.askers[identity]
    address = reverse(name, kwargs=scene.own.keys[on])
    email = f"{identity}@portal.invalid"
    assert scene.ask(asker, "GET", address) == OK

    with transaction.atomic():
        Membership.objects.filter(user__email=email).delete()
        GroupTrainer.objects.filter(user__email=email).delete()
        assert scene.ask(asker, "GET", address) == "missing"
        transaction.set_rollback(True)


def test_auditors_access_ends_with_its_last_day(scene):
    asker = scene.askers["auditor"]
    address = reverse("projects:project_detail", kwargs=scene.own.keys["project"])

    with transaction.atomic():
        Membership.objects.filter(role="auditor").update(valid_to="2020-01-01")
        assert scene.ask(asker, "GET", address) == "missing"
        transaction.set_rollback(True)


@pytest.mark.parametrize("typed", ["kanārijputns", "KANARIJ", "ilga kanarijputnsb"])
def test_search_finds_the_forbidden_for_nobody(scene, typed):
    for name, asker in scene.askers.items():
        scene.ask(asker, "GET", f"{reverse('search')}?q={typed}")
        shown = asker.body.decode()

        assert (scene.foreign.canary in shown) == (name == "admin"), name
