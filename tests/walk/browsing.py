"""A person at a screen: opens pages, and notices whatever is wrong with any of them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.walk.running import Portal

AXE = (settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW, HEIGHT = 1440, 390, 900
# Pictures of every page for people to look at; nothing is kept unless a folder is named.
PICTURES = os.environ.get("WALK_PICTURES", "")


def in_words(language: str, message: str, context: str = "") -> str:
    """What the portal calls something in a language, as its own catalogue has it."""
    with translation.override(language):
        return translation.pgettext(context, message) if context else translation.gettext(message)


class Person:
    """One browser window of its own, with its own cookies, in one language."""

    def __init__(self, browser: Browser, portal: Portal, language: str, series: str) -> None:
        self.portal, self.language, self.series = portal, language, series
        self.context = browser.new_context(
            base_url=portal.address,
            locale="lv-LV",
            timezone_id="Europe/Riga",
            viewport={"width": WIDE, "height": HEIGHT},
        )
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.seen: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._stays_here)

    def words(self, message: str, context: str = "") -> str:
        """What the portal calls something in this person's language."""
        return in_words(self.language, message, context)

    def look(self, name: str) -> None:
        """Judge the page as it stands: silent, accessible, not wider than a telephone."""
        page = self.page
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == self.language
        assert self.said == [], f"{name}: {self.said}"
        faults = grave_faults(page)
        assert faults == [], f"{name}: {faults}"
        self.seen.append(page.locator("body").inner_text())
        self._picture(name, "wide")
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, name
        self._picture(name, "narrow")
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        if PICTURES:
            page.emulate_media(color_scheme="dark")
            self._picture(name, "dark")
            page.emulate_media(color_scheme="light")
        self.said.clear()  # what the judge and the camera put into the page is not the portal's

    @property
    def main(self) -> Locator:
        """What the page itself is about."""
        return self.page.get_by_role("main")

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Click the first link of this name and be on another page."""
        before = self.page.url
        (within or self.main).get_by_role("link", name=name).first.click()
        self.page.wait_for_url(lambda address: address != before)

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press the first button of this name; a form that was sent brings another page."""
        with self.page.expect_navigation():
            (within or self.main).get_by_role("button", name=name).first.click()

    def ask(self, address: str) -> Any:
        """What the portal's own JSON answers this person."""
        answer = self.context.request.get(address)
        assert answer.ok, f"{answer.status} {address}"
        return answer.json()

    def fill_in(self, **values: Any) -> None:
        """Fill the fields of a form by their names; a list or True means boxes to tick."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']")
            kind = field.first.evaluate("each => each.type")
            if kind.startswith("select"):
                field.select_option(**({"label": value} if isinstance(value, str) else value))
            elif kind in {"checkbox", "radio"}:
                for each in value if isinstance(value, list) else [value]:
                    chosen = (
                        field if each is True else field.locator(f"xpath=self::*[@value='{each}']")
                    )
                    chosen.check()
            else:
                field.fill(str(value))

    def sign_in(self, email: str, password: str) -> None:
        """Through the form, with the password."""
        self.page.goto("/accounts/login/")
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(lambda address: "/login/" not in address)

    def speak(self, language: str) -> None:
        """Choose a language by the switch that every page has."""
        self.page.get_by_role("button", name=language.upper(), exact=True).first.click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    def download(self, name: str | re.Pattern[str], within: Locator | None = None) -> bytes:
        """Click a link or button that brings a file; what the file holds."""
        place = within or self.main
        either = place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name))
        with self.page.expect_download() as waiting:
            either.first.click()
        return Path(waiting.value.path()).read_bytes()

    def close(self) -> None:
        self.context.close()

    def _stays_here(self, request: Request) -> None:
        if not request.url.startswith((self.portal.address, "data:", "blob:")):
            self.said.append(f"reached for {request.url}")

    def _picture(self, name: str, kind: str) -> None:
        if PICTURES:
            file = f"{self.series}-{name}-{kind}.png"
            self.page.screenshot(path=Path(PICTURES) / file, full_page=True)


def grave_faults(page: Page) -> list[tuple[str, list[Any]]]:
    """What axe calls serious or critical; run as text, since the policy lets no foreign script in."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        (each["id"], [node["target"] for node in each["nodes"]])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"} and "experimental" not in each["tags"]
    ]
