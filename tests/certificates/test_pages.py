"""The group's certificates in a real browser: rows turn ready by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from certificates.models import Certificate
from portal.lib import documents
from tests.certificates.world import build


def sign_in(context: Any, server: Any, settings: LazySettings, user: Any) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])


@pytest.mark.django_db(transaction=True)
def test_coordinator_issues_and_watches_the_rows_turn_ready(
    live_server: Any, browser: Any, settings: LazySettings
) -> None:
    world = build()
    context = browser.new_context(locale="lv-LV")
    sign_in(context, live_server, settings, world.coordinator)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/training/groups/{world.group.pk}/certificates/")

    page.locator("[data-choice-row]").first.uncheck()
    assert page.locator("[data-choice-count]").inner_text() == "2"
    page.locator("main button.btn-primary").click()
    page.locator("#issued").wait_for()
    assert Certificate.objects.count() == 2
    assert page.locator("#issued a[href$='/pdf/']").count() == 0

    documents.produce(documents.claim(Certificate, 50, owner="test"))
    page.locator("#issued a[href$='/pdf/']").nth(1).wait_for()
    with page.expect_download() as download:
        page.locator("#issued a[href$='/pdf/']").first.click()

    assert download.value.suggested_filename.endswith(".pdf")
    assert page.locator("#issued[data-hx-get]").count() == 0
    assert said == []
    context.close()


@pytest.mark.django_db(transaction=True)
def test_verification_fits_a_phone(live_server: Any, browser: Any) -> None:
    row = build().issue()[0]
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="lv-LV")
    page = context.new_page()
    page.goto(f"{live_server.url}/v/{row.token}/")
    wide = page.evaluate("document.documentElement.scrollWidth")
    name = page.get_by_text(row.holder).is_visible()
    context.close()

    assert (wide, name) == (320, True)
