"""Who may open which page of training, and whose names stand on it."""

from __future__ import annotations

import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.training.world import empty_world, fill, organisation
from training.actions import NewPerson, add_participant, mark_all_present
from training.models import Employment

ROLES = [
    "admin",
    "coordinator",
    "partner",
    "officer",
    "auditor",
    "trainer",
    "participant",
    "funder",
    "stranger",
    "foreign",
]
ALL, NO = 200, 403
GONE = 404

#                        admin coord partner officer auditor trainer particip funder strang foreign
READ_GROUP = [ALL, ALL, ALL, ALL, ALL, ALL, GONE, GONE, GONE, GONE]
EDIT_GROUP = [ALL, ALL, NO, NO, NO, NO, GONE, GONE, GONE, GONE]
RUN_SESSION = [ALL, ALL, NO, NO, NO, ALL, GONE, GONE, GONE, GONE]
ENROL = [ALL, ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE]
READ_PROGRAMME = [ALL, ALL, ALL, ALL, ALL, GONE, GONE, GONE, GONE, GONE]
EDIT_PROGRAMME = [ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE, GONE]
GROUPS = [ALL, ALL, ALL, ALL, ALL, ALL, NO, NO, NO, ALL]
STAFF = [ALL, ALL, ALL, ALL, ALL, NO, NO, NO, NO, ALL]
ADD = [ALL, ALL, NO, NO, NO, NO, NO, NO, NO, ALL]

PAGES = {
    "group_list": GROUPS,
    "group_add": ADD,
    "group_detail": READ_GROUP,
    "group_edit": EDIT_GROUP,
    "group_register": READ_GROUP,
    "trainer_add": EDIT_GROUP,
    "enrolment_add": ENROL,
    "session_add": EDIT_GROUP,
    "sessions_plan": EDIT_GROUP,
    "session_detail": READ_GROUP,
    "session_edit": EDIT_GROUP,
    "session_close": RUN_SESSION,
    "session_reopen": RUN_SESSION,
    "session_cancel": EDIT_GROUP,
    "enrolment_edit": [ALL, ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE],
    "enrolment_leave": [ALL, ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE],
    "programme_list": STAFF,
    "programme_add": ADD,
    "programme_detail": READ_PROGRAMME,
    "programme_edit": EDIT_PROGRAMME,
    "module_add": EDIT_PROGRAMME,
    "module_edit": EDIT_PROGRAMME,
    "site_list": STAFF,
    "site_add": ADD,
    "site_edit": EDIT_PROGRAMME,
    "job_category_list": ADD,
    "job_category_add": ADD,
    "job_category_edit": ADD,
    "participant_list": STAFF,
    "participant_add": [ALL, ALL, ALL, NO, NO, NO, NO, NO, NO, ALL],
    "participant_detail": [ALL, ALL, ALL, ALL, ALL, NO, GONE, GONE, GONE, GONE],
    "participant_edit": [ALL, ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE],
    "employment_add": [ALL, ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE],
    "employment_edit": [ALL, ALL, ALL, NO, NO, GONE, GONE, GONE, GONE, GONE],
    "employment_remove": [ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE, GONE],
    "my_courses": [ALL] * 10,
}
POSTS = {
    "group_archive": EDIT_GROUP,
    "session_cancel": EDIT_GROUP,
    "session_open": RUN_SESSION,
    "programme_archive": EDIT_PROGRAMME,
    "module_archive": EDIT_PROGRAMME,
    "site_archive": EDIT_PROGRAMME,
    "job_category_archive": ADD,
    "participant_archive": [ALL, ALL, ALL, NO, NO, NO, GONE, GONE, GONE, GONE],
}


def key_of(name: str, world: Any) -> list[Any]:
    """What the address of a page about the world names: nothing, or one key."""
    first = world.enrolments[0]
    job = first.participant.employments.order_by("pk").first()
    keys = {
        "group_list": None, "group_add": None, "programme_list": None, "programme_add": None,
        "site_list": None, "site_add": None, "job_category_list": None, "job_category_add": None,
        "participant_list": None, "participant_add": None, "my_courses": None,
        "session": world.sessions[0].pk, "enrolment_add": world.group.pk,
        "enrolment": first.pk, "sessions_plan": world.group.pk, "session_add": world.group.pk,
        "trainer_add": world.group.pk, "group": world.group.pk, "module_add": world.programme.pk,
        "module": world.everyone.pk, "programme": world.programme.pk, "site": world.site.pk,
        "job_category": world.worker.pk, "employment_add": first.participant.pk,
        "employment": job.pk, "participant": first.participant.pk,
    }  # fmt: skip
    fitting = name if name in keys else name.rsplit("_", 1)[0]
    return [] if keys[fitting] is None else [keys[fitting]]


def address(name: str, world: Any) -> str:
    return reverse(f"training:{name}", args=key_of(name, world))


def row(codes: list[int]) -> dict[str, int]:
    return dict(zip(ROLES, codes, strict=True))


def test_pages_open_to_those_they_concern(filled: Any, as_: Any) -> None:
    browsers = [as_(role) for role in ROLES]
    seen = {
        name: row([each.get(address(name, filled)).status_code for each in browsers])
        for name in PAGES
    }
    assert seen == {name: row(codes) for name, codes in PAGES.items()}


def test_pages_ask_strangers_to_sign_in(filled: Any, as_: Any, client: Any) -> None:
    login = reverse("account_login")
    answers = [client.get(address(name, filled)) for name in PAGES]
    assert {(each.status_code, each.url.partition("?")[0]) for each in answers} == {(302, login)}


