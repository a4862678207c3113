"""Pages of projects in a real browser: parts that change without a reload, and what axe finds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from projects.models import Source
from tests.portal.test_pages_look import faults
from tests.projects.conftest import Stage

PAGES = [
    *("/", "/p/latgale/", "/projects/", "/projects/latgale/", "/projects/latgale/?tab=funding"),
    *("/projects/latgale/sources/", "/projects/latgale/indicators/", "/projects/add/"),
    *("/projects/latgale/indicators/R1/", "/organisations/", "/programmes/", "/reports/"),
]


@pytest.fixture
def page(transactional_db: None, stage: Stage, indicator: Any, browser: Browser, live_server: Any):
    """A coordinator's window on a project with two sources, money, an indicator that grows."""
    for code, amount in (("page", "791256.20"), ("news", "791256.19")):
        source = Source.objects.create(project=stage.project, code=code, title=code.title())
        stage.project.funding.create(
            source=source, amount=Decimal(amount), as_stated=f"kopā {amount.replace('.', ',')} EUR"
        )
    stage.project.statements.create(
        code="visits", subject="visits", label_lv="Braucieni", number=8, source=source
    )
    indicator.values.create(on=date(2026, 2, 3), value=Decimal(5))
    stage.project.is_public = True
    stage.project.save()
    context = browser.new_context(base_url=live_server.url, locale="lv-LV")
    key = stage.client("coordinator").cookies[settings.SESSION_COOKIE_NAME].value
    named = {settings.SESSION_COOKIE_NAME: key, "language": "lv"}
    context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in named.items()])
    yield context.new_page()
    context.close()


def listen(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_tabs_and_comparisons_change_in_place_and_keep_their_address(page: Page) -> None:
    said = listen(page)
    page.goto("/projects/latgale/")
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Finansējums").click()
    expect(page.locator("#project-tab")).to_contain_text("791 256,19 €")
    assert page.url.endswith("?tab=funding")
    assert page.evaluate("window.kept") is True
    page.go_back()
    expect(page.locator("#project-tab")).not_to_contain_text("791 256,19 €")

    page.goto("/projects/latgale/sources/")
    expect(page.locator("#comparison mark").first).to_have_text("791256,19")
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Braucieni").click()
    expect(page.locator("#comparison h2")).to_have_text("Braucieni")
    assert page.evaluate("window.kept") is True
    assert said == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_pages_are_sound_for_everybody(page: Page, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    said = listen(page)
    found: dict[str, Any] = {}
    for path in PAGES:
        assert page.goto(path).status == 200
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        heard = list(said)
        trouble = [*heard, *faults(page), *([f"{wider} px too wide"] if wider > 0 else [])]
        said.clear()  # axe itself tries styles that the policy refuses
        if trouble:
            found[path] = trouble
    assert found == {}
