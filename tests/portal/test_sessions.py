"""How long a sign-in lasts, what ends it, and that an old cookie opens nothing afterwards."""

import time

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal import sessions
from portal.actions import set_active
from portal.models import User
from projects.models import Role
from tests.factories import GroupTrainerFactory, MembershipFactory, ProjectFactory
from tests.portal.test_signing_in import PASSWORD

pytestmark = pytest.mark.django_db
TODAY, LOGIN = "/today/", "/accounts/login/"
HALF_AN_HOUR, TWELVE_HOURS = 30 * 60, 12 * 60 * 60
COOKIE = django_settings.SESSION_COOKIE_NAME


def person(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def coordinator():
    return person(MembershipFactory(role=Role.COORDINATOR, project=ProjectFactory()).user)


@pytest.fixture
def trainer():
    return person(GroupTrainerFactory().user)


def sign_in(user: User, **extra: str) -> Client:
    client = Client()
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD, **extra})
    assert answer.status_code == 302
    return client


def later(client: Client, seconds: int, *, used: int | None = None) -> None:
    """As if signed in so long ago, and last seen ``used`` seconds ago."""
    store, now = client.session, int(time.time())
    store[sessions.SIGNED_IN] = now - seconds
    store[sessions.SEEN] = now - (seconds if used is None else used)
    store.save()


def is_in(client: Client, cookie: str | None = None) -> bool:
    other = Client()
    other.cookies[COOKIE] = cookie or client.cookies[COOKIE].value
    return other.get(TODAY).status_code == 200


def test_cookie_changes_at_sign_in(coordinator):
    client = Client()
    store = client.session
    store["planted"] = "by somebody else"
    store.save()
    before = client.cookies[COOKIE].value
    client.post(LOGIN, {"login": coordinator.email, "password": PASSWORD})

    assert client.cookies[COOKIE].value != before
    assert is_in(client)
    assert not is_in(client, before)


def test_signing_out_ends_it_and_tells_the_browser_to_forget(coordinator):
    client = sign_in(coordinator)
    cookie = client.cookies[COOKIE].value

    left = client.post("/accounts/logout/")

    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(client, cookie)
    assert not Session.objects.filter(session_key=cookie).exists()


def test_other_answers_do_not_clear_the_browser(coordinator):
    client = sign_in(coordinator)
    answers = [client.get(TODAY), Client().get(TODAY), Client().post("/accounts/logout/")]

    assert [each.headers.get("Clear-Site-Data") for each in answers] == [None] * 3


def test_new_password_ends_all_other_sessions(coordinator):
    client, other = sign_in(coordinator), sign_in(coordinator)
    cookie = client.cookies[COOKIE].value
    since = client.session[sessions.SIGNED_IN]
    new = "pavisam cita gara parole"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", fields)

    assert client.session[sessions.SIGNED_IN] == since
    assert is_in(client)
    assert not is_in(client, cookie)
    assert not is_in(other)


def test_closing_the_account_ends_it_for_good(coordinator):
    client = sign_in(coordinator)
    set_active(user=User.objects.get(pk=coordinator.pk), active=False)
    closed = is_in(client)
    set_active(user=User.objects.get(pk=coordinator.pk), active=True)

    assert not closed
    assert not is_in(client)
    assert is_in(sign_in(User.objects.get(pk=coordinator.pk)))


def test_half_an_hour_unused_ends_it_and_the_page_asked_for_comes_after(coordinator):
    client = sign_in(coordinator)
    later(client, HALF_AN_HOUR + 60)
    cookie = client.cookies[COOKIE].value

    away = client.get("/projects/?q=x")

    assert away.headers["Location"] == f"{LOGIN}?next=/projects/%3Fq%3Dx"
    assert "Clear-Site-Data" in away.headers
    assert not is_in(client, cookie)
    fields = {"login": coordinator.email, "password": PASSWORD, "next": "/projects/?q=x"}
    assert client.post(LOGIN, fields).headers["Location"] == "/projects/?q=x"


def test_button_pressed_too_late_leads_back_to_its_page(coordinator):
    client = sign_in(coordinator)
    later(client, HALF_AN_HOUR + 60)

    pressed = client.post(
        "/jobs/retry/", headers={"Referer": "http://testserver/jobs/"}, follow=False
    )
    part = Client().get("/jobs/", headers={"HX-Request": "true"})

    assert pressed.headers["Location"] == f"{LOGIN}?next=%2Fjobs%2F"
    assert part.headers["HX-Redirect"] == f"{LOGIN}?next=%2F"


def test_use_keeps_it_and_costs_one_write_a_minute(coordinator, django_assert_num_queries):
    client = sign_in(coordinator)
    later(client, 3 * HALF_AN_HOUR, used=HALF_AN_HOUR - 60)
    assert client.get(TODAY).status_code == 200

    assert sessions.unused_seconds(client.session) < 5
    note = client.session[sessions.SEEN]
    client.get(TODAY)
    assert client.session[sessions.SEEN] == note


def test_page_that_asks_again_by_itself_is_nobodys_use(coordinator):
    client = sign_in(coordinator)
    later(client, HALF_AN_HOUR - 60)
    again = {"HX-Request": "true", "X-Background": "1"}
    assert client.get("/jobs/", headers=again).status_code == 200
    assert sessions.unused_seconds(client.session) >= HALF_AN_HOUR - 60

    later(client, HALF_AN_HOUR + 60)
    assert "HX-Redirect" in client.get("/jobs/", headers=again).headers


@pytest.mark.parametrize("unused", [HALF_AN_HOUR - 60, HALF_AN_HOUR + 60])
def test_icon_is_nobodys_use_and_carries_no_cookie(coordinator, unused, django_assert_num_queries):
    """Browsers ask for it by themselves, and caches keep the answer for everybody."""
    client = sign_in(coordinator)
    later(client, unused)
    before = dict(client.session)

    with django_assert_num_queries(0):
        answer = client.get("/favicon.ico")

    assert (answer.status_code, "public" in answer.headers["Cache-Control"]) == (302, True)
    assert (dict(answer.cookies), dict(client.session)) == ({}, before)


def test_trainer_keeps_it_for_the_day(trainer):
    client = sign_in(trainer)
    later(client, 11 * 60 * 60)

    assert client.get(TODAY).status_code == 200


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_twelve_hours_end_it_whatever_was_done(request, who):
    client = sign_in(request.getfixturevalue(who))
    later(client, TWELVE_HOURS - 120, used=10)
    assert is_in(client)
    later(client, TWELVE_HOURS + 1, used=10)

    assert not is_in(client)


def test_emptied_cache_signs_nobody_out(coordinator):
    client = sign_in(coordinator)
    cache.clear()

    assert is_in(client)


def test_role_taken_away_holds_from_the_next_page(coordinator):
    client = sign_in(coordinator)
    page = reverse("user_list")
    assert client.get(page).status_code == 200
    coordinator.memberships.all().delete()

    assert client.get(page).status_code == 403
