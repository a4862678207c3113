"""The register and the day sheet in a real browser, by keyboard alone and without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from projects.models import Role
from tests.training import world
from tests.training.browsing import into_grid, keys, register, saved, statuses
from training.actions import MarkCommand, close_session, record_marks
from training.models import Attendance, AttendanceStatus, Mark, Session, SessionState

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_day_is_marked_by_keyboard_alone(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    assert focused(page).startswith("Andersone Ligita")
    assert focused(page).endswith("not marked")
    keys(page, "+", "-", "e", "2", "7", "0", "Enter")
    saved(page)
    assert statuses(group.sessions[-1]) == [
        ("Andersone", "present", None),
        ("Āboliņa", "absent", None),
        ("Bērziņa", "excused", None),
        ("Ļaksa", "partial", 270),
    ]
    expect(page.locator("tbody tr").nth(3).locator(".t1")).to_have_text("6")
    assert page.locator("tfoot [data-session]").last.inner_text() == "2/4"


def test_a_column_without_gaps_is_no_longer_incomplete(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group))
    head = page.locator("th[data-session]").first
    expect(head).to_contain_text("incomplete")
    into_grid(page)
    keys(page, "Home", "a")
    saved(page)
    expect(head).to_contain_text("open")


def test_numbers_are_hours_or_minutes(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "6", "Enter", "7", ",", "5", "ArrowDown", "8", "Enter", "9", "0", "ArrowDown")
    saved(page)
    assert [row[1:] for row in statuses(group.sessions[-1])] == [
        ("partial", 270),
        ("partial", 338),
        ("present", None),
        ("partial", 90),
    ]


def test_a_number_beyond_the_session_is_not_taken(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "4", "0", "0", "Enter")
    expect(page.locator("#live-message")).to_contain_text("360")
    keys(page, "ArrowDown", "+")
    saved(page)
    assert statuses(group.sessions[-1]) == [("Āboliņa", "present", None)]


def test_undo_takes_back_one_key_and_a_whole_column(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "-", "a")
    saved(page)
    expect(page.locator("td.pending")).to_have_count(0)
    assert [row[1] for row in statuses(group.sessions[-1])] == ["absent", *["present"] * 3]
    keys(page, "Control+z")
    expect(page.locator("td.pending")).to_have_count(0)
    assert [row[1] for row in statuses(group.sessions[-1])] == ["absent"]
    keys(page, "Control+z")
    expect(page.locator("td.pending")).to_have_count(0)
    assert statuses(group.sessions[-1]) == []
    assert Mark.objects.count() == 8


def test_arrows_reach_every_cell_and_tab_only_open_ones(
    group: Any, trainer: Any, open_as: Any
) -> None:
    world.mark(group, 0, 0, "present")
    group.sessions[0].refresh_from_db()
    close_session(user=None, session=group.sessions[0], rest=AttendanceStatus.ABSENT)
    page = open_as(trainer, register(group))
    into_grid(page)
    here = "[...document.activeElement.parentNode.cells].indexOf(document.activeElement)"
    keys(page, "Home")
    assert page.evaluate(here) == 1
    keys(page, "+", "Delete", "a")
    assert page.evaluate(here) == 1
    keys(page, "Tab")
    assert page.evaluate(here) == 2
    keys(page, "Shift+Tab")
    assert not page.evaluate("document.activeElement.matches('td.c')")
    assert Mark.objects.filter(session=group.sessions[0], base_revision__gt=0).count() == 0


def test_help_opens_by_its_key_and_gives_the_place_back(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    before = focused(page)
    keys(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    keys(page, "Escape")
    assert focused(page) == before


def test_what_is_marked_is_read_aloud(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "e")
    expect(page.locator("#spoken")).to_have_text(
        re.compile(r"Andersone Ligita, \d+ \w+ \d{4}, excused")
    )
    saved(page)  # or the server would answer after the end of the test


def test_two_people_type_in_the_same_sheet(group: Any, trainer: Any, open_as: Any) -> None:
    other = world.member("c@x.invalid", Role.COORDINATOR, project=group.project)
    other.language = "en"
    other.save()
    first, second = open_as(trainer, register(group)), open_as(other, register(group))
    for page, marks in ((first, "+"), (second, "-")):
        into_grid(page)
        if page is second:
            keys(page, "ArrowDown")
        keys(page, marks)
        saved(page)
    assert statuses(group.sessions[-1]) == [
        ("Andersone", "present", None),
        ("Āboliņa", "absent", None),
    ]
    expect(second.locator("#others")).to_contain_text("Tija Trenere")


@pytest.mark.parametrize(("choice", "kept"), [("Use mine", "present"), ("Keep theirs", "absent")])
def test_two_people_who_differ_are_asked(
    choice: str, kept: str, group: Any, trainer: Any, open_as: Any
) -> None:
    other = world.user("o@x.invalid", first_name="Māris", last_name="Ozoliņš")
    page = open_as(trainer, register(group))
    person = group.enrolments[2].pk  # Andersone, the first row
    record_marks(user=other, commands=[MarkCommand(person, group.sessions[-1].pk, "absent")])
    into_grid(page)
    keys(page, "+")
    dialog = page.locator("#conflict")
    expect(dialog).to_contain_text("Māris Ozoliņš")
    expect(dialog).to_contain_text("Andersone Ligita")
    dialog.get_by_role("button", name=choice).click()
    saved(page)
    expect(page.locator("td.pending")).to_have_count(0)
    assert statuses(group.sessions[-1]) == [("Andersone", kept, None)]
    assert page.locator("tbody tr").first.locator("td.c").last.inner_text() == (
        "8" if kept == "present" else "0"
    )


def hold_answers(page: Page) -> None:
    """From now on an answer of the server reaches the page only when ``let_through`` says so."""
    page.evaluate(
        """() => {
            const real = window.fetch;
            window.calls = 0;
            window.fetch = async (...request) => {
                window.calls += 1;
                const response = await real(...request);
                await new Promise((resolve) => { window.letThrough = resolve; });
                return response;
            };
        }"""
    )


def wait_for_calls(page: Page, count: int) -> None:
    page.wait_for_function("count => window.calls === count && window.letThrough", arg=count)


def let_through(page: Page) -> None:
    page.evaluate("() => { const go = window.letThrough; window.letThrough = null; go(); }")


def test_each_conflict_is_a_question_of_its_own(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    day = group.sessions[-1].pk
    people = [group.enrolments[2].pk, group.enrolments[3].pk]  # the first two rows
    record_marks(user=None, commands=[MarkCommand(each, day, "absent") for each in people])
    hold_answers(page)
    into_grid(page)
    keys(page, "+")
    wait_for_calls(page, 1)
    keys(page, "+")  # waits for its turn, which comes while the first question stands
    let_through(page)
    dialog = page.locator("#conflict")
    expect(dialog).to_contain_text("Andersone Ligita")
    page.wait_for_timeout(600)
    assert page.evaluate("window.calls") == 1
    expect(dialog).to_contain_text("Andersone Ligita")
    dialog.get_by_role("button", name="Use mine").click()
    wait_for_calls(page, 2)
    let_through(page)
    expect(dialog).to_contain_text("Āboliņa Inese")
    dialog.get_by_role("button", name="Keep theirs").click()
    expect(page.locator("td.pending")).to_have_count(0)
    assert statuses(group.sessions[-1]) == [
        ("Andersone", "present", None),
        ("Āboliņa", "absent", None),
    ]


def test_marks_wait_while_there_is_no_network(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    page.context.set_offline(True)
    keys(page, "+", "+", "-")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet: 3")
    expect(page.locator("td.pending")).to_have_count(3)
    assert not Mark.objects.exists()
    page.context.set_offline(False)
    saved(page)
    expect(page.locator("td.pending")).to_have_count(0)
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present", "present", "absent"]


def test_leaving_with_unsent_marks_asks_first(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    keys(page, "+")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet: 1")
    page.evaluate("window.location.reload()")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    saved(page)


def test_an_answer_lost_on_the_way_is_asked_for_again(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group))
    lost = []

    def lose(route: Route) -> None:
        """The server stores the marks, and the answer never arrives."""
        if len(lost) < 2:
            lost.append(route.fetch().json()["answers"][0])
            route.abort()
        else:
            route.continue_()

    page.route("**/training/marks/", lose)
    into_grid(page)
    keys(page, "+")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet")
    keys(page, "ArrowUp", "-")  # a newer wish while the old one is still unanswered
    saved(page)
    expect(page.locator("td.pending")).to_have_count(0)
    assert [answer["outcome"] for answer in lost] == ["stored", "stored"]
    assert lost[0]["id"] == lost[1]["id"]
    assert statuses(group.sessions[-1]) == [("Andersone", "absent", None)]
    assert list(Mark.objects.order_by("base_revision").values_list("new_status", flat=True)) == [
        "present",
        "absent",
    ]


@pytest.mark.parametrize("status", [503, 409])
def test_marks_that_the_server_cannot_store_now_are_sent_again_as_they_are(
    status: int, group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group))
    sent: list[str] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.post_data_json["marks"][0]["id"])
        if len(sent) < 2:
            route.fulfill(status=status, json={"detail": "x"}, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/training/marks/", refuse)
    into_grid(page)
    keys(page, "+")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet: 1")
    saved(page)
    assert sent[0] == sent[1]
    assert statuses(group.sessions[-1]) == [("Andersone", "present", None)]


def test_page_older_than_the_portal_keeps_its_marks_and_says_so(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group))
    page.route("**/training/marks/", lambda route: route.fulfill(status=400, json={"detail": "x"}))
    into_grid(page)
    keys(page, "+", "-")
    expect(page.locator("#save-state")).to_contain_text("Not sent yet: 2")
    expect(page.locator("#unsent-marks")).to_contain_text("The portal was renewed")
    expect(page.locator("td.pending")).to_have_count(2)
    page.unroute("**/training/marks/")
    saved(page)


def test_marks_outlive_the_login(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    keys(page, "+")
    expect(page.locator("#sign-in-again")).to_contain_text("Your sign-in has ended")
    assert not Mark.objects.exists()
    page.context.add_cookies(cookies)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    assert statuses(group.sessions[-1]) == [("Andersone", "present", None)]


def test_a_refused_mark_goes_back_and_says_why(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    close_session(user=None, session=group.sessions[-1], rest=AttendanceStatus.ABSENT)
    into_grid(page)
    keys(page, "+")
    expect(page.locator("#live-message")).to_contain_text("closed")
    expect(page.locator("td.refused")).to_have_text("0")


def test_closing_from_the_register_takes_the_marks_along(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    keys(page, "a")
    page.locator("#close-session").click()
    page.wait_for_url("**/close/")
    page.get_by_role("button", name="Close the session").click()
    page.wait_for_url("**/register/")
    assert Session.objects.get(pk=group.sessions[-1].pk).state == SessionState.CLOSED


def test_closing_waits_for_the_save_on_its_way(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    hold_answers(page)
    into_grid(page)
    keys(page, "a")
    wait_for_calls(page, 1)
    page.locator("#close-session").click()
    page.wait_for_timeout(200)
    assert page.url.endswith("/register/")
    let_through(page)
    page.wait_for_url("**/close/")
    assert [row[1] for row in statuses(group.sessions[-1])] == ["present"] * 4


def test_closing_without_a_network_says_why_not(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, register(group))
    into_grid(page)
    page.context.set_offline(True)
    keys(page, "+")
    page.locator("#close-session").click()
    expect(page.locator("#live-message")).to_contain_text("Not sent yet: 1. There is no connection")
    page.context.set_offline(False)
    saved(page)


@pytest.mark.parametrize("address", ["register", "sheet", "close"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_accessible_and_fit(
    address: str, width: int, group: Any, trainer: Any, open_as: Any
) -> None:
    world.mark(group, 0, 2, "partial", 90)
    sheet = group.sessions[-1].get_absolute_url()
    places = {"register": register(group), "sheet": sheet, "close": f"{sheet}close/"}
    page = open_as(trainer, places[address], viewport={"width": width, "height": 900})
    page.wait_for_load_state("networkidle")
    assert open_as.said == []
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [
        (each["id"], [n["target"] for n in each["nodes"]]) for each in found["violations"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    open_as.said.clear()  # the judge writes styles of its own into the page


# --- The day sheet -----------------------------------------------------------------------------


def test_day_sheet_saves_each_tap(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(
        trainer, group.sessions[-1].get_absolute_url(), viewport={"width": 390, "height": 844}
    )
    rows = page.locator(".sheet-row")
    rows.nth(0).get_by_role("radio", name="Present").check()
    rows.nth(1).get_by_role("radio", name="Absent").check()
    rows.nth(2).locator("summary").click()
    rows.nth(2).get_by_label("Minutes present").fill("270")
    rows.nth(2).get_by_label("Minutes present").press("Tab")
    saved(page)
    expect(page.locator("[data-marked]")).to_have_text("3")
    expect(rows.nth(2).locator(".more-words")).to_have_text("270 of 360 min")
    expect(page.locator(".action-foot")).to_contain_text("1")
    assert [row[1:] for row in statuses(group.sessions[-1])] == [
        ("present", None),
        ("absent", None),
        ("partial", 270),
    ]
    page.locator("#all-present").click()
    expect(page.locator("[data-marked]")).to_have_text("4")
    page.locator(".action-foot button").click()
    page.wait_for_url("**/close/")
    page.get_by_role("button", name="Close the session").click()
    page.wait_for_url("**/register/")
    assert len(statuses(group.sessions[-1])) == 4


def notes(session: Session) -> list[tuple[str, str]]:
    rows = Attendance.objects.filter(session=session).order_by("enrolment__participant__sort_key")
    return list(rows.values_list("status", "comment"))


def test_a_note_is_saved_with_its_mark_and_stays_when_the_mark_changes(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, group.sessions[-1].get_absolute_url())
    row, save = page.locator(".sheet-row").first, page.locator("#save-sheet")
    expect(save).to_be_hidden()
    row.locator("summary").click()
    row.get_by_label("Note").fill("slimības lapa")
    expect(save).to_be_visible()
    row.get_by_role("radio", name="Excused").check()
    saved(page)
    expect(save).to_be_hidden()
    assert notes(group.sessions[-1]) == [("excused", "slimības lapa")]
    row.get_by_role("radio", name="Absent").check()
    expect(page.locator("#save-state")).to_have_text("Saving…")
    saved(page)
    assert notes(group.sessions[-1]) == [("absent", "slimības lapa")]
    row.get_by_label("Note").fill("zvanīja")
    row.get_by_label("Note").press("Tab")
    expect(save).to_be_hidden()
    saved(page)
    expect(row.locator(".more-words")).to_have_text("zvanīja")
    assert notes(group.sessions[-1]) == [("absent", "zvanīja")]
    row.get_by_role("radio", name="No mark").check()
    expect(page.locator("#save-state")).to_have_text("Saving…")
    saved(page)
    expect(row.get_by_label("Note")).to_have_value("")
    assert notes(group.sessions[-1]) == []


def test_save_pressed_after_a_tap_loses_no_note(group: Any, trainer: Any, open_as: Any) -> None:
    page = open_as(trainer, group.sessions[-1].get_absolute_url())
    row = page.locator(".sheet-row").first
    row.get_by_role("radio", name="Excused").check()
    saved(page)
    row.locator("summary").click()
    row.get_by_label("Note").fill("slimības lapa")
    page.locator("#save-sheet").click()
    expect(page.locator(".message-ok")).to_contain_text("saved")
    assert notes(group.sessions[-1]) == [("excused", "slimības lapa")]


def test_a_note_typed_and_not_saved_is_asked_about_on_leaving(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, group.sessions[-1].get_absolute_url())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    row = page.locator(".sheet-row").first
    row.locator("summary").click()
    row.get_by_label("Note").press_sequentially("slim")
    page.evaluate("window.location.reload()")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(row.get_by_label("Note")).to_have_value("slim")
    row.get_by_role("radio", name="Excused").check()
    saved(page)
    page.reload()
    assert asked == ["beforeunload"]
    expect(row.locator(".more-words")).to_have_text("slim")


def test_a_note_stands_in_the_question_when_two_people_differ(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, group.sessions[-1].get_absolute_url())
    person, day = group.enrolments[2].pk, group.sessions[-1].pk
    theirs = MarkCommand(person, day, "excused", comment="zvanīja")
    record_marks(user=None, commands=[theirs])
    row, dialog = page.locator(".sheet-row").first, page.locator("#conflict")
    row.locator("summary").click()
    row.get_by_label("Note").fill("slimības lapa")
    row.get_by_role("radio", name="Excused").check()
    expect(dialog.locator("#conflict-theirs")).to_have_text("excused: zvanīja")
    expect(dialog.locator("#conflict-mine")).to_have_text("excused: slimības lapa")
    dialog.get_by_role("button", name="Keep theirs").click()
    expect(row.get_by_label("Note")).to_have_value("zvanīja")
    row.get_by_label("Note").fill("slimības lapa")
    row.get_by_label("Note").press("Tab")
    expect(page.locator("#save-state")).to_have_text("Saving…")
    saved(page)
    assert notes(group.sessions[-1]) == [("excused", "slimības lapa")]


def test_somebody_online_stays_online_when_a_note_is_added(
    group: Any, trainer: Any, open_as: Any
) -> None:
    world.mark(group, 2, 2, "online")
    page = open_as(trainer, group.sessions[-1].get_absolute_url())
    row = page.locator(".sheet-row").first
    row.locator("summary").click()
    row.get_by_label("Note").fill("no mājām")
    row.get_by_label("Note").press("Tab")
    saved(page)
    expect(page.locator("[data-count=present]")).to_have_text("1")
    assert notes(group.sessions[-1]) == [("online", "no mājām")]


def test_marks_typed_into_a_session_closed_meanwhile_are_saved_once_it_is_open(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, group.sessions[-1].get_absolute_url(), java_script_enabled=False)
    session = group.sessions[-1]
    close_session(user=trainer, session=session, rest=AttendanceStatus.PRESENT)
    page.locator(".sheet-row").first.get_by_role("radio", name="Excused").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message-bad")).to_contain_text("Tija Trenere has closed the session")
    expect(page.locator(".message-bad")).to_contain_text("Andersone Ligita")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Reopen it in a new window").click()
    opened.value.get_by_label("Reason").fill("Slimības lapa")
    opened.value.get_by_role("button", name="Reopen").click()
    expect(opened.value.locator(".message-ok")).to_contain_text("open again")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message-ok")).to_contain_text("saved")
    assert [row[1] for row in statuses(session)] == ["excused", *["present"] * 3]


@pytest.mark.parametrize("way", ["button", "keys"])
def test_day_sheet_takes_back_all_present_and_one_tap(
    way: str, group: Any, trainer: Any, open_as: Any
) -> None:
    session = group.sessions[-1]
    page = open_as(trainer, session.get_absolute_url(), viewport={"width": 390, "height": 800})

    def undo() -> None:
        if way == "keys":
            page.keyboard.press("Control+z")
        else:
            page.get_by_role("button", name="Undo").click()

    everybody, back = page.locator("#all-present"), page.locator("#undo")
    expect(back).to_be_hidden()
    expect(everybody).to_have_class(re.compile("btn-primary"))
    page.locator(".choice-bad").first.click()
    everybody.click()
    saved(page)
    assert [row[1] for row in statuses(session)] == ["absent", *["present"] * 3]
    expect(everybody).not_to_have_class(re.compile("btn-primary"))
    expect(page.locator("#split .bar-fill")).to_have_attribute("width", "100%")
    undo()
    saved(page)
    assert [row[1] for row in statuses(session)] == ["absent"]
    undo()
    saved(page)
    assert statuses(session) == []
    expect(back).to_be_hidden()
    expect(everybody).to_have_class(re.compile("btn-primary"))


def test_day_sheet_and_register_work_without_a_script(
    group: Any, trainer: Any, open_as: Any
) -> None:
    page = open_as(trainer, register(group), java_script_enabled=False)
    page.locator("th.col-current a").click()
    page.locator(".sheet-row").nth(0).get_by_role("radio", name="Absent").check()
    page.get_by_role("button", name="All present").click()
    page.get_by_role("button", name="Close the session").first.click()
    page.get_by_role("button", name="Close the session").click()
    assert [row[1] for row in statuses(group.sessions[-1])] == ["absent", *["present"] * 3]
    assert Session.objects.get(pk=group.sessions[-1].pk).state == SessionState.CLOSED
