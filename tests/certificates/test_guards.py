"""What holds still behind a valid certificate: all that would let the register say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from certificates.actions import revoke_certificate
from tests.certificates.world import FIRST_DAY, World, build
from training.actions import (
    change_enrolment,
    change_module,
    change_programme,
    change_session,
    reopen_session,
    withdraw,
)
from training.models import Attendance, Enrolment, Session, TrainingProgramme

pytestmark = pytest.mark.django_db


def change_first_session(world: World, **fields: Any) -> None:
    session = Session.objects.order_by("date")[0]
    for name, value in fields.items():
        setattr(session, name, value)
    change_session(user=None, session=session)


def change_category(world: World) -> None:
    person = world.people()[0]
    person.job_category = world.carer
    change_enrolment(user=None, enrolment=person)


def leave(world: World) -> None:
    withdraw(user=None, enrolment=world.people()[0], on=FIRST_DAY + timedelta(days=30))


def change_course(world: World, **fields: Any) -> None:
    programme = TrainingProgramme.objects.get(pk=world.programme.pk)
    for name, value in fields.items():
        setattr(programme, name, value)
    change_programme(programme=programme)


GUARDED: dict[str, Callable[[World], None]] = {
    "another day": lambda world: change_first_session(world, date=FIRST_DAY + timedelta(days=9)),
    "shorter": lambda world: change_first_session(world, ends=time(15)),
    "another module": lambda world: change_first_session(world, module=None),
    "job category": change_category,
    "leaving": leave,
    "unit": lambda world: change_course(world, hour_unit="clock60"),
    "threshold": lambda world: change_course(world, threshold_percent=90),
    "audience": lambda world: change_module(module=world.care, audience=[]),
}
FREE: dict[str, Callable[[World], None]] = {
    "topic": lambda world: change_first_session(world, topic="Cita tēma"),
    "hour": lambda world: change_first_session(world, starts=time(8), ends=time(15)),
    "name": lambda world: change_course(world, name_lv="Cits nosaukums"),
    "the same people": lambda world: change_module(
        module=world.law, audience=[world.worker, world.carer]
    ),
}


@pytest.fixture
def reopened(done: World) -> World:
    """Everybody was present, and the first session is open again; that alone is allowed."""
    return reopen(done)


def reopen(world: World) -> World:
    first = Session.objects.order_by("date")[0]
    reopen_session(user=world.coordinator, session=first, reason="Pārbaude")
    return world


@pytest.mark.parametrize("name", [*GUARDED, *FREE])
def test_without_a_certificate_all_may_change(name: str, reopened: World) -> None:
    (GUARDED | FREE)[name](reopened)


@pytest.mark.parametrize("name", GUARDED)
def test_behind_a_certificate_nothing_changes_that_it_says(name: str, done: World) -> None:
    certificates = done.issue()
    reopen(done)
    with pytest.raises(ValidationError) as caught:
        GUARDED[name](done)
    assert any(str(certificates[0]) in line for line in caught.value.messages)
    assert caught.value.messages[-1] == (
        "Vispirms atsauciet apliecību, tad veiciet izmaiņas un izsniedziet no jauna."
    )
    for certificate in certificates:
        revoke_certificate(certificate=certificate, reason="x", revoked_by=done.coordinator)
    GUARDED[name](done)


@pytest.mark.parametrize("name", FREE)
def test_what_no_certificate_says_stays_free(name: str, done: World) -> None:
    done.issue()
    FREE[name](reopen(done))


def test_others_of_the_group_are_free(done: World) -> None:
    done.issue()
    left = done.people()[1]
    left.certificates.get().delete()
    withdraw(user=None, enrolment=left, on=FIRST_DAY + timedelta(days=30))
    assert Enrolment.objects.get(pk=left.pk).state == "withdrawn"


def test_of_many_certificates_three_are_named_and_the_rest_counted(db: None) -> None:
    world = build(people=5)
    world.issue()
    reopen(world)
    with pytest.raises(ValidationError) as caught:
        GUARDED["shorter"](world)
    assert len(caught.value.messages) == 5
    assert caught.value.messages[3] == "Un vēl 2 tādas."


def test_page_says_which_certificate_and_the_way_out(done: World, client: Client) -> None:
    certificate = done.issue()[0]
    reopen(done)
    session, person = Session.objects.order_by("date")[0], done.people()[0]
    client.force_login(done.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    times = {"starts": "09:00", "ends": "12:00", "break_minutes": "60"}
    course = {"project": done.project.pk, "name_lv": "Pamati", "code": done.programme.code}
    pages = {
        reverse("training:session_edit", args=[session.pk]): times
        | {"date": f"{session.date}", "module": done.law.pk},
        reverse("training:enrolment_edit", args=[person.pk]): {
            "since": f"{person.since}",
            "job_category": done.carer.pk,
        },
        reverse("training:enrolment_leave", args=[person.pk]): {
            "on": f"{session.date + timedelta(days=30)}",
            "wanted": "withdrawn",
        },
        reverse("training:programme_edit", args=[done.programme.pk]): course
        | {"hour_unit": "ac45", "threshold_percent": "70"},
        reverse("training:module_edit", args=[done.care.pk]): {
            "name_lv": "Aprūpe",
            "code": done.care.code,
        },
    }
    for address, data in pages.items():
        answer = client.post(address, data)
        (said,) = answer.context["form"].errors.values()
        assert str(certificate) in said[0], address
        assert "atsauciet apliecību" in said[-1], address
        assert str(certificate) in answer.content.decode()
    assert Attendance.objects.count() == 8
    session.refresh_from_db()
    assert session.ends == time(16)
