"""Error pages that need nothing, and the pages of the footer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views import csrf, defaults

FAILURES: list[tuple[Callable[..., HttpResponse], tuple[Any, ...], int, str]] = [
    (defaults.bad_request, (SuspiciousOperation(),), 400, "The request could not be understood"),
    (defaults.permission_denied, (PermissionDenied(),), 403, "This is not open to you"),
    (csrf.csrf_failure, (), 403, "The page had grown old"),
    (defaults.page_not_found, (Http404(),), 404, "There is no such page"),
    (defaults.server_error, (), 500, "Something went wrong on our side"),
]


@pytest.mark.parametrize(("view", "given", "status", "heading"), FAILURES)
def test_error_page_stands_without_account_session_and_database(
    view: Callable[..., HttpResponse], given: tuple[Any, ...], status: int, heading: str
) -> None:
    """No ``db`` fixture: a query here would stop the test, as it would stop the page."""
    request = RequestFactory().get("/x/")
    with translation.override("en"):
        answer = view(request, *given)

    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert f"<title>{heading} · " in page
    assert '<html lang="en">' in page
    assert "css/portal.css" in page


def test_error_page_is_latvian_by_default(client: Client, db: None) -> None:
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert '<html lang="lv">' in answer.content.decode()


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/contact/"])
def test_footer_page_is_open_to_all_and_may_be_indexed(
    client: Client, db: None, address: str
) -> None:
    page = client.get(address).content.decode()

    assert 'name="robots"' not in page
    assert page.count(f'href="{address}"') >= 1
    assert page.count("<h1>") == 1


def test_icon_is_where_browsers_look_unasked(client: Client, db: None) -> None:
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/img/mark.svg")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert finders.find("img/mark.svg")


def test_contact_says_what_the_settings_say(client: Client, db: None, settings: Any) -> None:
    settings.CONTACT_EMAIL = "portals@region.example"
    settings.SITE_OWNER = "Latgales plānošanas reģions"
    page = client.get("/contact/").content.decode()

    assert 'href="mailto:portals@region.example"' in page
    assert "Latgales plānošanas reģions" in page


def test_contact_without_an_address_says_whom_to_turn_to(
    client: Client, db: None, settings: Any
) -> None:
    settings.CONTACT_EMAIL = settings.CONTACT_PHONE = ""
    page = client.get("/contact/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    assert "nav norādīts" not in main
    assert "nav ne savas e-pasta adreses, ne tālruņa. Vērsieties pie portāla uzturētāja" in main
    for name in ("public_front", "certificates:verify_form", "privacy"):
        assert f'href="{reverse(name)}"' in main
    settings.CONTACT_PHONE = "+371 60000000"
    assert "Vērsieties" not in client.get("/contact/").content.decode()


def test_gallery_is_not_served_by_a_real_portal(client: Client, db: None, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = settings.TESTING = False
    assert client.get("/style/").status_code == 404


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
def test_banner_stands_on_every_page_of_a_demo(
    client: Client, db: None, settings: Any, demo: bool, shown: bool
) -> None:
    settings.DEMO = demo
    for address in ("/accounts/login/", "/contact/", "/no/such/page/"):
        assert ('class="demo-banner"' in client.get(address).content.decode()) is shown