WANTED = {"session_open": {}, "session_cancel": {"wanted": "cancelled"}}


def test_buttons_work_for_those_they_concern(filled: Any, as_: Any) -> None:
    browsers = [as_(role) for role in ROLES]
    seen = {}
    for name in POSTS:
        data = WANTED.get(name, {"wanted": "archived"})
        answers = [each.post(address(name, filled), data).status_code for each in browsers]
        seen[name] = row(answers)
    expected = {
        name: row([302 if code == ALL else code for code in codes]) for name, codes in POSTS.items()
    }
    assert seen == expected


def test_buttons_are_no_links(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    buttons = [name for name in POSTS if name not in PAGES]
    assert {browser.get(address(name, filled)).status_code for name in buttons} == {405}


def test_foreign_and_absent_look_the_same(filled: Any, as_: Any) -> None:
    browser = as_("foreign")
    for name in (name for name, codes in PAGES.items() if GONE in codes):
        keyed = key_of(name, filled)[0]
        absent = uuid.UUID(int=7) if isinstance(keyed, uuid.UUID) else 99_999_999
        foreign = browser.get(address(name, filled))
        nothing = browser.get(reverse(f"training:{name}", args=[absent]))
        assert (name, foreign.status_code, nothing.status_code) == (name, 404, 404)
        assert foreign.content == nothing.content


NAMED = {
    "admin": {0, 1, 2},
    "coordinator": {0, 1, 2},
    "partner": {0},
    "officer": {0, 1, 2},
    "auditor": {0, 1, 2},
    "trainer": {0, 1, 2},
}


def test_names_are_those_the_role_may_read(filled: Any, as_: Any) -> None:
    mark_all_present(user=None, session=filled.sessions[0])
    for name in ("group_detail", "group_register", "session_detail"):
        seen = {}
        for role in NAMED:
            page = as_(role).get(address(name, filled)).content.decode()
            seen[role] = {
                number
                for number, place in enumerate(filled.enrolments)
                if place.participant.family_name in page
            }
        assert seen == NAMED


@pytest.mark.parametrize("name", ["participant_list", "group_list"])
def test_lists_name_nobody_from_elsewhere(name: str, filled: Any, as_: Any) -> None:
    other = fill(empty_world("kurzeme"), people=4)
    stranger = other.enrolments[3].participant
    other.group.name_lv = "Kurzemes grupa"
    other.group.save()
    page = as_("coordinator").get(reverse(f"training:{name}")).content.decode()
    assert str(stranger.pk) not in page
    assert "Kurzemes grupa" not in page
    assert "Kurzemes grupa" in as_("admin").get(reverse("training:group_list")).content.decode()


def test_a_partner_sees_and_exports_only_own_people(filled: Any, as_: Any) -> None:
    page = as_("partner").get(reverse("training:participant_list")).content.decode()
    names = [place.participant.family_name for place in filled.enrolments]
    assert [name in page for name in names] == [True, False, False]


def test_trainer_without_the_group_any_more_is_out_at_once(filled: Any, as_: Any) -> None:
    browser: Client = as_("trainer")
    assert browser.get(filled.group.get_absolute_url()).status_code == 200
    filled.group.trainers.all().delete()
    assert browser.get(filled.group.get_absolute_url()).status_code == 404


def test_a_participant_sees_himself_and_no_peer(filled: Any, as_: Any) -> None:
    page = as_("participant").get(reverse("training:my_courses")).content.decode()
    assert "Pamati" in page
    for number in (0, 2):
        assert filled.enrolments[number].participant.family_name not in page


def test_person_is_out_of_sight_of_who_added_him_once_his_role_is_taken(
    cast: dict[str, Any], as_: Any
) -> None:
    added = add_participant(user=cast["coordinator"], person=NewPerson("Ilze", "Kalna"))
    page = reverse("training:participant_detail", args=[added.pk])
    assert as_("coordinator").get(page).status_code == ALL
    cast["coordinator"].memberships.all().delete()
    assert as_("coordinator").get(page).status_code == GONE


# --- Links --------------------------------------------------------------------------------------

LINK = re.compile(r'href="(/[^"#]*)"')


@pytest.mark.parametrize("role", ROLES[:6])
def test_no_page_of_training_leads_to_one_that_is_refused(
    role: str, filled: Any, as_: Any, cast: Any
) -> None:
    """Every link of every page is followed; a former employer's job stands among the rows."""
    person = filled.enrolments[0].participant
    Employment.objects.create(
        participant=person, organisation=organisation("former"), job_category=filled.worker
    )
    browser = as_(role)
    pages = [address(name, filled) for name in PAGES if name.endswith(("_list", "_detail"))]
    pages += [address("group_register", filled), f"{filled.group.get_absolute_url()}?show=sessions"]
    links = {
        html.unescape(link)
        for page in pages
        for link in LINK.findall(browser.get(page).content.decode())
        if link.startswith(("/training/", "/people/"))
    }
    refused = {link for link in links if browser.get(link).status_code not in {200, 405}}
    assert refused == set()
    reads = role != "trainer"
    assert (address("programme_detail", filled) in links) == reads
    assert any(link.startswith(reverse("training:site_list")) for link in links) == reads
    assert (address("site_edit", filled) in links) == (role in {"admin", "coordinator"})
    invite = reverse("participant_invite", args=[person.pk])
    assert (invite in links) == (role in {"admin", "coordinator"})
