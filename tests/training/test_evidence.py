"""What proves a session: the sheet to be signed, its scans, the paper laid beside the marks."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from projects.models import Logo, VisualSet
from tests.certificates import pdfs
from tests.training import world
from tests.training.world import fill
from training.actions import (
    MarkCommand,
    add_scans,
    close_session,
    compare_with_paper,
    plan_sessions,
    record_marks,
    remove_scan,
    reopen_session,
    sign_sheets,
)
from training.actions.evidence import MOST_SCANS
from training.actions.sessions import SessionPlan
from training.actions.sign_sheets import MOST_SHEETS
from training.models import (
    AttendanceStatus,
    Group,
    Module,
    PaperCheck,
    PaperDifference,
    Session,
    SessionScan,
    SessionState,
)
from training.rules import halves


def at(view: str, key: int) -> str:
    return reverse(f"training:{view}", args=[key])


def pdf(words: str = "one") -> bytes:
    return b"%PDF-1.7 " + words.encode() + b" %%EOF"


def upload(words: str = "one", name: str = "lapa.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(words))


def picture(kind: str) -> bytes:
    kept = io.BytesIO()
    Image.new("L", (40, 60), 255).save(kept, kind)
    return kept.getvalue()


def closed(filled: Any) -> Session:
    return close_session(user=None, session=filled.sessions[0], rest=AttendanceStatus.PRESENT)


def files() -> set[str]:
    root = Path(default_storage.path("scans"))
    return {str(each.relative_to(root)) for each in root.rglob("*") if each.is_file()}


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


# --- The sheet to be signed ---------------------------------------------------------------------


def sheet_of(filled: Any, sessions: list[Session] | None = None, language: str = "lv") -> bytes:
    group = Group.objects.select_related("programme__project__lead", "site").get(pk=filled.group.pk)
    return sign_sheets(group=group, sessions=sessions or [filled.sessions[0]], language=language)


@pytest.mark.parametrize(("minutes", "times"), [(1, 1), (240, 1), (241, 2), (360, 2), (720, 2)])
def test_people_sign_once_each_half_day(minutes: int, times: int) -> None:
    assert halves(minutes) == times


def test_sheet_tells_all_that_a_funder_asks(filled: Any, tmp_path: Path) -> None:
    filled.project.identifiers.create(number="LV0015", is_printed=True)
    filled.project.lead = world.organisation("region", name_lv="Latgales plānošanas reģions")
    filled.project.save()
    visual = VisualSet.objects.create(
        programme=filled.project.programme, language="lv", statement="Finansē EEZ."
    )
    logo = Logo(visual_set=visual, label="EEZ")
    logo.file.save("logo.png", io.BytesIO(picture("PNG")))
    world.teach(filled, world.user("t@x.invalid", first_name="Māris", last_name="Rudzulauks"))
    sender = world.organisation("office", name_lv="Ludzas sociālais dienests")
    filled.group.enrolments.update(organisation=sender)
    Session.objects.filter(pk=filled.sessions[0].pk).update(topic="Saruna ar klientu")
    filled.sessions[0].refresh_from_db()

    data = sheet_of(filled)

    said = pdfs.text_of(data, tmp_path)
    wanted = [
        "Projekts latgale",
        "LV0015",
        "Pamati",
        "Likumi",
        "Saruna ar klientu",
        "Rēzekne",
        "02.03.2026., 09:00–15:30",
        "pārtraukumi 30 min",
        "Māris Rudzulauks",
        "Ludzas sociālais dienests",
        "social-worker",
        "Paraksts, 1. daļa",
        "Paraksts, 2. daļa",
        "Finansē EEZ.",
        "1. lapa no 1",
        *[each.participant.list_name for each in filled.enrolments],
    ]
    assert [words for words in wanted if words not in said] == []
    assert "Demonstrācijas dati" not in said
    assert pdfs.violations(data) == []
    assert pdfs.collisions(pdfs.words_of(data, tmp_path)) == []


def test_demo_says_so_and_a_short_session_is_signed_once(filled: Any, tmp_path: Path) -> None:
    Group.objects.filter(pk=filled.group.pk).update(is_demo=True)
    filled.sessions[0].ends = time(12)
    filled.sessions[0].save()

    said = pdfs.text_of(sheet_of(filled), tmp_path)

    assert "Demonstrācijas dati" in said
    assert "daļa" not in said and "Paraksts" in said


def test_names_in_one_language_only_are_read_in_it(filled: Any, tmp_path: Path) -> None:
    data = sheet_of(filled, language="en")

    said = pdfs.text_of(data, tmp_path)
    assert "Attendance sheet, 2 Mar 2026" in said and "Page 1 of 1" in said
    assert pdfs.languages_of(data)["lv"] >= 3
    assert pdfs.violations(data) == []


@pytest.mark.parametrize(("people", "pages"), [(0, 1), (26, 2), (60, 3)])
def test_every_person_has_a_row_and_walk_ins_have_some(
    people: int, pages: int, db: None, tmp_path: Path
) -> None:
    full = fill(world.empty_world(), people=people, days=1, carers=0)

    said = pdfs.text_of(sheet_of(full), tmp_path)

    assert said.count(f"lapa no {pages}") == pages
    last = people + 4 if people else 16
    assert f" {last} " in said and f" {last + 1} " not in said


def test_only_those_of_the_day_and_of_the_module_stand_on_it(filled: Any, tmp_path: Path) -> None:
    """The last of three is a carer; a module for carers is no business of the others."""
    Session.objects.filter(pk=filled.sessions[0].pk).update(module=filled.care)
    gone = filled.enrolments[0]
    gone.until = filled.sessions[1].date - timedelta(1)
    gone.save()
    sessions = list(Session.objects.filter(group=filled.group).order_by("date")[:2])

    first, second = (pdfs.text_of(sheet_of(filled, [each]), tmp_path) for each in sessions)

    names = [each.participant.list_name for each in filled.enrolments]
    assert [name in first for name in names] == [False, False, True]
    assert [name in second for name in names] == [False, True, True]


def test_sheets_of_a_group_count_their_own_pages(filled: Any, tmp_path: Path) -> None:
    said = pdfs.text_of(sheet_of(filled, filled.sessions), tmp_path)

    assert said.count("1. lapa no 1") == 3
    assert [f"0{day}.03.2026." in said for day in (2, 3, 4)] == [True] * 3


def test_long_names_stay_in_their_cells(filled: Any, tmp_path: Path) -> None:
    person = filled.enrolments[0].participant
    person.given_name, person.family_name = "Annele " * 14, "Ķ" * 100
    person.save()
    filled.programme.name_lv = "Ļoti gara programma " * 14
    filled.programme.save()

    data = sheet_of(filled)

    words = pdfs.words_of(data, tmp_path)
    assert pdfs.collisions(words) == []
    assert max(word.right for word in words) < 595.3 - 30


def test_sheets_cost_the_same_for_one_session_and_three(
    filled: Any, django_assert_num_queries: Any
) -> None:
    for sessions in (filled.sessions[:1], filled.sessions):
        group = Group.objects.select_related("programme__project__lead", "site").get(
            pk=filled.group.pk
        )
        sessions = list(
            Session.objects.filter(pk__in=[each.pk for each in sessions]).select_related(
                "module", "site"
            )
        )
        with django_assert_num_queries(8):
            sign_sheets(group=group, sessions=sessions, language="lv")


class TestSheetPages:
    def test_download_leaves_nothing_behind(self, filled: Any, as_: Any, settings: Any) -> None:
        answer = as_("trainer").get(at("session_sheet", filled.sessions[0].pk))

        assert answer.content.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="g1-2026')
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []

    def test_planned_sessions_of_a_month_or_a_module(
        self, filled: Any, as_: Any, tmp_path: Path
    ) -> None:
        today = timezone.localdate()
        plans = [
            SessionPlan(today + timedelta(days), time(9), time(12), 0, module=filled.everyone)
            for days in (40, 80)
        ]
        coming = plan_sessions(user=None, group=filled.group, plans=plans)
        closed(filled)
        browser, address = as_("coordinator"), at("group_sheets", filled.group.pk)

        def days(query: str) -> list[str]:
            said = pdfs.text_of(browser.get(address + query).content, tmp_path)
            rows = [*filled.sessions, *coming]
            return [f"{each.date}" for each in rows if f"lapa, {each.date:%d.%m.%Y.}" in said]

        everything = [f"{each.date}" for each in [*filled.sessions[1:], *coming]]
        assert days("") == everything  # the closed one is signed already
        assert days(f"?module={filled.everyone.pk}") == everything
        assert days(f"?month={coming[0].date:%Y-%m}") == [f"{coming[0].date}"]

    @pytest.mark.parametrize(
        "query", ["?month=soon", "?module=0", "?language=xx", "?month=2001-01"]
    )
    def test_bad_choice_leads_back_with_a_word(self, query: str, filled: Any, as_: Any) -> None:
        browser = as_("coordinator")

        answer = browser.get(at("group_sheets", filled.group.pk) + query, follow=True)

        assert answer.redirect_chain == [(f"{filled.group.get_absolute_url()}?show=sessions", 302)]
        assert len(answer.context["messages"]) == 1

    def test_too_many_at_once_are_refused(self, filled: Any, as_: Any) -> None:
        plans = [
            SessionPlan(date(2031, 1, 1) + timedelta(days), time(9), time(12), 0)
            for days in range(MOST_SHEETS)
        ]
        plan_sessions(user=None, group=filled.group, plans=plans)

        page = as_("coordinator").get(at("group_sheets", filled.group.pk), follow=True)

        [told] = page.context["messages"]
        assert f"{MOST_SHEETS + 3} lapas" in str(told) and f"{MOST_SHEETS})" in str(told)

    def test_logo_that_is_gone_is_told(self, filled: Any, as_: Any) -> None:
        visual = VisualSet.objects.create(
            programme=filled.project.programme, language="lv", statement="Finansē EEZ."
        )
        Logo.objects.create(visual_set=visual, label="EEZ", file="logos/none.png")

        page = as_("trainer").get(at("session_sheet", filled.sessions[0].pk), follow=True)

        assert [str(each) for each in page.context["messages"]] == [
            "Lapu nevar izveidot: Logotipa „EEZ” trūkst vai to nevar nolasīt:"
            " augšupielādējiet to vēlreiz."
        ]

    def test_timetable_offers_only_months_with_something_to_sign(
        self, filled: Any, as_: Any
    ) -> None:
        browser, address = as_("coordinator"), f"{filled.group.get_absolute_url()}?show=sessions"

        form = browser.get(address).context["sheets"]
        assert [value for value, _label in form.fields["month"].widget.choices] == ["", "2026-03"]

        for session in filled.sessions:
            close_session(user=None, session=session, rest=AttendanceStatus.PRESENT)
        assert browser.get(address).context["sheets"] is None


# --- Scans --------------------------------------------------------------------------------------


def test_scan_is_kept_as_it_is_under_a_name_of_our_own(filled: Any, as_: Any, cast: Any) -> None:
    session, browser = closed(filled), as_("trainer")
    pages = [
        SimpleUploadedFile("Bērziņa Anna.pdf", pdf()),
        SimpleUploadedFile("2.JPG", picture("JPEG")),
        SimpleUploadedFile("3.png", picture("PNG")),
    ]

    answer = browser.post(at("scan_add", session.pk), {"scans": pages})

    assert answer.url == f"{session.get_absolute_url()}#evidence"
    scans = list(SessionScan.objects.all())
    assert [(each.kind, each.added_by) for each in scans] == [
        (kind, cast["trainer"]) for kind in ("PDF", "JPG", "PNG")
    ]
    assert not any("Anna" in each.file.name for each in scans)
    answers = [browser.get(each.get_absolute_url()) for each in scans]
    assert [each.content for each in answers] == [pdf(), picture("JPEG"), picture("PNG")]
    assert [each.headers["Content-Type"] for each in answers] == [
        "application/pdf",
        "image/jpeg",
        "image/png",
    ]
    assert all("attachment" in each.headers["Content-Disposition"] for each in answers)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("lapa.pdf", b"%PDF-1.7 broken off", "bojāta vai nepilnīga"),
        ("lapa.pdf", picture("PNG"), "PDF, JPEG vai PNG"),
        ("lapa.png", b"\x89PNG and nothing", "bojāta vai nepilnīga"),
        ("lapa.jpg", picture("JPEG")[:-40], "bojāta vai nepilnīga"),
        ("lapa.exe", b"MZ", "PDF, JPEG vai PNG"),
        ("lapa.docx", b"PK\x03\x04 words", "PDF, JPEG vai PNG"),
        ("lapa.pdf", b"", "tukša"),
        ("x" * 250 + ".pdf", pdf(), "200"),
    ],
)
def test_what_is_no_scan_is_refused_by_its_content(
    name: str, content: bytes, why: str, filled: Any, as_: Any
) -> None:
    pages = [upload(), SimpleUploadedFile(name, content)]

    page = as_("trainer").post(at("scan_add", filled.sessions[0].pk), {"scans": pages})

    assert page.status_code == 422
    [told] = page.context["form"].errors["scans"]
    assert told.startswith(name) and why in told
    assert (SessionScan.objects.count(), files()) == (0, set())


def test_no_file_is_an_error_beside_the_field(filled: Any, as_: Any) -> None:
    page = as_("trainer").post(at("scan_add", filled.sessions[0].pk), {})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["scans"]


def test_large_file_is_refused(filled: Any, as_: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("projects.forms.uploads.EVIDENCE_BYTES", 10)

    page = as_("trainer").post(at("scan_add", filled.sessions[0].pk), {"scans": [upload()]})

    assert "20 MB" in page.context["form"].errors["scans"][0]


def test_more_than_the_proxy_lets_through_is_refused(
    filled: Any, as_: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("training.forms.evidence.AT_ONCE", 30)

    page = as_("trainer").post(
        at("scan_add", filled.sessions[0].pk), {"scans": [upload(), upload("two")]}
    )

    assert "60 MB" in page.context["form"].errors["scans"][0]
    assert SessionScan.objects.count() == 0


def test_same_file_is_kept_once_also_when_pressed_twice(filled: Any) -> None:
    session = filled.sessions[0]
    for _press in range(2):
        add_scans(user=None, session=session, files=[upload(), upload(), upload("two")])

    assert (SessionScan.objects.count(), len(files())) == (2, 2)


def test_file_too_many_leaves_none_of_its_pages_behind(filled: Any) -> None:
    pages = [upload(str(number)) for number in range(MOST_SCANS + 1)]

    with pytest.raises(ValidationError, match=str(MOST_SCANS)):
        add_scans(user=None, session=filled.sessions[0], files=pages)

    assert (SessionScan.objects.count(), files()) == (0, set())


def test_cancelled_session_has_no_paper(filled: Any, as_: Any) -> None:
    Session.objects.filter(pk=filled.sessions[0].pk).update(state=SessionState.CANCELLED)

    page = as_("trainer").post(at("scan_add", filled.sessions[0].pk), {"scans": [upload()]})

    assert page.status_code == 422 and "atcelta" in page.content.decode()


def test_removed_scan_leaves_its_trace_and_no_bytes(
    filled: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    session, browser = filled.sessions[0], as_("coordinator")
    [scan] = add_scans(user=None, session=session, files=[upload()])

    unsaid = browser.post(at("scan_remove", scan.pk), {"reason": " "})
    assert (unsaid.status_code, len(files())) == (422, 1)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(at("scan_remove", scan.pk), {"reason": "Citas grupas lapa"})

    scan.refresh_from_db()
    assert (str(scan.file), scan.reason, files()) == ("", "Citas grupas lapa", set())
    assert len(scan.sha256) == 64
    assert "Citas grupas lapa" in browser.get(session.get_absolute_url()).content.decode()
    assert browser.get(scan.get_absolute_url()).status_code == 404
    assert browser.post(at("scan_remove", scan.pk), {"reason": "x"}).status_code == 404
    [again] = add_scans(user=None, session=session, files=[upload()])
    assert again.pk != scan.pk


def test_second_removal_changes_nothing(filled: Any) -> None:
    [scan] = add_scans(user=None, session=filled.sessions[0], files=[upload()])
    remove_scan(user=None, scan=scan, reason="Pirmais iemesls")
    remove_scan(user=None, scan=scan, reason="Otrs iemesls")

    assert SessionScan.objects.get().reason == "Pirmais iemesls"


def test_trainer_adds_and_reads_but_does_not_remove(filled: Any, as_: Any) -> None:
    [scan] = add_scans(user=None, session=filled.sessions[0], files=[upload()])
    browser = as_("trainer")

    assert browser.get(scan.get_absolute_url()).content == pdf()
    assert browser.post(at("scan_remove", scan.pk), {"reason": "x"}).status_code == 403
    assert (
        at("scan_remove", scan.pk)
        not in browser.get(filled.sessions[0].get_absolute_url()).content.decode()
    )


def test_municipality_reads_its_people_and_not_everybodys_paper(filled: Any, as_: Any) -> None:
    [scan] = add_scans(user=None, session=filled.sessions[0], files=[upload()])

    page = as_("partner").get(filled.sessions[0].get_absolute_url())

    assert page.context["evidence"] is None
    assert scan.get_absolute_url() not in page.content.decode()
    assert as_("partner").get(scan.get_absolute_url()).status_code == 403


def test_damaged_scan_is_not_handed_out(filled: Any, as_: Any) -> None:
    [scan] = add_scans(user=None, session=filled.sessions[0], files=[upload()])
    Path(scan.file.path).write_bytes(pdf("other"))

    page = as_("auditor").get(scan.get_absolute_url(), follow=True)

    assert "nav tā, kas tika pievienota" in page.content.decode()


class TestClosing:
    def test_scan_comes_with_the_closing_and_is_not_asked_for(self, filled: Any, as_: Any) -> None:
        browser = as_("trainer")
        first, second = (at("session_close", each.pk) for each in filled.sessions[:2])

        browser.post(first, {"rest": "present"})
        browser.post(second, {"rest": "present", "scans": [upload()]})

        states = Session.objects.with_scans().order_by("date").values_list("state", "scan_count")
        assert list(states) == [("closed", 0), ("closed", 1), ("planned", 0)]

    def test_scan_is_not_lost_when_something_else_is_missing(self, filled: Any, as_: Any) -> None:
        address = at("session_close", filled.sessions[0].pk)

        page = as_("trainer").post(address, {"scans": [upload()]})

        assert (page.status_code, list(page.context["form"].errors)) == (422, ["rest"])
        assert SessionScan.objects.get().get_absolute_url() in page.content.decode()

    def test_bad_scan_keeps_the_session_open(self, filled: Any, as_: Any) -> None:
        bad = SimpleUploadedFile("lapa.pdf", b"words")

        page = as_("trainer").post(
            at("session_close", filled.sessions[0].pk), {"rest": "present", "scans": [bad]}
        )

        assert (page.status_code, list(page.context["form"].errors)) == (422, ["scans"])
        assert page.context["form"]["rest"].value() == "present"
        assert Session.objects.get(pk=filled.sessions[0].pk).state == SessionState.PLANNED


# --- The paper beside the marks ------------------------------------------------------------------


def answers(filled: Any, *verdicts: str, **more: str) -> dict[str, str]:
    keys = [each.pk for each in filled.enrolments]
    return {
        **{
            f"paper-{key}": verdict for key, verdict in zip(keys, verdicts, strict=False) if verdict
        },
        **more,
    }


class TestComparing:
    def test_what_differs_leads_to_its_mark(self, filled: Any, as_: Any, cast: Any) -> None:
        session, browser = closed(filled), as_("coordinator")
        second = filled.enrolments[1]
        data = answers(filled, "agrees", "differs", "agrees")

        browser.post(
            at("session_compare", session.pk), {**data, f"note-{second.pk}": "nav paraksta"}
        )

        check = PaperCheck.objects.get()
        assert (check.user, check.people_count) == (cast["coordinator"], 3)
        assert list(check.differences.values_list("enrolment", "note")) == [
            (second.pk, "nav paraksta")
        ]
        page = browser.get(session.get_absolute_url()).content.decode()
        assert f'href="{session.get_absolute_url()}#row-{second.pk}"' in page
        assert f'id="row-{second.pk}"' in page
        assert "Salīdzināts ar papīru" in page and "atšķiras 1 rinda" in page

    def test_every_row_wants_an_answer_unless_the_rest_agrees(self, filled: Any, as_: Any) -> None:
        session, browser = closed(filled), as_("trainer")
        address, data = at("session_compare", session.pk), answers(filled, "agrees")

        page = browser.post(address, {**data, "then": "ticked"})
        assert (page.status_code, len(page.context["form"].wrong)) == (422, 2)
        assert PaperCheck.objects.count() == 0

        browser.post(address, {**data, "then": "rest"})
        assert (PaperCheck.objects.count(), PaperDifference.objects.count()) == (1, 0)

    @pytest.mark.parametrize(
        ("verdict", "note", "why"),
        [
            ("differs", " ", "Ierakstiet"),
            ("perhaps", "", "Norādiet"),
            ("agrees", "x" * 301, "300"),
            ("differs", "\u202e", "rakst"),
        ],
    )
    def test_bad_answer_is_told_in_its_row(
        self, verdict: str, note: str, why: str, filled: Any, as_: Any
    ) -> None:
        session, first = closed(filled), filled.enrolments[0]
        data = {**answers(filled, verdict), f"note-{first.pk}": note, "then": "rest"}

        page = as_("trainer").post(at("session_compare", session.pk), data)

        assert page.status_code == 422
        [row] = page.context["form"].wrong
        assert row.enrolment == first and why in row.error
        assert PaperCheck.objects.count() == 0

    def test_note_alone_is_a_difference(self, filled: Any, as_: Any) -> None:
        session, key = closed(filled), filled.enrolments[0].pk

        as_("trainer").post(
            at("session_compare", session.pk), {f"note-{key}": "ieradās 10:00", "then": "rest"}
        )

        assert PaperDifference.objects.get().note == "ieradās 10:00"

    def test_open_session_is_marked_first(self, filled: Any, as_: Any) -> None:
        address = at("session_compare", filled.sessions[0].pk)

        for answer in (as_("trainer").get(address), as_("trainer").post(address, answers(filled))):
            assert answer.url == filled.sessions[0].get_absolute_url()
        with pytest.raises(ValidationError):
            compare_with_paper(user=None, session=filled.sessions[0], differences={})
        assert PaperCheck.objects.count() == 0

    def test_stranger_to_the_session_is_refused(self, filled: Any) -> None:
        other = fill(world.empty_world("other"), people=1, days=1, carers=0)

        with pytest.raises(ValidationError):
            compare_with_paper(
                user=None, session=closed(filled), differences={other.enrolments[0].pk: "x"}
            )

    def test_last_comparison_counts_and_all_stand_in_the_history(
        self, filled: Any, as_: Any
    ) -> None:
        session, key = closed(filled), filled.enrolments[0].pk
        compare_with_paper(user=None, session=session, differences={key: "nav paraksta"})
        compare_with_paper(user=None, session=session, differences={})

        context = as_("auditor").get(session.get_absolute_url()).context

        assert list(context["evidence"].differences) == []
        assert [each.differing for each in context["history"]] == [0, 1, None, None]
        assert context["evidence"].changed_since is False

    def test_mark_changed_afterwards_is_told(self, filled: Any, as_: Any) -> None:
        session = closed(filled)
        compare_with_paper(user=None, session=session, differences={})
        reopen_session(user=None, session=session, reason="Labojums")
        command = MarkCommand(filled.enrolments[0].pk, session.pk, "absent", base_revision=1)
        assert record_marks(user=None, commands=[command])[0].outcome == "stored"

        page = as_("trainer").get(session.get_absolute_url())

        assert page.context["evidence"].changed_since is True
        assert "atzīmes ir mainītas" in page.content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_page_costs_the_same(
        self, rows: int, filled: Any, as_: Any, django_assert_num_queries: Any
    ) -> None:
        for place in filled.enrolments[rows:]:
            place.delete()
        session, browser = closed(filled), as_("coordinator")
        browser.get(at("session_compare", session.pk))

        with django_assert_num_queries(9):
            browser.get(at("session_compare", session.pk))

    def test_page_of_nobody_says_so(self, filled: Any, as_: Any) -> None:
        session = closed(filled)
        Module.objects.filter(pk=filled.everyone.pk).update(position=9)
        filled.everyone.audience.add(world.category("nobody"))

        page = as_("coordinator").get(at("session_compare", session.pk))

        assert page.context["form"].rows == []


# --- What lacks its paper, on Today and in the list ------------------------------------------------


class TestLists:
    def test_list_shows_what_sessions_lack(self, filled: Any, as_: Any) -> None:
        session, browser = closed(filled), as_("coordinator")
        address = reverse("training:session_list")

        def shown(query: str) -> list[int]:
            table = browser.get(address + query).context["table"]
            return sorted(row.record.pk for row in table.page.object_list)

        keys = sorted(each.pk for each in filled.sessions)
        late = [key for key in keys if key != session.pk]
        assert (shown(""), shown("?show=late"), shown("?show=no-scan")) == (
            keys,
            late,
            [session.pk],
        )
        counts = [pill.count for pill in browser.get(address).context["pills"]]
        assert counts == [3, 2, 1]
        add_scans(user=None, session=session, files=[upload()])
        assert shown("?show=no-scan") == []

    def test_unknown_choice_and_page_are_no_error(self, filled: Any, as_: Any) -> None:
        for query in ("?show=everything", "?page=x", "?q=%20", "?sort=remind"):
            answer = as_("coordinator").get(reverse("training:session_list") + query)
            assert answer.status_code == 200, query

    def test_today_counts_what_was_closed_of_late(self, filled: Any, as_: Any) -> None:
        recent, old = (
            close_session(user=None, session=each, rest=AttendanceStatus.PRESENT)
            for each in filled.sessions[:2]
        )
        Session.objects.filter(pk=old.pk).update(closed_at=timezone.now() - timedelta(days=91))

        cards = {
            card.code: card for card in as_("coordinator").get(reverse("today")).context["cards"]
        }

        card = cards["sessions_without_scan"]
        assert (card.count, card.url) == (1, reverse("training:session_list") + "?show=no-scan")
        assert [item.url for item in card.items] == [f"{recent.get_absolute_url()}#evidence"]
        add_scans(user=None, session=recent, files=[upload()])
        cards = {card.code for card in as_("coordinator").get(reverse("today")).context["cards"]}
        assert "sessions_without_scan" not in cards

    def test_trainer_is_told_of_every_late_session(self, filled: Any, as_: Any) -> None:
        page = as_("trainer").get(reverse("today"))

        assert page.context["late_count"] == 3
        assert reverse("training:session_list") + "?show=late" in page.content.decode()
        filled.group.set_archived(True)
        assert as_("trainer").get(reverse("today")).context["late_count"] == 0
        assert as_("trainer").get(reverse("today")).context["teaching"] == []

    @pytest.mark.parametrize("query", ["", "?show=late", "?show=no-scan"])
    def test_list_costs_the_same_for_one_row_and_three(
        self, query: str, filled: Any, as_: Any, django_assert_num_queries: Any
    ) -> None:
        browser, address = as_("coordinator"), reverse("training:session_list") + query
        if query.endswith("scan"):
            for each in filled.sessions:
                close_session(user=None, session=each, rest=AttendanceStatus.PRESENT)
        browser.get(address)
        for _rows in range(2):
            with django_assert_num_queries(13):
                browser.get(address)
            Session.objects.filter(pk=filled.sessions[2].pk).update(state=SessionState.CANCELLED)
