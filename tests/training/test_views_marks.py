"""Marking by the plain form and by the script's door: what is stored, refused, asked."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.models import Role
from tests.training.world import empty_world, fill, mark, member
from training.actions import (
    MarkCommand,
    cancel_session,
    close_session,
    mark_all_present,
    record_marks,
    reopen_session,
)
from training.measures import INVARIANTS
from training.models import (
    Attendance,
    AttendanceStatus,
    Enrolment,
    Mark,
    Session,
    SessionState,
)


def sheet(world: Any) -> str:
    return reverse("training:session_detail", args=[world.sessions[0].pk])


def filled_in(world: Any, browser: Any, **marks: str) -> dict[str, str]:
    """What a browser sends back of the page it was shown, with some marks changed."""
    context = browser.get(sheet(world)).context
    data = {}
    for row in context["sheet"].rows:
        key = row.enrolment.pk
        data |= {f"was-{key}": row.was, f"base-{key}": str(row.revision)}
        data |= {
            f"mark-{key}": row.shown,
            f"minutes-{key}": row.minutes,
            f"note-{key}": row.comment,
        }
    return data | marks


def field(world: Any, person: int, name: str) -> str:
    return f"{name}-{world.enrolments[person].pk}"


def statuses() -> list[tuple[str, int | None]]:
    return list(Attendance.objects.order_by("enrolment_id").values_list("status", "minutes"))


def test_day_sheet_saves_what_was_changed(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser)
    data |= {field(filled, 0, "mark"): "present", field(filled, 1, "mark"): "excused"}
    data |= {field(filled, 0, "minutes"): "90", field(filled, 1, "note"): "slimības lapa"}
    assert browser.post(sheet(filled), data).status_code == 302
    assert statuses() == [("partial", 90), ("excused", None)]
    assert Attendance.objects.get(status="excused").comment == "slimības lapa"
    assert browser.post(sheet(filled), filled_in(filled, browser)).status_code == 302
    assert Mark.objects.count() == 2


def test_day_sheet_all_present_keeps_the_exceptions_of_the_same_form(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser, then="all_present")
    data[field(filled, 2, "mark")] = "absent"
    browser.post(sheet(filled), data)
    assert statuses() == [("present", None), ("present", None), ("absent", None)]


def test_day_sheet_takes_a_mark_back(filled: Any, as_: Any) -> None:
    mark(filled, 0, 0, "absent")
    browser = as_("trainer")
    data = filled_in(filled, browser)
    data[field(filled, 0, "mark")] = ""
    browser.post(sheet(filled), data)
    assert statuses() == []


@pytest.mark.parametrize("minutes", ["361", "x", "-5", "4,5", "9" * 30])
def test_day_sheet_refuses_wrong_minutes_beside_the_person(
    minutes: str, filled: Any, as_: Any
) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser)
    data |= {field(filled, 0, "mark"): "present", field(filled, 0, "minutes"): minutes}
    data |= {field(filled, 1, "mark"): "absent"}
    answer = browser.post(sheet(filled), data)
    rows = answer.context["sheet"].rows
    wrong = [row for row in rows if row.error]
    assert (answer.status_code, [row.enrolment.pk for row in wrong]) == (
        422,
        [filled.enrolments[0].pk],
    )
    assert wrong[0].minutes == minutes[:10]
    assert statuses() == [("absent", None)]


@pytest.mark.parametrize(
    "data", [{"mark": "here"}, {"mark": "present" * 1000}, {"base": "x"}, {"base": "-1"}]
)
def test_day_sheet_survives_a_bent_form(data: dict[str, str], filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    sent = filled_in(filled, browser)
    sent[field(filled, 0, "mark")] = "absent"
    sent |= {field(filled, 0, name): value for name, value in data.items()}
    answer = browser.post(sheet(filled), sent)
    assert answer.status_code == 422
    assert statuses() == []


def test_day_sheet_asks_when_somebody_was_faster(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser)
    data[field(filled, 0, "mark")] = "present"
    mark(filled, 0, 0, "absent")
    mark(filled, 1, 0, "excused")  # a row the trainer never touched
    answer = browser.post(sheet(filled), data)
    asked = [row for row in answer.context["sheet"].rows if row.note]
    assert [(row.enrolment.pk, row.chosen, row.revision) for row in asked] == [
        (filled.enrolments[0].pk, "present", 1)
    ]
    assert statuses() == [("absent", None), ("excused", None)]
    again = {field(filled, 0, "mark"): "present", field(filled, 0, "was"): asked[0].was}
    again |= {field(filled, 0, "base"): "1"}
    assert browser.post(sheet(filled), again).status_code == 302
    assert statuses() == [("present", None), ("excused", None)]


def test_day_sheet_of_a_partner_writes_own_people_only(filled: Any, as_: Any) -> None:
    browser = as_("partner")
    data = filled_in(filled, browser)
    data[field(filled, 0, "mark")] = "present"
    foreign = filled.enrolments[1].pk
    data |= {f"mark-{foreign}": "present", f"was-{foreign}": "||", f"base-{foreign}": "0"}
    browser.post(sheet(filled), data)
    assert list(Attendance.objects.values_list("enrolment", flat=True)) == [filled.enrolments[0].pk]


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_day_sheet_is_read_only_for_those_who_check(role: str, filled: Any, as_: Any) -> None:
    browser = as_(role)
    assert b'name="mark-' not in browser.get(sheet(filled)).content
    assert browser.post(sheet(filled), {}).status_code == 403


def shown_again(answer: Any) -> dict[str, str]:
    """What a browser sends when nothing is changed on the page that came back."""
    data = {}
    for row in answer.context["sheet"].rows:
        key = row.enrolment.pk
        data |= {f"was-{key}": row.was, f"base-{key}": str(row.revision)}
        data |= {f"mark-{key}": row.shown, f"minutes-{key}": row.minutes}
        data[f"note-{key}"] = row.comment
    return data


def test_day_sheet_closed_meanwhile_comes_back_with_all_that_was_typed(
    filled: Any, as_: Any, cast: Any
) -> None:
    browser, session = as_("trainer"), filled.sessions[0]
    data = filled_in(filled, browser)
    data |= {field(filled, 0, "mark"): "excused", field(filled, 0, "note"): "slimības lapa"}
    mark_all_present(user=None, session=session)
    close_session(user=cast["coordinator"], session=session)
    answer = browser.post(sheet(filled), data)
    assert answer.status_code == 409
    assert statuses() == [("present", None)] * 3
    page = answer.content.decode()
    assert "Nodarbību pa to laiku slēdza c@x.invalid" in page
    assert 'value="slimības lapa"' in page
    rows = {row.enrolment.pk: row for row in answer.context["sheet"].rows}
    row = rows[filled.enrolments[0].pk]
    assert (row.shown, row.comment) == ("excused", "slimības lapa")
    assert row.error == "Nodarbība ir slēgta. Atveriet to no jauna, norādot iemeslu."
    reopen_session(user=cast["trainer"], session=session, reason="Slimības lapa")
    assert browser.post(sheet(filled), shown_again(answer)).status_code == 302
    assert statuses() == [("excused", None), ("present", None), ("present", None)]
    assert Attendance.objects.get(status="excused").comment == "slimības lapa"


def test_day_sheet_is_not_in_conflict_with_its_own_last_save(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser)
    data |= {field(filled, 0, "mark"): "present", field(filled, 0, "note"): "  no  ārsta "}
    data |= {field(filled, 1, "mark"): "present", field(filled, 1, "minutes"): "999"}
    answer = browser.post(sheet(filled), data)
    assert statuses() == [("present", None)]
    data = shown_again(answer)
    assert data[field(filled, 0, "note")] == "no ārsta"
    data |= {field(filled, 0, "mark"): "excused", field(filled, 1, "minutes"): "90"}
    assert browser.post(sheet(filled), data).status_code == 302
    assert statuses() == [("excused", None), ("partial", 90)]
    assert Attendance.objects.get(status="excused").comment == "no ārsta"


def test_day_sheet_asks_about_a_note_too(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    mark(filled, 0, 0, "absent")
    data = filled_in(filled, browser)
    data[field(filled, 0, "note")] = "mana piezīme"
    command = MarkCommand(
        filled.enrolments[0].pk, filled.sessions[0].pk, "absent", None, 1, comment="cita piezīme"
    )
    record_marks(user=None, commands=[command])
    answer = browser.post(sheet(filled), data)
    row = next(each for each in answer.context["sheet"].rows if each.note)
    assert (row.comment, row.cell.comment) == ("mana piezīme", "cita piezīme")
    assert "(cita piezīme)" in row.note
    assert browser.post(sheet(filled), shown_again(answer)).status_code == 302
    assert Attendance.objects.get().comment == "mana piezīme"


def test_day_sheet_loses_no_note_that_has_no_mark(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser)
    data[field(filled, 0, "note")] = "slimības lapa"
    answer = browser.post(sheet(filled), data)
    (row,) = [each for each in answer.context["sheet"].rows if each.error]
    assert (row.enrolment.pk, row.comment) == (filled.enrolments[0].pk, "slimības lapa")
    data = shown_again(answer) | {field(filled, 0, "mark"): "excused"}
    assert browser.post(sheet(filled), data).status_code == 302
    assert Attendance.objects.get().comment == "slimības lapa"
    data = filled_in(filled, browser) | {field(filled, 0, "mark"): ""}  # a note goes with its mark
    assert browser.post(sheet(filled), data).status_code == 302
    assert statuses() == []


def test_day_sheet_loses_no_minutes_that_have_no_mark(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser) | {field(filled, 0, "minutes"): "90"}
    answer = browser.post(sheet(filled), data)
    (row,) = [each for each in answer.context["sheet"].rows if each.error]
    assert (row.enrolment.pk, row.minutes) == (filled.enrolments[0].pk, "90")
    data = shown_again(answer) | {field(filled, 0, "mark"): "present"}
    assert browser.post(sheet(filled), data).status_code == 302
    assert statuses() == [("partial", 90)]
    data = filled_in(filled, browser) | {field(filled, 0, "mark"): ""}  # minutes go with their mark
    assert browser.post(sheet(filled), data).status_code == 302
    assert statuses() == []


def test_all_present_in_a_closed_session_is_not_said_to_be_saved(filled: Any, as_: Any) -> None:
    browser = as_("trainer")
    data = filled_in(filled, browser, then="all_present")
    mark(filled, 0, 0, "absent")
    Session.objects.filter(pk=filled.sessions[0].pk).update(state=SessionState.CLOSED)
    page = browser.post(sheet(filled), data, follow=True)
    assert [each.level_tag for each in page.context["messages"]] == ["error"]
    assert statuses() == [("absent", None)]


# --- Closing and reopening -------------------------------------------------------------------


def close_page(world: Any) -> str:
    return reverse("training:session_close", args=[world.sessions[0].pk])


def test_opening_what_cannot_be_opened_says_why(filled: Any, as_: Any) -> None:
    cancel_session(user=None, session=filled.sessions[0])
    address = reverse("training:session_open", args=[filled.sessions[0].pk])
    page = as_("trainer").post(address, follow=True)
    assert [each.level_tag for each in page.context["messages"]] == ["error"]
    assert Session.objects.get(pk=filled.sessions[0].pk).state == SessionState.CANCELLED


def test_closing_lists_the_unmarked_and_needs_a_choice(filled: Any, as_: Any) -> None:
    mark(filled, 1, 0, "present")
    browser = as_("coordinator")
    page = browser.get(close_page(filled))
    assert [place.participant.list_name for place in page.context["unmarked"]] == [
        "Andersone Ligita",
        "Ļaksa Ināra",
    ]
    answer = browser.post(close_page(filled), {})
    assert "rest" in answer.context["form"].errors
    assert browser.post(close_page(filled), {"rest": "here"}).status_code == 422
    assert browser.post(close_page(filled), {"rest": "excused"}).status_code == 302
    assert Session.objects.get(pk=filled.sessions[0].pk).state == SessionState.CLOSED
    assert sorted(statuses()) == [("excused", None), ("excused", None), ("present", None)]


def test_closing_a_complete_session_asks_nothing(filled: Any, as_: Any) -> None:
    mark_all_present(user=None, session=filled.sessions[0])
    assert as_("trainer").post(close_page(filled)).status_code == 302
    assert Session.objects.get(pk=filled.sessions[0].pk).closed_by.email == "t@x.invalid"


def test_closing_the_last_session_leads_to_the_finished_group(filled: Any, as_: Any) -> None:
    for session in filled.sessions:
        mark_all_present(user=None, session=session)
    browser = as_("coordinator")
    for session in filled.sessions:
        answer = browser.post(reverse("training:session_close", args=[session.pk]))
    assert answer.url == filled.group.get_absolute_url()


def test_reopening_asks_for_a_reason_and_shows_it(filled: Any, as_: Any) -> None:
    mark_all_present(user=None, session=filled.sessions[0])
    close_session(user=None, session=filled.sessions[0])
    browser = as_("trainer")
    page = reverse("training:session_reopen", args=[filled.sessions[0].pk])
    assert "reason" in browser.post(page, {"reason": "   "}).context["form"].errors
    assert browser.post(page, {"reason": "Lapā cits paraksts"}).status_code == 302
    assert "Lapā cits paraksts" in browser.get(sheet(filled)).content.decode()


def test_the_way_back_is_not_called_like_what_is_asked(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    browser.cookies["language"] = "lv"
    page = browser.get(reverse("training:session_cancel", args=[filled.sessions[0].pk]))
    asked = page.content.decode()
    assert ">Atcelt nodarbību</button>" in asked
    assert (asked.count(">Atpakaļ</a>"), asked.count(">Atcelt</a>")) == (1, 0)


# --- The door of the script --------------------------------------------------------------------

SAVE = "/training/marks/"


def command(world: Any, status: str = "present", **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "enrolment": world.enrolments[0].pk,
        "session": world.sessions[0].pk,
        "status": status,
        "minutes": None,
        "base": 0,
        **fields,
    }


def send(browser: Any, *marks: dict[str, Any]) -> Any:
    return browser.post(SAVE, json.dumps({"marks": marks}), content_type="application/json")


def test_marks_are_answered_one_by_one_with_the_new_totals(filled: Any, as_: Any) -> None:
    mark(filled, 1, 0, "absent")
    body = send(
        as_("trainer"),
        command(filled, "partial", minutes=90),
        command(filled, "present", enrolment=filled.enrolments[1].pk),
        command(filled, "present", enrolment=0),
    ).json()
    assert [each["outcome"] for each in body["answers"]] == ["stored", "conflict", "refused"]
    assert [each["revision"] for each in body["answers"]] == [1, 1, 0]
    session, person = str(filled.sessions[0].pk), str(filled.enrolments[0].pk)
    assert body["columns"][session] == {
        "present": 1, "concerned": 3, "unmarked": 1, "look": "incomplete",
    }  # fmt: skip
    assert list(body["rows"]) == [person]
    assert 'num">2<' in body["rows"][person]
    assert body["others"] == []


def test_marks_of_others_in_the_same_register_are_told(filled: Any, as_: Any, cast: Any) -> None:
    record_marks(
        user=cast["coordinator"],
        commands=[MarkCommand(filled.enrolments[1].pk, filled.sessions[0].pk, "present")],
    )
    assert send(as_("trainer"), command(filled)).json()["others"] == ["c@x.invalid"]


@pytest.mark.parametrize(
    ("role", "outcome"),
    [("partner", "stored"), ("officer", "refused"), ("funder", "refused"), ("foreign", "refused")],
)
def test_marks_are_written_only_by_those_who_may(
    role: str, outcome: str, filled: Any, as_: Any
) -> None:
    body = send(as_(role), command(filled)).json()
    assert [each["outcome"] for each in body["answers"]] == [outcome]
    assert Mark.objects.exists() is (outcome == "stored")


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", "null", '{"marks": []}', '{"marks": 3}', '{"marks": [1]}', "\xff",
        '{"marks": [{}]}', '{"marks": [{"id": "x"}]}', '{"marks": {"id": 1}}', '{"marks": "ab"}',
        '{"marks": [null]}', '{"marks": [[]]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_marks_that_cannot_be_read_are_refused_whole(body: str, filled: Any, as_: Any) -> None:
    answer = as_("trainer").post(SAVE, body.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "bent",
    [
        {"id": "7"}, {"status": "here"}, {"minutes": "x"}, {"minutes": 10**30}, {"base": -1},
        {"enrolment": "'; drop"}, {"session": 10**40}, {"enrolment": [1]}, {"minutes": {"a": 1}},
        {"session": 2**63}, {"enrolment": 2**70},
    ],
)  # fmt: skip
def test_marks_with_a_bent_field_store_nothing(bent: dict[str, Any], filled: Any, as_: Any) -> None:
    straight = command(filled)
    assert send(as_("trainer"), straight, command(filled, **bent)).status_code == 400
    assert not Mark.objects.exists()
    assert send(as_("trainer"), straight).json()["answers"][0]["outcome"] == "stored"


@pytest.mark.parametrize("comment", ["a" * 301, "a\u202eb", "a\ud800b"])
def test_a_note_that_cannot_be_shown_refuses_its_own_mark_only(
    comment: str, filled: Any, as_: Any
) -> None:
    other = filled.enrolments[1].pk
    body = send(
        as_("trainer"), command(filled, comment=comment), command(filled, enrolment=other)
    ).json()
    assert [each["outcome"] for each in body["answers"]] == ["refused", "stored"]
    assert list(Attendance.objects.values_list("enrolment", flat=True)) == [other]


def test_a_note_travels_with_its_mark(filled: Any, as_: Any) -> None:
    """Sent by the day sheet, kept by the register that sends none, answered as it was stored."""
    browser = as_("trainer")
    steps = [
        ({"status": "excused", "comment": " slimības  lapa "}, "slimības lapa"),
        ({"status": "excused"}, "slimības lapa"),
        ({"status": "absent", "comment": "slimības lapa"}, "slimības lapa"),
        ({"status": "absent", "comment": ""}, ""),
        ({"status": "excused", "comment": "zvanīja"}, "zvanīja"),
        ({"status": "present"}, ""),
    ]
    revision = 0
    for sent, kept in steps:
        (answer,) = send(browser, command(filled, base=revision, **sent)).json()["answers"]
        revision = answer["revision"]
        assert (answer["outcome"], answer["comment"]) == ("stored", kept)
        assert Attendance.objects.get().comment == kept


def test_the_same_note_sent_again_is_the_same_command(filled: Any, as_: Any) -> None:
    browser, first = as_("trainer"), command(filled, comment="zvanīja")
    answers = [send(browser, first).json()["answers"][0] for _time in range(2)]
    assert [each["comment"] for each in answers] == ["zvanīja", "zvanīja"]
    changed = send(browser, first | {"comment": "cita"}).json()["answers"][0]
    assert changed["outcome"] == "refused"
    assert Mark.objects.count() == 1


def test_more_marks_than_a_sheet_has_are_refused_by_name_and_none_is_lost(
    filled: Any, as_: Any
) -> None:
    browser = as_("trainer")
    kept = command(filled, "absent")
    send(browser, kept)
    many = [command(filled, base=1), *[command(filled, enrolment=0) for _number in range(9999)]]
    for count in (10_000, 1201):
        answer = send(browser, *many[:count])
        assert answer.status_code == 400
        assert answer.json()["detail"] == (
            f"Vienā reizē saglabā ne vairāk kā 1200 atzīmes; nosūtītas {count}. Sūtiet pa daļām."
        )
        assert statuses() == [("absent", None)]
    outcomes = [each["outcome"] for each in send(browser, *many[:1200]).json()["answers"]]
    assert outcomes == ["stored"] + ["refused"] * 1199
    assert statuses() == [("present", None)]


def test_a_request_too_large_to_be_read_is_refused_by_name(
    filled: Any, as_: Any, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = send(as_("trainer"), command(filled))
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "Vienā reizē saglabā ne vairāk kā 1200 atzīmes. Sūtiet pa daļām.",
    )


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"minutes": -1}, "minutes"), ({"minutes": 1441}, "minutes"), ({"base": "0"}, "base"),
        ({"enrolment": 1.0}, "enrolment"), ({"session": True}, "session"), ({"id": None}, "id"),
        ({"status": None}, "status"), ({"status": []}, "status"), ({"comment": 7}, "comment"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(
    bent: dict[str, Any], field: str, filled: Any, as_: Any
) -> None:
    answer = send(as_("trainer"), command(filled), command(filled, **bent))
    told = f"2. atzīmi nevar nolasīt: {field}."
    assert (answer.status_code, answer.json()["detail"]) == (400, told)
    assert not Mark.objects.exists()


def test_each_command_that_cannot_stand_is_answered_by_name(
    filled: Any, as_: Any, cast: Any
) -> None:
    """Foreign, too long, stale, used, replayed and closed in one request: the good one is stored."""
    browser, first = as_("trainer"), command(filled)
    send(browser, first)
    close_session(user=None, session=filled.sessions[2], rest=AttendanceStatus.PRESENT)
    people, days = [[row.pk for row in rows] for rows in (filled.enrolments, filled.sessions)]
    answers = send(
        browser,
        first,
        first | {"status": "absent"},
        command(filled, "absent"),
        command(filled, "partial", enrolment=people[1], minutes=361),
        command(filled, enrolment=people[1], session=10**9),
        command(filled, "absent", session=days[2], base=1),
        command(filled, "excused", enrolment=people[2]),
    ).json()["answers"]
    assert [(each["outcome"], each["why"]) for each in answers] == [
        ("stored", ""),
        ("refused", "Šis numurs ir izmantots citai atzīmei."),
        ("conflict", ""),
        ("refused", "Atzīme nevar pārsniegt nodarbības ilgumu (360 min)."),
        ("refused", "Šī cilvēka vai nodarbības jūsu žurnālā nav."),
        ("refused", "Nodarbība ir slēgta."),
        ("stored", ""),
    ]
    assert Mark.objects.filter(session=days[0]).count() == 2


@pytest.mark.parametrize("years", [-2, 2])
def test_a_clock_that_is_years_off_changes_nothing(years: int, filled: Any, as_: Any) -> None:
    wrong = timezone.now() + timedelta(days=365 * years)
    before = timezone.now()
    answer = send(as_("trainer"), command(filled, at=wrong.isoformat(), time=str(wrong)))
    assert answer.json()["answers"][0]["outcome"] == "stored"
    assert before <= Mark.objects.get().at <= timezone.now()


# PostgreSQL opens sessions and writes cells, log and sums by one statement, SQLite by five.
QUERIES = 12 if connection.vendor == "postgresql" else 16


@pytest.mark.parametrize(("people", "days"), [(1, 1), (7, 9)])
def test_a_save_asks_the_same_few_questions_for_any_sheet(
    people: int, days: int, db: None, django_assert_num_queries: Any
) -> None:
    world = fill(empty_world(), people=people, days=days)
    trainer = member("t@x.invalid", Role.COORDINATOR, project=world.project)
    browser = Client()
    browser.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    cells = [(row.pk, day.pk) for row in world.enrolments for day in world.sessions]
    marks = [command(world, enrolment=row, session=day) for row, day in cells]
    with django_assert_num_queries(QUERIES):
        answer = send(browser, *marks)
    assert {each["outcome"] for each in answer.json()["answers"]} == {"stored"}
    assert set(answer.json()["rows"]) == {str(row.pk) for row in world.enrolments}
    sums = Enrolment.objects.values_list("minutes_attended", flat=True)
    assert list(sums) == [360 * days] * people
    assert [line for invariant in INVARIANTS for line in invariant()] == []


def test_marks_need_the_token_of_the_form(filled: Any, cast: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast["trainer"], backend="django.contrib.auth.backends.ModelBackend")
    assert send(browser, command(filled)).status_code == 403
    token = browser.get(SAVE).json()["token"]
    answer = browser.post(
        SAVE,
        json.dumps({"marks": [command(filled)]}),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.json()["answers"][0]["outcome"] == "stored"


def test_marks_of_one_are_not_stored_as_those_of_another(
    filled: Any, as_: Any, cast: dict[str, Any]
) -> None:
    browser, body = as_("trainer"), json.dumps({"marks": [command(filled)]})
    for whose in (str(cast["coordinator"].pk), "", "x"):
        headers = {"X-Marks-Of": whose}
        answer = browser.post(SAVE, body, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.json()["name"]) == (409, "other_user")
        assert browser.get(SAVE, headers=headers).json()["name"] == "other_user"
    assert not Mark.objects.exists()
    headers = {"X-Marks-Of": str(cast["trainer"].pk)}
    answer = browser.post(SAVE, body, content_type="application/json", headers=headers)
    assert answer.json()["answers"][0]["outcome"] == "stored"


def test_signed_out_page_is_led_to_the_login(filled: Any, client: Any) -> None:
    assert send(client, command(filled)).status_code == 302


def test_session_tells_who_did_what_to_those_who_run_or_check_it(
    filled: Any, as_: Any, cast: dict[str, Any]
) -> None:
    cast["trainer"].first_name, cast["trainer"].last_name = "Tija", "Trenere"
    cast["trainer"].save()
    session, user = filled.sessions[0], cast["trainer"]
    close_session(user=user, session=session, rest=AttendanceStatus.PRESENT)
    reopen_session(user=user, session=session, reason="Aizmirsts dalībnieks")
    close_session(user=cast["coordinator"], session=session)
    for role in ("trainer", "coordinator", "auditor"):
        answer = as_(role).get(sheet(filled))
        told = [(each.words, each.reason) for each in answer.context["history"]]
        assert told[:3] == [
            ("Slēgta", ""),
            ("No jauna atvērta", "Aizmirsts dalībnieks"),
            ("Slēgta", ""),
        ]
        page = answer.content.decode()
        assert "Tija Trenere" in page and "Aizmirsts dalībnieks" in page
        assert "slēdza c@x.invalid" in page
    page = as_("partner").get(sheet(filled)).content.decode()
    assert "Tija Trenere" not in page and "c@x.invalid" not in page
