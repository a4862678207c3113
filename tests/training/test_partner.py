"""The municipal coordinator: own employees, on the days they are employees, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from projects.models import Organisation, Role
from tests.training.world import FIRST_DAY, member, organisation
from training.actions import close_session, enrol, reopen_session
from training.models import AttendanceStatus, Employment, Enrolment, Group, Participant

BEFORE, AFTER = FIRST_DAY - timedelta(days=1), FIRST_DAY + timedelta(days=1)
LATER = date(2026, 5, 4)


def at(name: str, *args: Any) -> str:
    return reverse(f"training:{name}", args=args)


def works(world: Any, person: int, at_: str = "service", **days: date | None) -> Employment:
    """A job of one of the three people; ``service`` is the partner's organisation."""
    employer, _made = Organisation.objects.get_or_create(code=at_, defaults={"name_lv": at_})
    return Employment.objects.create(
        participant=world.enrolments[person].participant,
        organisation=employer,
        job_category=world.worker,
        **days,
    )


@pytest.mark.parametrize(
    ("since", "until", "is_own"),
    [
        (None, BEFORE, False),
        (AFTER, None, False),
        (None, None, True),
        (FIRST_DAY, FIRST_DAY, True),
    ],
)
def test_own_employee_is_whose_own_job_covers_the_first_day(
    since: date | None, until: date | None, is_own: bool, filled: Any, cast: Any
) -> None:
    """The first person works for the partner without any dates; that says nothing of the second."""
    works(filled, 1, valid_from=since, valid_to=until)
    own = filled.enrolments[:2] if is_own else filled.enrolments[:1]
    assert set(Enrolment.objects.visible_to(cast["partner"])) == set(own)
    assert set(Enrolment.objects.markable_by(cast["partner"])) == set(own)


# --- Groups -----------------------------------------------------------------------------------


@pytest.fixture
def newcomer(filled: Any, cast: Any) -> Any:
    """A municipal coordinator whose municipality takes part and has nobody in the group yet."""
    town = organisation("town")
    filled.project.partnerships.create(organisation=town)
    return member("new@x.invalid", Role.PARTNER, organisation=town)


def test_partner_sees_a_group_by_count_until_somebody_of_his_is_in(
    newcomer: Any, filled: Any, client: Any
) -> None:
    session = filled.sessions[0]
    close_session(user=None, session=session, rest=AttendanceStatus.PRESENT)
    reopen_session(user=None, session=session, reason="Kļūda: Ļaksa nebija")
    client.force_login(newcomer)
    pages = {
        name: client.get(address).content.decode()
        for name, address in {
            "list": at("group_list"),
            "found": at("group_list") + "?q=grupa",
            "group": filled.group.get_absolute_url(),
            "timetable": filled.group.get_absolute_url() + "?show=sessions",
            "register": at("group_register", filled.group.pk),
            "sheet": session.get_absolute_url(),
            "people": at("participant_list"),
            "today": reverse("today"),
            "search": reverse("search") + "?q=laksa",
        }.items()
    }
    names = [place.participant.family_name for place in filled.enrolments]
    assert {page for page, told in pages.items() for name in names if name in told} == set()
    assert "3 dalībnieki" in pages["group"]
    assert "3 no 3" in pages["timetable"]
    assert client.post(session.get_absolute_url()).status_code == 403


def test_partner_enrols_his_first_person(newcomer: Any, filled: Any, client: Any) -> None:
    client.force_login(newcomer)
    add = at("enrolment_add", filled.group.pk)
    assert add in client.get(filled.group.get_absolute_url()).content.decode()
    town = Organisation.objects.get(code="town")
    person = {
        "given_name": "Rita", "family_name": "Dimante", "job_category": filled.worker.pk,
        "organisation": town.pk, "since": f"{FIRST_DAY}",
    }  # fmt: skip
    assert client.post(add, person).url == filled.group.get_absolute_url()
    page = client.get(filled.group.get_absolute_url())
    assert [row["place"].participant.name for row in page.context["people"]] == ["Rita Dimante"]
