"""Signing in by an organisation's own provider: it says who, the portal what, and nobody new."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from portal.models import User
from projects.models import Role
from tests import guards
from tests.factories import MembershipFactory, UserFactory
from tests.portal import oidc
from tests.portal.test_second_step import ASK, INDEX, TODAY, code_of, with_app

pytestmark = pytest.mark.django_db
LOGIN = reverse("openid_connect_login", args=["organisation"])
BACK = reverse("openid_connect_callback", args=["organisation"])


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[oidc.Provider]:
    """A provider, and the settings that name it. Its way back is a GET that notes the sign-in."""
    one = oidc.Provider()
    app = {
        "provider_id": "organisation",
        "name": "Latgales plānošanas reģions",
        "client_id": oidc.CLIENT,
        "secret": oidc.SECRET,
        "settings": {"server_url": one.url, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    monkeypatch.setattr(guards, "GET_MAY_WRITE", {*guards.GET_MAY_WRITE, "portal_user"})
    yield one
    one.stop()


def come_back(
    client: Client, provider: oidc.Provider, *, button: str = LOGIN, **fields: str
) -> Any:
    """Press the button, be known at the provider, and be sent back."""
    there = client.post(button, fields).headers["Location"]
    assert there.startswith(f"{provider.url}/authorize?")
    return client.get(_redirect_of(there).removeprefix("http://testserver"))


def _redirect_of(address: str) -> str:
    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *arguments: Any) -> None:
            return None

    try:
        build_opener(Stay).open(address)
    except Exception as answer:
        return str(answer.headers["Location"])  # type: ignore[attr-defined]
    raise AssertionError("no redirect")


def invited_by_code() -> User:
    """An account with neither a password nor a device."""
    user = MembershipFactory(role=Role.OFFICER).user
    user.set_unusable_password()
    user.save()
    return user


def known(email: str, **more: Any) -> dict[str, Any]:
    return {"sub": "42", "email": email, "email_verified": True, **more}


def test_invited_person_gets_in_and_comes_to_the_page_asked_for(
    client: Client, provider: oidc.Provider
) -> None:
    user = UserFactory()
    provider.person = known(user.email.upper())

    answer = come_back(client, provider, next="/my/account/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/account/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert provider.asked[0]["code_challenge_method"] == "S256"
    assert provider.asked[1]["client_secret"] == oidc.SECRET
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@demo.invalid"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": ""},
    ],
)
def test_whom_the_portal_does_not_know_is_made_no_account(
    client: Client, provider: oidc.Provider, claims: dict[str, Any]
) -> None:
    provider.person = {**known(UserFactory().email), **claims}

    answer = come_back(client, provider)

    assert "Kontus piešķir" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1


def test_open_session_is_linked_to_nobodys_identity(
    client: Client, provider: oidc.Provider
) -> None:
    """A link would let its holder in for ever, whatever becomes of the password."""
    client.force_login(UserFactory())
    provider.person = {"sub": "evil", "email": "evil@demo.invalid", "email_verified": False}

    answer = come_back(client, provider, process="connect")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert not SocialAccount.objects.exists()


def test_closed_account_stays_closed(client: Client, provider: oidc.Provider) -> None:
    provider.person = known(UserFactory(is_active=False).email)

    assert come_back(client, provider).headers["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_second_step_is_asked_for_all_the_same(
    client: Client, provider: oidc.Provider, settings: Any
) -> None:
    settings.MFA_REQUIRED = True
    user = MembershipFactory(role=Role.OFFICER).user
    provider.person = known(user.email)
    come_back(client, provider)
    assert client.get(TODAY).headers["Location"] == INDEX
    client.post("/accounts/logout/")

    with_app(user)
    assert come_back(client, provider).headers["Location"] == ASK
    client.post(ASK, {"code": code_of()})

    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("asked_ago", "is_fresh"),
    [(0, True), (14 * 60, True), (16 * 60, False), (None, False), ("now", False)],
)
def test_sign_in_is_as_fresh_as_the_provider_says(
    client: Client, provider: oidc.Provider, asked_ago: Any, is_fresh: bool
) -> None:
    user = invited_by_code()
    provider.person = known(user.email)
    if asked_ago is not None:
        provider.person["auth_time"] = (
            asked_ago if isinstance(asked_ago, str) else int(time.time()) - asked_ago
        )
    come_back(client, provider)

    for page in (reverse("token_make"), reverse("account_set_password"), f"{INDEX}app/"):
        answer = client.get(page)
        if is_fresh:
            assert answer.status_code == 200
        else:
            assert answer.headers["Location"].startswith(reverse("sign_in_again"))
    assert client.get(TODAY).status_code == 200


def test_provider_ahead_of_time_is_believed_no_longer_than_others(
    client: Client, provider: oidc.Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    provider.person = known(invited_by_code().email, auth_time=int(now) + 24 * 3600)
    come_back(client, provider)
    assert client.get(reverse("token_make")).status_code == 200

    monkeypatch.setattr(time, "time", lambda: now + 16 * 60)
    assert client.get(reverse("token_make")).status_code == 302


def test_device_proven_after_a_silent_answer_counts_by_itself(
    client: Client, provider: oidc.Provider
) -> None:
    provider.person = known(with_app(invited_by_code()).email)
    come_back(client, provider)
    client.post(ASK, {"code": code_of()})

    assert client.get(reverse("token_make")).status_code == 200


def test_provider_is_told_to_ask_whoever_signs_in_anew(
    client: Client, provider: oidc.Provider
) -> None:
    provider.person = known(invited_by_code().email)
    page = reverse("token_make")
    come_back(client, provider)
    assert not {"prompt", "max_age"} & provider.asked[0].keys()
    led = client.get(client.get(page).headers["Location"])
    assert "saņemiet kodu e-pastā" in led.content.decode()

    out = client.post("/accounts/logout/", {"next": led.context["way_back"]})
    signing_in = client.get(out.headers["Location"]).content.decode()
    button = re.search(rf'action="({LOGIN}[^"]*)"', signing_in)
    assert button
    provider.asked.clear()
    provider.person["auth_time"] = int(time.time())
    back = come_back(client, provider, button=html.unescape(button[1]), next=page)

    assert (provider.asked[0]["prompt"], provider.asked[0]["max_age"]) == ("login", "900")
    assert back.headers["Location"] == page
    assert client.get(page).status_code == 200


def test_answer_nobody_asked_for_is_refused(client: Client, provider: oidc.Provider) -> None:
    provider.person = known(UserFactory().email)
    answer = client.get(BACK, {"code": "one-time", "state": "stolen"})

    assert "Ienākt neizdevās" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_person_who_refuses_there_is_told_here(client: Client, provider: oidc.Provider) -> None:
    provider.refuses = True

    answer = come_back(client, provider)

    assert answer.headers["Location"] == reverse("socialaccount_login_cancelled")
    assert "Ienākt neizdevās" in client.get(answer.headers["Location"]).content.decode()


def test_provider_that_is_down_is_told_and_other_ways_stay_open(
    client: Client, provider: oidc.Provider
) -> None:
    provider.stop()
    answer = client.post(LOGIN)

    assert "Ienākt neizdevās" in answer.content.decode()
    assert client.get("/accounts/login/").status_code == 200


def test_button_is_there_only_when_a_provider_is_named(
    client: Client, settings: Any, provider: oidc.Provider
) -> None:
    named = client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    unnamed = client.get("/accounts/login/").content.decode()

    assert ("Latgales plānošanas reģions" in named, LOGIN in unnamed) == (True, False)
    assert client.post(LOGIN).status_code == 404
    assert client.get(LOGIN).status_code == 404
