"""A tab that was open during a deploy: what the pages of earlier releases send is still stored."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from projects.models import Role
from tests.training import world
from training.models import Attendance

pytestmark = pytest.mark.django_db

RECORDED = sorted((Path(__file__).parent / "recorded").glob("*.json"))


@pytest.fixture(params=RECORDED, ids=lambda path: path.stem)
def release(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def filled() -> world.World:
    """As many people and sessions as there were when the requests were recorded."""
    world.member("admin@x.invalid", Role.ADMIN, everything=True)
    return world.fill(world.empty_world(), people=4, carers=0)


@pytest.fixture
def tab(filled: world.World) -> Client:
    trainer = world.user("t@x.invalid")
    world.teach(filled, trainer)
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored() -> list[tuple[str, int | None]]:
    marks = Attendance.objects.order_by("session_id", "enrolment_id")
    return list(marks.values_list("status", "minutes"))


def test_script_of_an_earlier_release_is_understood_and_understands(
    release: dict[str, Any], filled: world.World, tab: Client
) -> None:
    read = release["read_by_the_script"]
    for body in release["script"]:
        for mark in body["marks"]:
            mark["enrolment"] = filled.enrolments[mark["enrolment"] - 1].pk
            mark["session"] = filled.sessions[mark["session"] - 1].pk
        answer = tab.post("/training/marks/", json.dumps(body), content_type="application/json")
        told = answer.json()
        assert (answer.status_code, set(read["body"]) - told.keys()) == (200, set())
        assert [each["outcome"] for each in told["answers"]] == ["stored"]
        assert set(read["answer"]) - told["answers"][0].keys() == set()
        [column] = told["columns"].values()
        assert set(read["column"]) - column.keys() == set()
    assert stored() == [("present", None), ("present", None), ("partial", 180)]
    call_command("check_invariants")


def test_form_of_an_earlier_release_is_stored(
    release: dict[str, Any], filled: world.World, tab: Client
) -> None:
    keys = {str(number): str(row.pk) for number, row in enumerate(filled.enrolments, start=1)}
    fields = re.sub(r"-(\d)=", lambda found: f"-{keys[found[1]]}=", release["form"]["fields"])
    session = filled.sessions[release["form"]["session"] - 1]
    answer = tab.post(
        session.get_absolute_url(), fields, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    assert stored() == [("present", None)]
    call_command("check_invariants")
