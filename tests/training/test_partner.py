"""The municipal coordinator: own employees, on the days they are employees, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.today import sessions_today
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


# --- Where people work ------------------------------------------------------------------------


def employment(world: Any, **days: str) -> dict[str, Any]:
    """What the form of a job sends: with the partner's organisation, in these days."""
    service = Organisation.objects.get(code="service")
    return {"organisation": service.pk, "job_category": world.worker.pk, **days}


def errors(answer: Any) -> set[str]:
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


@pytest.fixture
def former(filled: Any, cast: Any) -> Any:
    """The first person: enrolled as the partner's own once, and elsewhere after she left."""
    own = filled.enrolments[0].participant.employments.get()
    own.valid_from, own.valid_to = FIRST_DAY, AFTER
    own.save()
    later = Group.objects.create(programme=filled.programme, code="later", name_lv="Vēlāk")
    enrol(user=None, group=later, participant=own.participant, since=LATER)
    works(filled, 0, "elsewhere", valid_from=LATER)
    return own.participant


@pytest.mark.parametrize(
    "days",
    [
        {"valid_from": "2026-03-02"},
        {"valid_from": "2026-03-02", "valid_to": "2099-12-31"},
        {"valid_from": f"{LATER}", "valid_to": f"{LATER}"},
    ],
)
def test_partner_brings_no_course_into_his_sight(
    days: dict[str, str], former: Any, filled: Any, cast: Any, as_: Any
) -> None:
    browser = as_("partner")
    seen = list(Enrolment.objects.visible_to(cast["partner"]))
    add = at("employment_add", former.pk)
    assert errors(browser.post(add, employment(filled))) == {"valid_from"}
    assert errors(browser.post(add, employment(filled, **days))) == {"__all__"}
    assert list(Enrolment.objects.visible_to(cast["partner"])) == seen
    assert former.employments.count() == 2
    later = f"{LATER + timedelta(days=1)}"
    assert browser.post(add, employment(filled, valid_from=later)).url == former.get_absolute_url()
    assert list(Enrolment.objects.visible_to(cast["partner"])) == seen
    assert as_("coordinator").post(add, employment(filled)).status_code == 302
    assert Enrolment.objects.visible_to(cast["partner"]).count() == 2


def test_partner_changes_no_period_that_ended(former: Any, filled: Any, as_: Any) -> None:
    ended = former.employments.get(valid_to=AFTER)
    page = at("employment_edit", ended.pk)
    longer = employment(filled, valid_from="2026-03-02")
    assert as_("partner").post(page, longer).status_code == 403
    assert page not in as_("partner").get(former.get_absolute_url()).content.decode()
    assert page in as_("coordinator").get(former.get_absolute_url()).content.decode()
    assert as_("coordinator").post(page, longer).status_code == 302


def test_partner_stretches_a_job_only_over_what_he_sees(filled: Any, as_: Any) -> None:
    job = filled.enrolments[0].participant.employments.get()
    browser, page = as_("partner"), at("employment_edit", job.pk)
    assert errors(browser.post(page, employment(filled))) == {"valid_from"}
    assert browser.post(page, employment(filled, valid_from="2020-01-01")).status_code == 302
    lost = browser.post(page, employment(filled, valid_from=f"{AFTER}"))
    assert lost.url == at("participant_list")


def test_partner_reads_only_the_own_jobs_of_a_person(former: Any, filled: Any, as_: Any) -> None:
    foreign = former.employments.get(organisation__code="elsewhere")
    for role, is_seen in {"partner": False, "officer": True}.items():
        browser = as_(role)
        pages = [former.get_absolute_url(), at("participant_list")]
        pages.append(at("participant_list") + f"?organisation={foreign.organisation_id}")
        told = "".join(browser.get(page).content.decode() for page in pages)
        assert ("elsewhere" in told) == is_seen, role
    assert as_("partner").get(at("employment_edit", foreign.pk)).status_code == 404


def test_partner_enrols_whom_he_employs_on_the_first_day(
    former: Any, filled: Any, as_: Any
) -> None:
    group = Group.objects.create(programme=filled.programme, code="next", name_lv="Nākamā")
    address = at("enrolment_add", group.pk) + f"?person={former.pk}"
    data = {"since": f"{LATER}", "job_category": filled.worker.pk}
    assert errors(as_("partner").post(address, data)) == {"since"}
    assert not group.enrolments.exists()
    assert as_("partner").post(address, data | {"since": f"{AFTER}"}).status_code == 302
    place = group.enrolments.get()
    page = at("enrolment_edit", place.pk)
    assert errors(as_("partner").post(page, data)) == {"since"}
    assert as_("coordinator").post(page, data).status_code == 302


def test_job_entered_by_mistake_is_removed_by_who_runs_the_project(
    filled: Any, cast: Any, as_: Any
) -> None:
    job = filled.enrolments[0].participant.employments.get()
    page = at("employment_remove", job.pk)
    assert page not in as_("partner").get(at("employment_edit", job.pk)).content.decode()
    browser = as_("coordinator")
    assert page in browser.get(at("employment_edit", job.pk)).content.decode()
    assert "service" in browser.get(page).content.decode().lower()
    assert browser.post(page).url == job.participant.get_absolute_url()
    assert not job.participant.employments.exists()
    assert not Enrolment.objects.visible_to(cast["partner"]).exists()


@pytest.mark.parametrize(
    ("filter_by", "role", "found"),
    [
        ("job_category", "partner", False),
        ("job_category", "coordinator", True),
        ("organisation", "partner", False),
        ("organisation", "coordinator", True),
    ],
)
def test_filter_matches_only_what_the_reader_sees(
    filter_by: str, role: str, found: bool, former: Any, filled: Any, as_: Any
) -> None:
    """As a carer and for another employer she stands in a course that is not the partner's."""
    former.enrolments.filter(group__code="later").update(job_category=filled.carer)
    Enrolment.objects.filter(pk=filled.enrolments[2].pk).delete()  # a carer to others
    values = {
        "job_category": filled.carer.pk,
        "organisation": Organisation.objects.get(code="elsewhere").pk,
    }
    page = as_(role).get(at("participant_list") + f"?{filter_by}={values[filter_by]}")
    shown = [row.record for row in page.context["table"].rows]
    everybody = list(Participant.objects.readable_by(page.wsgi_request.user))
    is_refused = filter_by in page.context["filter"].form.errors  # no choice of his
    assert (shown == [former] and not is_refused) == found
    assert is_refused == (role == "partner" and filter_by == "organisation")
    assert not is_refused or shown == everybody


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
    assert [each.enrolment.participant.name for each in page.context["people"]] == ["Rita Dimante"]


def test_today_tells_a_partner_of_meetings_of_his_people(
    newcomer: Any, filled: Any, cast: Any
) -> None:
    filled.sessions[0].date = timezone.localdate()
    filled.sessions[0].save()
    assert sessions_today(newcomer, None) == []
    assert sessions_today(cast["partner"], None) == [filled.sessions[0]]
