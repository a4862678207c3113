"""A lost network, an ended sign-in, a closed sheet, signing out: no mark is lost, none is sent as
somebody else's, and the browser keeps no name."""

from __future__ import annotations

import json
import os
import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as SignIn
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from tests.portal.test_pages_look import faults
from tests.sizes import either
from tests.training import browsing, world
from tests.training.browsing import into_grid, keys, register, saved, statuses
from training.actions import MarkCommand, close_session, record_marks
from training.models import AttendanceStatus, GroupTrainer, Mark

pytestmark = pytest.mark.django_db(transaction=True)

SCHEDULES = either(20, 200)
SHOTS = os.environ.get("SHOTS")
PASSWORD = "gara parole mēģinājumam"
LEAVING = 5000  # as in marks.js
NOTE = "Slimības lapa no Ozoliņas"


@pytest.fixture
def other() -> Any:
    account = world.user("z@x.invalid", first_name="Zane", last_name="Cita", language="en")
    account.set_password(PASSWORD)
    account.save()
    return account


def look(open_as: Any, page: Page, name: str) -> None:
    """The state is judged as it stands; with SHOTS=<folder> it is kept to be looked at."""
    quiet = [line for line in open_as.said if "Failed to load resource" not in line]
    assert quiet == []
    if SHOTS:
        size = page.viewport_size
        for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png")
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        page.wait_for_timeout(400)
    assert faults(page) == []
    page.wait_for_timeout(100)
    open_as.said.clear()  # the judge writes styles of its own into the page


def go_offline(page: Page, *pressed: str) -> None:
    """Marks entered without a network; the page has noticed it."""
    page.context.set_offline(True)
    keys(page, *pressed)
    expect(page.locator("#save-state")).to_contain_text("Not sent yet")


def reopen(page: Page, address: str) -> Page:
    """The window is gone, as after a crash; later the address is opened anew, with a network."""
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    opened = context.new_page()
    opened.goto(address)
    return opened


def settled(page: Page) -> None:
    saved(page)
    expect(page.locator("td.pending")).to_have_count(0)


