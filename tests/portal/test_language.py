"""The language of a page: chosen, else kept with the account, else Latvian."""

import pytest
from django.test import Client

from portal.models import User


def language_of(client: Client) -> str:
    return client.get("/accessibility/", headers={"accept-language": "en"}).headers[
        "Content-Language"
    ]


@pytest.fixture
def reader(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("reader@demo.invalid", language="en"))
    return client


def test_stranger_reads_latvian_whatever_the_browser_says(client: Client, db: None) -> None:
    assert language_of(client) == "lv"


def test_account_keeps_its_language(reader: Client) -> None:
    assert language_of(reader) == "en"


def test_choice_wins_over_the_account(reader: Client) -> None:
    reader.post("/language/", {"language": "lv"})

    assert language_of(reader) == "lv"


def test_unknown_choice_is_ignored(client: Client, db: None) -> None:
    client.cookies["language"] = "xx"

    assert language_of(client) == "lv"


def test_page_tells_caches_what_it_depends_on(client: Client, db: None) -> None:
    assert "Cookie" in client.get("/accessibility/").headers["Vary"]
