"""The road of a report in a real browser: written, submitted, returned, corrected, accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.lib import documents
from projects.models import ReportPaper
from tests.portal.test_pages_look import faults
from tests.projects.conftest import Stage
from tests.projects.reporting import Told, tell, text_of

SIZES = [("light", 1440), ("dark", 390)]


@pytest.fixture
def told(transactional_db: None, stage: Stage, tmp_path: Path, settings: Any) -> Told:
    settings.MEDIA_ROOT = tmp_path
    return tell(stage.project)


@pytest.fixture
def windows(told: Told, stage: Stage, browser: Browser, live_server: Any) -> Iterator[Any]:
    """A window for each of the cast, in Latvian."""
    opened: list[BrowserContext] = []

    def window(who: str) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="lv-LV")
        opened.append(context)
        key = stage.client(who).cookies[settings.SESSION_COOKIE_NAME].value
        named = {settings.SESSION_COOKIE_NAME: key, "language": "lv"}
        context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in named.items()]
        )
        return context.new_page()

    yield window
    for context in opened:
        context.close()


def press(page: Page, name: str, role: Any = "button") -> None:
    page.locator("main").get_by_role(role, name=name, exact=True).click()


def state(page: Page, words: str) -> None:
    expect(page.locator("h1 .state")).to_have_text(words)


def write(page: Page, words: str) -> None:
    press(page, "Rakstīt", "link")
    page.locator("#id_summary_lv").fill(words)
    press(page, "Saglabāt")
    expect(page.locator(".report-summary")).to_contain_text(words)


def submit(page: Page) -> None:
    press(page, "Iesniegt", "link")
    press(page, "Iesniegt")
    state(page, "Gaida apstiprinājumu")


def test_report_is_written_returned_corrected_and_accepted(
    told: Told, windows: Any, tmp_path: Path
) -> None:
    address = told.report.get_absolute_url()
    coordinator, officer, funder = (windows(who) for who in ("coordinator", "officer", "funder"))
    coordinator.goto(address)
    write(coordinator, "Viss norit pēc plāna.")
    submit(coordinator)
    officer.goto(address)
    press(officer, "Apstiprināt", "link")
    press(officer, "Apstiprināt")
    state(officer, "Iesniegts")

    funder.goto(address)
    press(funder, "Atgriezt", "link")
    funder.get_by_label("Kas jālabo").fill("Kāpēc tik maz semināru?")
    press(funder, "Atgriezt")

    coordinator.goto(address)
    state(coordinator, "Atgriezts")
    expect(coordinator.locator("main .message-warn").first).to_contain_text(
        "Kāpēc tik maz semināru?"
    )
    write(coordinator, "Semināri notiks rudenī.")
    submit(coordinator)
    officer.goto(address)
    press(officer, "Apstiprināt", "link")
    press(officer, "Apstiprināt")
    funder.goto(address)
    press(funder, "Pieņemt", "link")
    press(funder, "Pieņemt")
    state(funder, "Pieņemts")

    papers = ReportPaper.objects.filter(version__number=2, language="lv")
    documents.produce([documents.claim_this(each, owner="test") for each in papers])
    funder.reload()
    _judge(_download(funder, "PDF · LV"), _download(funder, "XLSX · LV"))


def _download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def _judge(pdf: bytes, xlsx: bytes) -> None:
    """What the funder keeps: the corrected words, drawn on every page, and the same figures."""
    words = text_of(pdf)
    assert "Semināri notiks rudenī." in words and "Tā aizstāj 1. versiju." in words
    document = pypdfium2.PdfDocument(pdf)
    greys = [page.render(scale=0.3).to_pil().convert("L").histogram() for page in document]
    document.close()
    assert len(greys) >= 3
    assert min(sum(map(bool, each)) for each in greys) > 8  # no page is empty
    assert load_workbook(io.BytesIO(xlsx))["Rādītāji"]["I2"].value == 1040.5


@pytest.mark.parametrize(("scheme", "width"), SIZES)
def test_pages_of_a_report_are_sound_for_everybody(
    told: Told, windows: Any, scheme: Any, width: int
) -> None:
    page = windows("coordinator")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found: dict[str, Any] = {}
    for path in ("", "write/", "submit/", "note/"):
        assert page.goto(f"{told.report.get_absolute_url()}{path}").status == 200
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if trouble := [*faults(page), *([f"{wider} px too wide"] if wider > 0 else [])]:
            found[path] = trouble
    assert found == {}