def become(page: Page, account: Any) -> None:
    """Somebody signs in with this browser elsewhere, in another window."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": "http://localhost"}
    page.context.add_cookies([cookie])


# --- The device ------------------------------------------------------------------------------


def test_marks_of_a_window_that_is_gone_are_sent_when_the_register_is_opened_anew(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    go_offline(page, "+", "-", "2", "7", "0", "Enter")
    expect(page.locator("#unsent-marks")).to_contain_text("kept on this device")
    assert [row["status"] for row in browsing.waiting(page, trainer)] == [
        "present",
        "absent",
        "partial",
    ]
    look(open_as, page, "offline")
    assert not Mark.objects.exists()
    page = reopen(page, register(group))
    settled(page)
    assert [row[1:] for row in statuses(group.sessions[-1])] == [
        ("present", None),
        ("absent", None),
        ("partial", 270),
    ]
    expect(page.locator("tbody tr").nth(2).locator("td.c").last).to_have_text("6")
    assert browsing.waiting(page, trainer) == []
    assert Mark.objects.count() == 3


def test_mark_whose_answer_was_lost_with_the_window_is_stored_once(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().json()["answers"][0]["id"])
        route.abort()

    page.route("**/training/marks/", lose)
    into_grid(page)
    keys(page, "+")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet: 1")
    keys(page, "ArrowUp", "-")
    page = reopen(page, register(group))
    settled(page)
    marks = Mark.objects.order_by("base_revision")
    assert [str(mark.pk) for mark in marks][:1] == lost[:1]
    assert [mark.new_status for mark in marks] == ["present", "absent"]


def test_what_somebody_changed_since_stands_beside_an_answer_that_comes_late(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    page.route("**/training/marks/", lambda route: (route.fetch(), route.abort()))
    into_grid(page)
    keys(page, "+")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet: 1")
    cell = group.enrolments[2].pk, group.sessions[-1].pk
    record_marks(user=None, commands=[MarkCommand(*cell, "absent", base_revision=1)])
    page = reopen(page, register(group))
    settled(page)
    expect(page.locator("tbody tr").first.locator("td.c").last).to_have_text("0")
    assert statuses(group.sessions[-1]) == [("Andersone", "absent", None)]


def test_late_mark_does_not_overwrite_a_newer_one(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    go_offline(page, "+")
    newer = MarkCommand(group.enrolments[2].pk, group.sessions[-1].pk, "excused")
    record_marks(user=None, commands=[newer])
    page = reopen(page, register(group))
    expect(page.locator("#conflict")).to_contain_text("Andersone Ligita")
    look(open_as, page, "conflict")
    page.locator("#conflict").get_by_role("button", name="Keep theirs").click()
    settled(page)
    assert statuses(group.sessions[-1]) == [("Andersone", "excused", None)]


def test_page_that_lives_sends_its_own_marks(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    first = open_as(trainer, register(group))
    first.route("**/training/marks/", lambda route: route.abort())
    into_grid(first)
    keys(first, "+")
    expect(first.locator("#save-state")).to_contain_text("Not sent yet: 1")
    second = first.context.new_page()
    second.goto(register(group))
    into_grid(second)
    keys(second, "ArrowDown", "-")
    settled(second)
    assert statuses(group.sessions[-1]) == [("Āboliņa", "absent", None)]
    first.unroute("**/training/marks/")
    browsing.send_now(first)
    settled(first)
    assert len(statuses(group.sessions[-1])) == 2


def test_marks_of_other_sessions_are_named_and_sent_from_their_sheet(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    go_offline(page, "+", "+")
    page = reopen(page, group.sessions[0].get_absolute_url())
    place = page.locator("#elsewhere-marks")
    expect(place).to_contain_text("Marks of other sessions wait on this device")
    look(open_as, page, "elsewhere")
    place.get_by_role("link", name="Open the sheet; marks in it: 2").click()
    saved(page)
    expect(page.locator("#elsewhere-marks")).to_be_hidden()
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present", "present"]


def test_note_is_not_kept_on_the_device_and_the_page_says_so(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    sheet = group.sessions[-1].get_absolute_url()
    page = open_as(trainer, sheet)
    page.context.set_offline(True)
    row = page.locator(".sheet-row").first
    row.locator("summary").click()
    row.get_by_label("Note").fill(NOTE)
    row.get_by_role("radio", name="Excused").check()
    expect(page.locator("#unsent-marks")).to_contain_text("Notes are kept on this open page only")
    assert NOTE not in json.dumps(browsing.kept(page), ensure_ascii=False)
    page = reopen(page, sheet)
    expect(page.locator("#noteless-marks")).to_contain_text("Andersone Ligita: excused")
    assert statuses(group.sessions[-1]) == [("Andersone", "excused", None)]


def test_browser_that_keeps_nothing_says_so_and_sends_from_the_open_page(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, "about:blank")
    page.add_init_script(
        "indexedDB.open = () => { throw new DOMException('x', 'SecurityError'); };"
    )
    page.goto(register(group))
    into_grid(page)
    go_offline(page, "+")
    expect(page.locator("#unsent-marks")).to_contain_text("keeps nothing on the device")
    page.context.set_offline(False)
    settled(page)
    assert statuses(group.sessions[-1]) == [("Andersone", "present", None)]


def test_no_name_is_in_any_storage_of_the_browser(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "+")
    settled(page)
    close_session(user=trainer, session=group.sessions[0], rest=AttendanceStatus.ABSENT)
    keys(page, "Home", "+")
    expect(page.locator("#refused-marks")).to_contain_text("Āboliņa")
    go_offline(page, "End", "-", "e")
    there = browsing.kept(page)
    [database] = [each for each in there["databases"] if each["rows"]]
    assert database["name"] == f"marks-{trainer.pk}"
    allowed = {"id", "order", "enrolment", "session", "status", "minutes", "base", "late"}
    assert {name for row in database["rows"] for name in row} <= allowed | {"refused", "page"}
    text = json.dumps(there, ensure_ascii=False).lower()
    names = [each for pair in world.NAMES[:4] for each in pair]
    names += ["Trenere", "x.invalid", group.group.name_lv, "Rēzekne", "Likumi"]
    assert [name for name in names if name.lower() in text] == []
    assert (there["local"], there["session"], there["caches"]) == ({}, {}, [])
    page.context.set_offline(False)
    settled(page)


def test_name_searched_for_is_in_no_storage_either(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, "/training/groups/?q=Andersone")
    page.wait_for_load_state("networkidle")
    assert "Andersone" not in json.dumps(browsing.kept(page))


def live_through(page: Page, chance: random.Random, wishes: dict[Any, int], first: int) -> None:
    """Random doings of one person: marks, a network that goes and comes, the page opened anew."""
    online = True
    for number in range(first, first + 8):
        doing = chance.choice(["mark", "mark", "mark", "network", "reload", "wait"])
        if doing == "mark":
            cell = chance.randrange(4), chance.randrange(3)
            wishes[cell] = 10 + number % 340
            browsing.type_minutes(page, *cell, wishes[cell])
        elif doing == "network":
            online = not online
            page.context.set_offline(not online)
        elif doing == "reload" and online:
            page.reload()
        else:
            page.wait_for_timeout(chance.randrange(60))
    page.context.set_offline(False)


def test_offline_schedules_end_with_what_was_entered(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    page.on("dialog", lambda dialog: dialog.accept())
    rows = page.evaluate(
        "() => [...document.querySelectorAll('tbody tr')].map((row) => +row.dataset.enrolment)"
    )
    chance, wishes = random.Random(26), {}
    into_grid(page)
    keys(page, "Home", "1", "0", "Enter")
    wishes[0, 0] = 10
    for schedule in range(SCHEDULES):
        live_through(page, chance, wishes, 8 * schedule)
        # One more mark shows by its answer that everything before it has been answered.
        wishes[0, 0] = 360 - 1 - schedule % 300
        browsing.type_minutes(page, 0, 0, wishes[0, 0])
        assert browsing.settle(page, "mine") == 0, schedule
        stored = browsing.minutes_stored(rows, [each.pk for each in group.sessions])
        assert stored == wishes, schedule
    # What is answered while a page is left is asked for by the next one before it is forgotten.
    page.wait_for_timeout(LEAVING + 500)
    assert browsing.waiting(page, trainer) == []
    # Chromium notes where it asked nobody before a reload.
    open_as.said[:] = [line for line in open_as.said if "beforeunload" not in line]


@pytest.mark.parametrize("years", [-2, 2])
def test_clock_of_the_browser_decides_nothing(
    years: int,
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, "about:blank")
    now = datetime.now(UTC)
    page.clock.set_fixed_time(now.replace(year=now.year + years))
    page.goto(register(group))
    assert page.evaluate("() => new Date().getFullYear()") == now.year + years
    into_grid(page)
    go_offline(page, "+", "-")
    page.context.set_offline(False)
    settled(page)
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present", "absent"]
    for mark in Mark.objects.all():
        assert abs(mark.at - timezone.now()) < timedelta(minutes=5)
    clock = timezone.localtime(Mark.objects.latest("at").at)
    expect(page.locator("#save-state")).to_have_text(f"Saved {clock:%H:%M}")


# --- An ended sign-in -------------------------------------------------------------------------


def test_signing_in_again_inside_the_page_sends_what_waits(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    trainer.set_password(PASSWORD)
    trainer.save()
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "+")
    settled(page)
    SignIn.objects.all().delete()
    keys(page, "-", "e")
    dialog = page.locator("#sign-in-again")
    expect(dialog).to_contain_text("Your sign-in has ended")
    look(open_as, page, "sign-in-again")
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    window = opened.value
    window.locator("[name=login]").fill(trainer.email)
    window.locator("[name=password]").fill(PASSWORD)
    with window.expect_event("close"):
        window.locator("[name=password]").press("Enter")
    settled(page)
    expect(dialog).to_be_hidden()
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present", "absent", "excused"]
    assert set(Mark.objects.values_list("user", flat=True)) == {trainer.pk}


def test_later_leaves_the_way_to_sign_in_on_the_page(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    SignIn.objects.all().delete()
    keys(page, "+")
    dialog = page.locator("#sign-in-again")
    dialog.get_by_role("button", name="Later").click()
    keys(page, "-")
    expect(page.locator("#save-state")).to_have_text("Not sent yet: 2")
    page.get_by_role("button", name="Sign in here").click()
    expect(dialog).to_be_visible()
    become(page, trainer)
    browsing.send_now(page)
    settled(page)


def test_marks_are_never_sent_as_somebody_else(
    group: Any,
    trainer: Any,
    other: Any,
    open_as: Any,
) -> None:
    world.teach(group, other)
    page = open_as(trainer, register(group))
    into_grid(page)
    go_offline(page, "+")
    become(page, other)
    page.context.set_offline(False)
    browsing.send_now(page)
    dialog = page.locator("#sign-in-again")
    expect(dialog).to_contain_text("Somebody else is signed in")
    expect(dialog).to_contain_text("Tija Trenere")
    look(open_as, page, "other-user")
    elsewhere = page.context.new_page()
    elsewhere.goto(register(group))
    into_grid(elsewhere)
    keys(elsewhere, "ArrowDown", "-")
    settled(elsewhere)
    assert statuses(group.sessions[-1]) == [("Āboliņa", "absent", None)]
    assert len(browsing.waiting(page, trainer)) == 1
    become(page, trainer)
    browsing.send_now(page)
    settled(page)
    assert set(Mark.objects.values_list("user__email", "new_status")) == {
        (trainer.email, "present"),
        (other.email, "absent"),
    }


def test_signing_in_as_the_right_person_goes_through_signing_out(
    group: Any,
    trainer: Any,
    other: Any,
    open_as: Any,
) -> None:
    trainer.set_password(PASSWORD)
    trainer.save()
    page = open_as(trainer, register(group))
    into_grid(page)
    become(page, other)
    keys(page, "+")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in as another person").click()
    window = opened.value
    window.locator("main").get_by_role("button", name="Sign out").click()
    window.locator("[name=login]").fill(trainer.email)
    window.locator("[name=password]").fill(PASSWORD)
    with window.expect_event("close"):
        window.locator("[name=password]").press("Enter")
    settled(page)
    assert list(Mark.objects.values_list("user", flat=True)) == [trainer.pk]


# --- What is not accepted ----------------------------------------------------------------------


def test_marks_without_the_role_are_listed_and_can_be_taken_along(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "+")
    settled(page)
    GroupTrainer.objects.all().delete()
    keys(page, "-", "e")
    place = page.locator("#refused-marks")
    expect(place.locator("li")).to_have_count(2)
    expect(place).to_contain_text(
        re.compile(r"Āboliņa Inese, [^:]+: absent – This person or session is not in your register")
    )
    look(open_as, page, "refused")
    with page.expect_download() as download:
        place.get_by_role("link", name="Save as a file").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 3
    assert rows[1].startswith('"Āboliņa Inese, ')
    ids = f'"{group.enrolments[3].pk}";"{group.sessions[-1].pk}"'
    assert rows[1].endswith(ids)
    assert len(browsing.waiting(page, trainer)) == 2
    world.teach(group, trainer)
    place.get_by_role("button", name="Try again").click()
    settled(page)
    expect(place).to_be_hidden()
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present", "absent", "excused"]
    assert browsing.waiting(page, trainer) == []


def test_refused_mark_stays_listed_until_it_is_settled(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    close_session(user=None, session=group.sessions[-1], rest=AttendanceStatus.ABSENT)
    into_grid(page)
    keys(page, "+")
    place = page.locator("#refused-marks")
    expect(place).to_contain_text("The session is closed")
    expect(page.locator("td.refused")).to_have_text("0")
    page = reopen(page, group.sessions[-1].get_absolute_url())
    place = page.locator("#refused-marks")
    expect(place).to_contain_text("Andersone Ligita: present – it was not accepted before")
    place.get_by_role("button", name="Copy").click()
    expect(place.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Andersone Ligita: present")
    place.get_by_role("button", name="Settled, take off the list").click()
    expect(place).to_be_hidden()
    assert browsing.waiting(page, trainer) == []
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#refused-marks")).to_be_hidden()


def answered_as_closed(sent: list[Any], *, requests: bool) -> Any:
    """The server closed the session meanwhile; with a reason it keeps a request, or not yet."""

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        [mark] = route.request.post_data_json["marks"]
        sent.append(mark)
        asked = requests and mark.get("reason")
        words = {"outcome": "requested"} if asked else {"outcome": "refused", "closed": True}
        told = {"why": "" if asked else "The session is closed.", "wayOut": "", "by": "", "at": ""}
        cell = {name: mark[name] for name in ("id", "enrolment", "session")}
        now = {"status": "absent", "minutes": None, "revision": 1, "comment": ""}
        body = {"rows": {}, "columns": {}, "foot": "", "others": [], "time": "12:00"}
        return route.fulfill(json={**body, "answers": [{**cell, **now, **told, **words}]})

    return answer


@pytest.mark.parametrize("requests", [True, False])
def test_mark_that_waited_for_a_sheet_closed_meanwhile_becomes_a_request(
    requests: bool,
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    sent: list[Any] = []
    into_grid(page)
    go_offline(page, "+")
    page.route("**/training/marks/", answered_as_closed(sent, requests=requests))
    page.context.set_offline(False)
    place = page.locator("#requested-marks" if requests else "#refused-marks")
    expect(place).to_contain_text(re.compile(r"Andersone Ligita, [^:]+: present"))
    look(open_as, page, "requested" if requests else "refused-closed")
    assert [mark.get("reason") for mark in sent] == [
        None,
        "Entered without a network before the sheet was closed",
    ]
    assert sent[0]["id"] != sent[1]["id"]
    expect(page.locator("tbody tr").first.locator("td.c").last).to_have_text("0")
    assert len(browsing.waiting(page, trainer)) == (0 if requests else 1)
    expect(page.locator("td.pending")).to_have_count(0)


def test_mark_refused_at_once_is_no_request(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    sent: list[Any] = []
    page.route("**/training/marks/", answered_as_closed(sent, requests=True))
    into_grid(page)
    keys(page, "+")
    expect(page.locator("#refused-marks")).to_contain_text("The session is closed")
    assert [mark.get("reason") for mark in sent] == [None]


# --- Signing out -------------------------------------------------------------------------------


def sign_out(page: Page) -> None:
    page.locator("summary.person").click()
    page.get_by_role("button", name="Sign out").click()


def test_signing_out_asks_nothing_when_nothing_waits(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "+")
    settled(page)
    sign_out(page)
    page.wait_for_url(lambda url: "register" not in url)
    assert not SignIn.objects.exists()
    open_as.said.clear()  # Chromium notes that the cache was cleared


@pytest.mark.parametrize("way", ["send", "discard", "stay"])
def test_signing_out_with_unsent_marks_asks(
    way: str,
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    into_grid(page)
    go_offline(page, "+", "-")
    sign_out(page)
    window = page.locator("#unsent-window")
    expect(window).to_contain_text("the portal has not stored: 2")
    look(open_as, page, "sign-out")
    window.get_by_role("button", name="Send and sign out").click()
    expect(window).to_contain_text("There is no connection now")
    page.route("**/training/marks/", lambda route: route.abort())
    page.context.set_offline(False)
    if way == "stay":
        window.get_by_role("button", name="Stay signed in").click()
        expect(page.locator("#save-state")).to_have_text("Not sent yet: 2")
        assert len(browsing.waiting(page, trainer)) == 2
    elif way == "send":
        page.unroute("**/training/marks/")
        window.get_by_role("button", name="Send and sign out").click()
    else:
        window.get_by_role("button", name="Discard and sign out").click()
    if way != "stay":
        page.wait_for_url(lambda url: "register" not in url)
        assert asked == []
        assert browsing.kept(page)["databases"] == []
        assert not SignIn.objects.exists()
    found = [row[1] for row in statuses(group.sessions[-1])]
    assert found == (["present", "absent"] if way == "send" else [])
    open_as.said.clear()


def test_signing_out_elsewhere_sends_what_closed_windows_left(
    group: Any,
    trainer: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    go_offline(page, "+", "-")
    record_marks(
        user=None,
        commands=[MarkCommand(group.enrolments[3].pk, group.sessions[-1].pk, "excused")],
    )
    page = reopen(page, "/accessibility/")
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    window = page.locator("#unsent-window")
    expect(window).to_contain_text("the portal has not stored: 2")
    window.get_by_role("button", name="Send and sign out").click()
    expect(window).to_contain_text("Some marks could not be stored")
    expect(window).to_contain_text("the portal has not stored: 1")
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present", "excused"]
    with page.expect_download() as download:
        window.get_by_role("link", name="Save as a file").click()
    assert '"absent"' in download.value.path().read_text(encoding="utf-8-sig")
    window.get_by_role("button", name="Discard and sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert browsing.kept(page)["databases"] == []
    open_as.said.clear()


def test_signing_out_leaves_the_marks_of_others_alone(
    group: Any,
    trainer: Any,
    other: Any,
    open_as: Any,
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    go_offline(page, "+")
    page = reopen(page, "/accessibility/")
    become(page, other)
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert len(browsing.waiting(page, trainer)) == 1
    become(page, trainer)
    page.goto(register(group))
    settled(page)
    assert statuses(group.sessions[-1]) == [("Andersone", "present", None)]
    open_as.said.clear()


# --- By keyboard alone, and on a telephone -----------------------------------------------------


@pytest.fixture
def large() -> world.World:
    """Twenty-six people, today."""
    made = world.fill(world.empty_world(), people=26, days=1)
    made.sessions[-1].date = timezone.localdate()
    made.sessions[-1].save()
    return made


def test_twenty_six_people_in_at_most_sixty_keys(large: Any, open_as: Any) -> None:
    account = world.user("t@x.invalid", first_name="Tija", last_name="Trenere", language="en")
    world.teach(large, account)
    page = open_as(account, register(large))
    page.evaluate(
        "() => { window.pressed = 0; addEventListener('keydown', () => pressed++, true); }"
    )
    pressed = 0
    while not page.evaluate("document.activeElement.matches('td.c')"):
        page.keyboard.press("Tab")
        pressed += 1
    # Everybody present, then the exceptions: three absent, one excused, one who left early.
    keys(page, "a", *["ArrowDown"] * 3, "-", "ArrowDown", "-", "e", *["ArrowDown"] * 5)
    keys(page, "2", "7", "0", "Enter", *["ArrowDown"] * 4, "-")
    saved(page)
    expect(page.locator("td.pending")).to_have_count(0)
    found = [row[1:] for row in statuses(large.sessions[-1])]
    assert len(found) == 26
    assert [
        found.count(mark) for mark in [("absent", None), ("excused", None), ("partial", 270)]
    ] == [
        3,
        1,
        1,
    ]
    counted = page.evaluate("window.pressed")
    assert counted <= 60, f"{counted} keys, {pressed} of them to reach the register"


def test_a_day_on_a_telephone(large: Any, open_as: Any, browser: Browser) -> None:
    account = world.user("t@x.invalid", first_name="Tija", last_name="Trenere", language="en")
    world.teach(large, account)
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = open_as(account, large.sessions[-1].get_absolute_url(), **phone)
    page.context.set_offline(True)
    page.locator("#all-present").tap()
    rows = page.locator(".sheet-row")
    rows.nth(3).locator(".choice-bad").tap()
    rows.nth(7).locator(".choice-info").tap()
    expect(page.locator("#save-state")).to_have_text("Not sent yet: 26")
    expect(page.locator("#unsent-marks")).to_contain_text("There is no connection.")
    look(open_as, page, "phone-offline")
    page = reopen(page, page.url)
    saved(page)
    expect(page.locator("[data-marked]")).to_have_text("26")
    found = [row[1] for row in statuses(large.sessions[-1])]
    assert [found.count(mark) for mark in ("present", "absent", "excused")] == [24, 1, 1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# --- What a screen reader says ------------------------------------------------------------------


def test_states_are_said_aloud(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    state, place = page.locator("#save-state"), page.locator("#unsent-marks")
    expect(state).to_have_role("status")
    expect(page.locator("#spoken")).to_have_attribute("aria-live", "polite")
    go_offline(page, "+")
    expect(page.locator("#spoken")).to_have_text(
        re.compile(r"^Andersone Ligita, \d+ \w+ \d{4}, present, 8$")
    )
    expect(place).to_have_role("status")
    expect(place).to_contain_text("There is no connection. Go on:")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r"Āboliņa Inese, \d+ \w+ \d{4}, not marked", name)
    keys(page, "2", "7", "0", "Enter", "ArrowUp")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r"Āboliņa Inese, \d+ \w+ \d{4}, partly present, 270 minutes, 6", name)
    page.context.set_offline(False)
    settled(page)
    expect(place).to_be_hidden()
    close_session(user=None, session=group.sessions[-1], rest=AttendanceStatus.ABSENT)
    keys(page, "e")
    expect(page.locator("#spoken")).to_have_text(
        re.compile(r"Āboliņa Inese, [^:]+: The session is closed\. Reopen it and give the reason\.")
    )
    expect(page.get_by_role("region", name="Not accepted: 1")).to_be_visible()
