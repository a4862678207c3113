"""The gallery of the look in a real browser, under the real content security policy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from portal.models import User
from projects.models import Membership, Programme, Project, Role
from tests import sizes

AXE = (settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[tuple[str, list[Any]]]:
    """What axe finds; it is run as text, since the policy lets no foreign script in."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(v["id"], [node["target"] for node in v["nodes"]]) for v in found["violations"]]


class Window:
    """A page that remembers everything the console said."""

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        self.base = base
        self.context = browser.new_context(base_url=base, **options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def sign_in(self, key: str) -> None:
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": key, "url": self.base}])


@pytest.fixture
def window(browser: Browser, live_server: Any) -> Iterator[Any]:
    opened = []

    def opener(**options: Any) -> Window:
        opened.append(Window(browser, live_server.url, **options))
        return opened[-1]

    yield opener
    for one in opened:
        one.context.close()


@pytest.fixture
def coordinator(transactional_db: None, client: Any) -> str:
    """The session key of a coordinator of two projects."""
    user = User.objects.create_user("ilze@demo.invalid", first_name="Ilze", last_name="Vanaga")
    Membership.objects.create(user=user, role=Role.ADMIN, everything=True)
    programme = Programme.objects.create(code="eez", name_lv="EEZ")
    for code in ("latgale", "lli-317"):
        Project.objects.create(code=code, title_lv=code, title_en=code, programme=programme)
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


CORNERS = [
    ("/style/", 1440, "light", "lv"),
    ("/style/", 1440, "dark", "en"),
    ("/style/", 390, "dark", "lv"),
    ("/style/", 320, "light", "en"),
]
EVERY = list(product(["/style/"], [1440, 390, 320], ["light", "dark"], ["lv", "en"]))
GRID = [
    *(EVERY if sizes.FULL else CORNERS),
    ("/style/?public", 1440, "dark", "en"),
    ("/style/?public", 320, "light", "lv"),
]


@pytest.mark.parametrize(("address", "width", "scheme", "language"), GRID)
def test_gallery_is_accessible_fits_and_stays_silent(
    window: Any, live_server: Any, address: str, width: int, scheme: str, language: str
) -> None:
    opened = window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    name = settings.LANGUAGE_COOKIE_NAME
    opened.context.add_cookies([{"name": name, "value": language, "url": live_server.url}])
    page = opened.page
    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert opened.said == []
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(245, 247, 248)" if scheme == "light" else "rgb(14, 22, 26)"
    )
    assert page.evaluate("document.fonts.check('14px \"Noto Sans\"', 'āķ')")
    assert faults(page) == []


def test_menus_work_by_keyboard_without_a_violation(
    window: Any, live_server: Any, coordinator: str
) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    opened.sign_in(coordinator)
    page.goto("/style/")
    person = page.locator("details.menu:has(.person)")

    person.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(person.get_by_text("ilze@demo.invalid")).to_be_visible()
    page.keyboard.press("Escape")
    expect(person.get_by_text("ilze@demo.invalid")).to_be_hidden()
    expect(person.locator("summary")).to_be_focused()

    switcher = page.locator(".side details.switcher")
    switcher.locator("summary").click()
    expect(switcher.get_by_role("button", name="lli-317")).to_be_visible()
    page.locator("h1").click()
    expect(switcher.get_by_role("button", name="lli-317")).to_be_hidden()
    assert opened.said == []


def test_search_window_opens_by_keyboard_and_finds(
    window: Any, live_server: Any, coordinator: str
) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    opened.sign_in(coordinator)
    page.goto("/style/")

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("LATG")
    expect(dialog.get_by_role("link", name="latgale")).to_be_visible()
    assert opened.said == []
    assert faults(page) == []  # what axe tries to write is refused by the policy, and told
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.keyboard.press("Control+k")
    dialog.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(f"{live_server.url}/search/?q=LATG")


def test_expired_login_is_never_shown_inside_the_search_window(
    window: Any, live_server: Any, coordinator: str
) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    opened.sign_in(coordinator)
    page.goto("/style/")
    page.keyboard.press("Control+k")
    opened.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with page.expect_navigation():
        page.keyboard.type("latg")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", name="Ienākt")).to_be_visible()


def test_language_switch_keeps_the_page_and_its_query(window: Any, live_server: Any) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    page.goto("/style/?sort=-name&page=1")
    page.get_by_role("button", name="EN").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.removeprefix(live_server.url) == "/style/?sort=-name&page=1"


def test_leaving_with_unsaved_entries_asks_first(window: Any, live_server: Any) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page, asked = opened.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/style/")
    page.goto("/accessibility/")
    page.goto("/style/")
    page.locator("#id_guarded").fill("Jauna grupa")
    page.goto("/accessibility/")

    assert asked == ["beforeunload"]


def test_second_click_sends_nothing_twice(window: Any, live_server: Any) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    page.goto("/contact/")
    posted: list[str] = []
    page.on("request", lambda one: posted.append(one.url) if one.method == "POST" else None)
    page.route("**/language/", lambda route: None)  # an answer that never comes
    box = page.get_by_role("button", name="EN").bounding_box()
    for _ in range(2):
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        page.wait_for_timeout(400)

    assert posted == [f"{live_server.url}/language/"]


def test_chosen_rows_are_counted(window: Any, live_server: Any) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    page.goto("/style/")
    bar = page.locator("[data-choice-bar]")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name="Ķirse Mārīte").check()
    expect(bar.locator("[data-choice-count]")).to_have_text("1")
    page.locator("[data-choice-all]").check()
    expect(bar.locator("[data-choice-count]")).to_have_text("4")
    assert opened.said == []


def test_first_tab_offers_to_skip_to_the_content(window: Any, live_server: Any) -> None:
    opened = window(viewport={"width": 1440, "height": 900})
    page = opened.page
    page.goto("/accessibility/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    "name", ["account_login", "account_request_login_code", "account_reset_password"]
)
def test_account_pages_are_accessible_on_a_phone(window: Any, live_server: Any, name: str) -> None:
    opened = window(viewport={"width": 320, "height": 700})
    page = opened.page
    page.goto(reverse(name))
    page.wait_for_load_state("networkidle")

    assert opened.said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page) == []


def test_gallery_works_without_a_script(window: Any, live_server: Any) -> None:
    opened = window(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    page = opened.page
    page.goto("/style/")
    page.locator("details.filters > summary").click()

    expect(page.get_by_role("button", name="Atlasīt")).to_be_visible()
    expect(page.locator("[data-close]").first).to_be_hidden()


def test_print_hides_the_frame(window: Any, live_server: Any, tmp_path: Path) -> None:
    opened = window(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    page = opened.page
    page.goto("/style/")
    page.emulate_media(media="print")

    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == (
        "rgb(21, 36, 43)"
    )
