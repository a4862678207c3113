"""What every request passes, whatever page it is for."""

import pytest
from django.db import connection
from django.test import Client

from portal.models import User
from projects.models import Role
from tests.factories import MembershipFactory


@pytest.fixture
def reader(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_user("reader@demo.invalid"))
    return client


@pytest.mark.parametrize("address", ["/p/a%00b/", "/v/?code=%00", "/?project=a%00", "/?a%00=1"])
def test_address_with_a_zero_byte_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_zero_byte_in_another_writing_is_refused(client: Client) -> None:
    form = "application/x-www-form-urlencoded; charset=utf-7"

    assert client.get("/?project=%2BAAA-", headers={"content-type": form}).status_code == 400


def test_cookie_with_a_zero_byte_is_refused(client: Client, db: None) -> None:
    """Cookies are the one place where it is written in octal."""
    answer = client.get("/accessibility/", headers={"cookie": 'session="aaaaaaaa\\000"'})

    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/today/", "/accessibility/", "/no/such/page/", "/project/"])
def test_nothing_shown_to_a_signed_in_person_is_kept(reader: Client, address: str) -> None:
    assert reader.get(address).headers["Cache-Control"] == "private, no-store"


def test_page_for_everybody_may_be_kept_and_a_page_may_say_otherwise(
    client: Client, db: None
) -> None:
    assert "Cache-Control" not in client.get("/accessibility/").headers
    client.force_login(User.objects.create_user("reader@demo.invalid"))

    assert client.get("/v/").headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_zero_byte_posted_past_a_form_is_refused_or_found_nowhere(reader: Client) -> None:
    MembershipFactory(user=User.objects.get(), role=Role.ADMIN)
    answer = reader.post("/project/", {"project": "a\x00b"})

    assert answer.status_code == (400 if connection.vendor == "postgresql" else 404)
