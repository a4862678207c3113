"""The second step in a real browser: a telephone reads the square, a passkey opens the portal."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from portal.models import User
from projects.models import Role
from tests.factories import MembershipFactory
from tests.portal.test_pages_look import faults, window  # noqa: F401
from tests.portal.test_second_step import code_of
from tests.portal.test_signing_in import PASSWORD

INDEX = "**/accounts/second-step/"
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def admin(transactional_db: None, settings: Any) -> User:
    settings.MFA_REQUIRED = True
    user = User.objects.create_user("ilze@demo.invalid", PASSWORD, first_name="Ilze")
    MembershipFactory(user=user, role=Role.ADMIN, everything=True)
    return user


@pytest.fixture
def opened(window: Any, admin: User) -> Iterator[Any]:  # noqa: F811
    yield window(viewport={"width": 1440, "height": 900})


def sign_in(page: Page, admin: User) -> None:
    page.goto("/projects/")
    page.locator("[name=login]").fill(admin.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Ienākt", exact=True).click()


def sign_out(page: Page) -> None:
    """The page looks first whether anything waits to be sent."""
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Iziet").click()
    page.wait_for_url(lambda url: "logout" not in url)


def plug_in(opened: Any) -> None:
    """A device that has a finger on it, of Chromium's own making."""
    devices = opened.context.new_cdp_session(opened.page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def heard(opened: Any) -> list[str]:
    """What the console said, but for the note that signing out cleared the browser."""
    return [said for said in opened.said if not said.startswith("Clear-Site-Data header on")]


def look(opened: Any, name: str) -> None:
    """Every page is judged as it stands; with SHOTS=<folder> it is kept to be looked at."""
    page = opened.page
    assert heard(opened) == []
    assert faults(page) == []
    opened.said.clear()  # the judge itself tries a style that the policy refuses
    if SHOTS:
        for width, scheme in ((1440, "light"), (390, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(400)
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")
        opened.said.clear()


def test_telephone_reads_the_square_and_opens_the_portal(opened: Any, admin: User) -> None:
    page = opened.page
    sign_in(page, admin)
    page.wait_for_url(INDEX)
    look(opened, "index-forced")
    page.locator('main a[href$="/app/"]').click()
    look(opened, "app")
    page.emulate_media(color_scheme="dark")
    shot = Image.open(io.BytesIO(page.locator("img.qr").screenshot(caret="initial")))
    read = urlsplit(zxingcpp.read_barcodes(shot)[0].text)
    opened.said.clear()
    assert (read.scheme, read.netloc) == ("otpauth", "totp")
    page.emulate_media(color_scheme="light")

    page.get_by_label("Seši cipari").fill(code_of(parse_qs(read.query)["secret"][0]))
    page.get_by_role("button", name="Gatavs").click()
    look(opened, "codes-before")
    page.get_by_role("button", name="Parādīt manus rezerves kodus").click()
    codes = page.locator(".codes li").all_inner_texts()
    look(opened, "codes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Saglabāt failā").click()
    assert download.value.path().read_text().split()[-10:] == codes
    page.get_by_role("link", name="Saglabāju, turpināt").click()
    page.wait_for_url("**/projects/")

    page.goto("/accounts/second-step/")
    look(opened, "index")
    page.goto("/accounts/second-step/app/remove/")
    look(opened, "app-remove")
    sign_out(page)
    sign_in(page, admin)
    look(opened, "ask")
    page.get_by_label("Kods").fill(codes[0])
    page.get_by_role("button", name="Ienākt").click()
    page.wait_for_url("**/projects/")

    assert heard(opened) == []


def test_passkey_is_second_step_and_then_opens_the_portal_alone(opened: Any, admin: User) -> None:
    page = opened.page
    plug_in(opened)
    sign_in(page, admin)
    page.locator('main a[href$="/key/"]').click()
    look(opened, "passkey")
    page.get_by_role("button", name="Izveidot ieejas atslēgu").click()
    page.wait_for_url("**/codes/")
    page.goto("/accounts/second-step/")
    look(opened, "index-passkey")
    page.locator('main a[href$="/remove/"]').click()
    look(opened, "passkey-remove")

    for way in ("second", "alone"):
        sign_out(page)
        if way == "second":
            sign_in(page, admin)
            expect(page.get_by_role("heading", name="Vai tas esat jūs?")).to_be_visible()
        else:
            page.goto("/accounts/login/?next=/projects/")
            look(opened, "sign-in")
        page.get_by_role("button", name="Izmantot ieejas atslēgu").click()
        page.wait_for_url("**/projects/")

    assert heard(opened) == []


def test_passkey_that_is_not_there_is_told_on_the_page(opened: Any, admin: User) -> None:
    page = opened.page
    plug_in(opened)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Izmantot ieejas atslēgu").click()

    expect(page.locator("#passkey-error")).to_contain_text("izvēlieties citu veidu")
