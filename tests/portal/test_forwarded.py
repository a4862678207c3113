"""Who asks is told by the connection, and by as many proxies as the settings trust; never by him."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from portal.models import User

PASSWORD = "garš-un-neuzminams-vārds"
LIMIT = 3


@pytest.fixture
def owner(db: None, settings: LazySettings) -> User:
    """Somebody who signs in where few tries per address are let through."""
    settings.ACCOUNT_RATE_LIMITS = {"login": f"{LIMIT}/m/ip", "login_failed": "100/m/ip"}
    return User.objects.create_user("ieva@demo.invalid", PASSWORD)


def tries(forwarded: list[str], **environment: Any) -> list[int]:
    """Wrong words, one after another, each told to come from somewhere."""
    answers = []
    for number, chain in enumerate(forwarded):
        fields = {"login": f"person{number}@demo.invalid", "password": "wrong"}
        headers = {"HTTP_X_FORWARDED_FOR": chain, **environment}
        answers.append(Client().post("/accounts/login/", fields, **headers).status_code)
    return answers


def test_forged_address_opens_no_way_round_the_limit(owner: User) -> None:
    """Without a proxy in the settings the header is what anybody may write."""
    forged = [f"10.0.0.{number}" for number in range(LIMIT + 1)]
    assert tries(forged) == [200] * LIMIT + [429]


def test_forged_address_before_the_proxys_own_is_not_believed(
    owner: User, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [f"10.0.0.{number}, 192.0.2.7" for number in range(LIMIT + 1)]
    assert tries(forged) == [200] * LIMIT + [429]


def test_people_behind_a_trusted_proxy_are_told_apart(owner: User, settings: LazySettings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    honest = [f"192.0.2.{number}" for number in range(LIMIT + 2)]
    assert tries(honest) == [200] * (LIMIT + 2)
