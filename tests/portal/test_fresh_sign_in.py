"""What opens an account for long asks who is there, unless he signed in just now."""

import re
from urllib.parse import quote

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse

from projects.models import Role
from tests.factories import MembershipFactory
from tests.portal.test_second_step import AGAIN, INDEX, code_of, with_app
from tests.signing import just_signed_in

pytestmark = pytest.mark.django_db
ANEW = "/accounts/again/"
A_WHILE = 16 * 60
ADDING = [f"{INDEX}app/", f"{INDEX}key/", "/accounts/password/set/"]
REMOVING = [f"{INDEX}app/remove/", f"{INDEX}key/1/remove/", f"{INDEX}codes/"]


@pytest.fixture
def guest():
    """Who comes by a code from the mailbox and has nothing else, as most do."""
    user = MembershipFactory(role=Role.OFFICER).user
    user.set_unusable_password()
    user.save()
    return user


@pytest.mark.parametrize("page", [*ADDING, f"{INDEX}codes/"])
def test_whoever_has_nothing_to_prove_it_with_signs_in_anew_and_comes_back(client, guest, page):
    just_signed_in(client, guest, ago=A_WHILE)
    for method in (client.post, client.get):
        assert method(page).headers["Location"] == f"{ANEW}?next={quote(page, safe='')}"

    way = client.get(f"{ANEW}?next={page}").context["way_back"]
    out = client.post("/accounts/logout/", {"next": way})
    assert out.headers["Location"] == way == f"/accounts/login/?next={quote(page, safe='')}&anew=1"
    client.post("/accounts/login/code/", {"email": guest.email, "next": page})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.M)[1]
    back = client.post("/accounts/login/code/confirm/", {"code": code, "next": page})

    assert back.headers["Location"] == page
    assert not client.get(page).headers.get("Location", "").startswith(ANEW)


@pytest.mark.parametrize("page", REMOVING)
def test_whoever_has_a_device_proves_it_there(client, guest, page):
    just_signed_in(client, with_app(guest), ago=A_WHILE)
    assert client.get(page).headers["Location"] == f"{AGAIN}?next={quote(page, safe='')}"

    client.post(AGAIN, {"code": code_of(), "next": page})

    assert client.get(page).status_code in {200, 404}


@pytest.mark.parametrize("page", [*ADDING, *REMOVING, "/my/account/tokens/new/"])
@pytest.mark.parametrize("has_device", [False, True])
def test_what_was_typed_too_late_is_kept_nowhere(client, guest, page, has_device, settings):
    if has_device:
        with_app(guest)
    just_signed_in(client, guest, ago=A_WHILE)
    typed = "typed by its owner alone"

    answer = client.post(page, {"password1": typed, "password2": typed, "name": typed})

    assert (answer.status_code, typed in str(dict(client.session))) in {(302, False), (404, False)}
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in str(dict(client.session))


def test_password_is_set_by_its_form_alone_after_it_was_proven(client, guest):
    """What was typed before the proof is not sent on behind the person's back."""
    page = ADDING[2]
    just_signed_in(client, with_app(guest), ago=A_WHILE)
    typed = {"password1": "typed by its owner", "password2": "typed by its owner"}
    client.post(page, typed)

    proven = client.post(AGAIN, {"code": code_of(), "next": page})

    guest.refresh_from_db()
    assert (proven.headers["Location"], guest.has_usable_password()) == (page, False)
    client.post(page, typed)
    guest.refresh_from_db()
    assert guest.check_password(typed["password1"])


def test_whoever_signed_in_just_now_is_asked_for_nothing(client, guest):
    just_signed_in(client, guest)
    for page in ADDING:
        assert client.get(page).status_code == 200


def test_led_to_setting_it_up_late_one_may_sign_in_anew(client, guest, settings):
    settings.MFA_REQUIRED = True
    just_signed_in(client, guest, ago=A_WHILE)

    asked = client.get(f"{INDEX}app/", follow=True)

    assert asked.redirect_chain[-1][0].startswith(ANEW)
    assert "Ienākt no jauna" in asked.text


def test_way_back_leads_to_no_other_site(client, guest):
    just_signed_in(client, guest, ago=A_WHILE)
    way = client.get(f"{ANEW}?next=https://evil.invalid/").context["way_back"]
    out = client.post("/accounts/logout/", {"next": way})
    assert out.headers["Location"] == way

    fields = {"email": guest.email, "next": "https://evil.invalid/"}
    client.post("/accounts/login/code/", fields)
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.M)[1]
    back = client.post("/accounts/login/code/confirm/", {"code": code, **fields})
    assert back.headers["Location"] == reverse("today")


def test_only_a_person_with_an_account_is_shown_a_way_to_prove_it(guest):
    ways = get_adapter().get_reauthentication_methods
    assert [way["url"] for way in ways(guest)] == [ANEW]
    assert ways(AnonymousUser()) == []
