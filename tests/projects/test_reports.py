"""Reports: written by several, frozen as one moment, the same on screen, paper and in Excel."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from portal.lib import documents
from portal.lib.documents import DocumentState
from portal.tasks import take_snapshots
from projects import actions, doors
from projects.models import (
    FigureSnapshot,
    Membership,
    Report,
    ReportPaper,
    ReportPart,
    ReportState,
    ReportStep,
    Role,
)
from projects.rules import charts_of, freeze, growth, is_final, read_facts
from tests.certificates.pdfs import violations
from tests.factories import MembershipFactory, UserFactory
from tests.projects.reporting import (
    LAST,
    Told,
    exact,
    make_papers,
    number,
    pages_of,
    rows_on_screen,
    sheet_of,
    tell,
    text_of,
    write,
)
from training.models import Group

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(stage: Any, settings: Any, tmp_path: Any) -> Told:
    settings.MEDIA_ROOT = tmp_path
    return tell(stage.project)


def address(report: Any, name: str = "report_detail", **more: Any) -> str:
    return reverse(f"projects:{name}", args=[report.project.code, report.pk, *more.values()])


def in_latvian(client: Any) -> Any:
    client.cookies["language"] = "lv"
    return client


# --- What is frozen --------------------------------------------------------------------------


def test_frozen_facts_read_back_as_they_were():
    facts = {
        "figure": Decimal("1025.50"),
        "day": LAST,
        "rows": [(LAST, Decimal(3)), None, "vārds", 7, True],
        "name": {"lv": "Nosaukums", "en": ""},
    }

    read = read_facts(json.loads(json.dumps(freeze(facts))), "en")

    assert read["rows"] == [[LAST, Decimal(3)], None, "vārds", 7, True]
    assert (read["figure"], read["day"]) == (Decimal("1025.50"), LAST)
    assert (read["name"], read["name"].lang, read["language"]) == ("Nosaukums", "lv", "en")


@pytest.mark.parametrize(
    ("end", "project_end", "final"),
    [(LAST, LAST, True), (LAST, None, False), (LAST, LAST + timedelta(1), False)],
)
def test_report_to_the_end_of_the_project_is_the_final_one(end, project_end, final):
    assert is_final(end, project_end) is final


def test_growth_of_a_figure_still_at_nought_is_a_flat_line():
    way = growth(
        {},
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        known=date(2026, 2, 28),
        baseline=None,
        plan=lambda day: None,
    )
    assert way.actual == ((date(2026, 1, 31), 0), (date(2026, 2, 28), 0))
    assert (way.first, way.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_facts_tell_before_in_the_period_and_together(told):
    facts = read_facts(actions.report_facts(told.report), "lv")
    typed, counted = facts["indicators"]

    assert [typed[name] for name in ("before", "in_period", "value", "plan", "deviation")] == [
        *(Decimal(15), Decimal("1025.5"), Decimal("1040.5"), Decimal(1500), Decimal("-459.5"))
    ]
    assert [counted[name] for name in ("before", "in_period", "value")] == [12, 24, 36]
    attendance, events = facts["tables"]
    assert [row["cells"] for row in attendance["rows"]] == [
        ["1. grupa", 2, Decimal("24.00"), Decimal("66.6")]
    ]
    assert attendance["totals"][1]["cells"][1:] == [3, Decimal("36.00"), Decimal("66.6")]
    assert events["rows"][0]["cells"][0] == "Diena"
    assert [each["said"][0]["value"] for each in facts["discrepancies"]] == [Decimal("791256.19")]
    assert charts_of(facts)["curve"].end.text == "1\u00a0040,5"


def test_totals_stand_and_are_marked_where_the_months_hold_no_row(stage, told):
    Group.objects.update(is_demo=True)
    report = stage.project.reports.create(
        number=2, period_start=date(2026, 5, 1), period_end=date(2026, 5, 31)
    )
    facts = read_facts(actions.report_facts(report), "lv")
    attendance = facts["tables"][0]
    assert facts["demo"] and attendance["rows"] == []
    assert [row["demo"] for row in attendance["totals"]] == [False, True]

    page = in_latvian(stage.client("officer")).get(address(report)).text
    assert [row[1] for row in rows_on_screen(page, "attendance")] == ["0", "3"]
    assert rows_on_screen(page, "attendance")[1][0].endswith("demo")
    assert "neviena nodarbība" in page


def test_no_name_of_a_person_is_among_the_facts(told):
    names = [each.participant.family_name for each in told.enrolments]
    facts = json.dumps(actions.report_facts(told.report), ensure_ascii=False)

    assert [name for name in names if name in facts] == []


def test_every_door_of_the_report_is_known():
    assert {ask.__name__ for ask in doors.report_tables} == {
        "attendance_by_group",
        "events_held_in_period",
    }
    assert {ask.__name__ for ask in doors.gaps} == {"events_left_open", "sheets_left_open"}


# --- Screen, paper and workbook ----------------------------------------------------------------


@pytest.fixture
def submitted(stage, told) -> tuple[Any, dict[tuple[str, str], bytes]]:
    write(told.report)
    version = actions.submit_report(report=told.report, by=stage.people["coordinator"])
    return version, make_papers(version)


def test_every_figure_is_the_same_on_screen_on_paper_and_in_the_workbook_and_stays(
    stage, told, submitted
):
    version, papers = submitted
    screen = in_latvian(stage.client("officer")).get(version.get_absolute_url()).text
    paper, workbook = text_of(papers["lv", "pdf"]), papers["lv", "xlsx"]
    indicators = rows_on_screen(screen, "indicators")
    attendance = rows_on_screen(screen, "attendance")
    events, money = rows_on_screen(screen, "events"), rows_on_screen(screen, "money")
    differences = rows_on_screen(screen, "differences")

    for row in (*indicators, *attendance, *events, *money, *differences):
        assert " ".join(filter(None, row[1:])) in paper, row
    assert [[number(cell) for cell in row[1:]] for row in indicators] == [
        [exact(row[place]) for place in (5, 6, 7, 8, 9, 11)]
        for row in sheet_of(workbook, "Rādītāji")
    ]
    assert [[number(cell) for cell in row[1:]] for row in attendance] == [
        [exact(cell) for cell in row[1:-1]] for row in sheet_of(workbook, "Apmeklējums")
    ]
    assert [number(row[-1]) for row in events] == [
        exact(row[5]) for row in sheet_of(workbook, "Pasākumi")
    ]
    day, until = sheet_of(workbook, "Pasākumi")[0][1:3]
    assert (day.date(), until) == (date(2026, 4, 7), None)
    assert [number(row[-1]) for row in money] == [
        exact(row[3]) for row in sheet_of(workbook, "Finansējums")
    ]
    assert [number(row[-1]) for row in differences] == [
        exact(row[2]) for row in sheet_of(workbook, "Neatbilstības")
    ]
    assert len(indicators) == 2 and len(attendance) == 3 and len(money) == 2
    for words in ("1 040,5 no 100", "36 no 500", "plāns 1 500"):
        assert words in paper, words
    read_papers(version, papers)
    changed_later(stage, told, version, papers)


def read_papers(version: Any, papers: dict[tuple[str, str], bytes]) -> None:
    """Both languages, the version's name, two validators, and the facts inside."""
    latvian, english = text_of(papers["lv", "pdf"]), text_of(papers["en", "pdf"])
    assert "1. starpposma pārskats" in latvian and "Interim report 1" in english
    assert "Viss norit pēc plāna." in latvian and "All goes as planned." in english
    assert "Pārskats LATGALE-P01, 1. versija" in latvian
    assert "1. lapa no" in latvian and "Page 1 of" in english
    assert "Notika divas nodarbības. (in Latvian)" in english  # told in Latvian only
    assert "Semināri (in Latvian)" in english and "(angliski)" not in latvian
    names = [row[1] for row in sheet_of(papers["en", "xlsx"], "Indicators")]
    assert names == ["Semināri (in Latvian)", "Hours"]
    properties = load_workbook(io.BytesIO(papers["lv", "xlsx"])).properties
    assert properties.title == "1. starpposma pārskats: Mūžizglītība Latgalē"
    assert properties.creator == "Latgales plānošanas reģions"
    for language in ("lv", "en"):
        assert violations(papers[language, "pdf"]) == []
        with pikepdf.open(io.BytesIO(papers[language, "pdf"])) as paper:
            [name] = paper.attachments
            assert json.loads(paper.attachments[name].get_file().read_bytes()) == version.facts
            with paper.open_outline() as outline:
                assert [str(each.title)[:2] for each in outline.root[0].children][1:2] != []


def changed_later(stage: Any, told: Told, version: Any, papers: dict[Any, bytes]) -> None:
    """Whatever changes after the submission changes nothing in page, paper or workbook."""
    client = in_latvian(stage.client("officer"))
    before = rows_on_screen(client.get(version.get_absolute_url()).text, "indicators")

    told.entered.values.create(on=date(2026, 5, 1), value=Decimal(400))
    told.entered.name_lv = "Citi semināri"
    told.entered.save()
    told.group.name_lv = "Cita grupa"
    told.group.save()
    stage.project.funding.all().delete()

    page = client.get(version.get_absolute_url()).text
    assert rows_on_screen(page, "indicators") == before
    assert "Citi semināri" not in page and "Cita grupa" not in page
    assert {(p.language, p.kind): p.read() for p in version.papers.all()} == papers
    assert [each.language for each in version.papers.all()] == ["lv", "lv", "en", "en"]


def made(paper: ReportPaper) -> ReportPaper:
    """One file alone."""
    documents.produce([documents.claim_this(paper, owner="test")])
    paper.refresh_from_db()
    return paper


def test_paper_says_on_its_cover_that_it_holds_demonstration_data(stage, told):
    Group.objects.update(is_demo=True)
    version = actions.submit_report(report=told.report, by=stage.people["coordinator"])
    cover, *others = pages_of(made(version.papers.get(language="lv", kind="pdf")).read())
    assert "1. starpposma pārskats · satur demonstrācijas datus" in cover
    assert all("satur demonstrācijas datus" in page for page in others)


def test_what_sources_say_of_one_thing_stays_on_one_page(stage, told):
    for turn, source in enumerate(stage.project.sources.all()):
        for n in range(100, 160):
            stage.project.statements.create(
                source=source,
                code=f"c{turn}-{n}",
                subject=f"s{n}",
                label_lv=f"Jautājums {n}",
                number=Decimal(1000 + n + turn * 1000),
            )
    version = actions.submit_report(report=told.report, by=stage.people["coordinator"])
    pages = pages_of(made(version.papers.get(language="lv", kind="pdf")).read())

    on_pages = [
        [{n for n in range(100, 160) if f" {turn} {n}" in page} for turn in (1, 2)]
        for page in pages
    ]
    assert sum(1 for first, _ in on_pages if first) > 2
    assert all(first == second for first, second in on_pages)


def test_star_and_its_note_stand_together_or_not_at_all(stage, told):
    client, note = stage.client("officer"), "* Nobody stated a plan"
    page = client.get(address(told.report)).text
    assert [row[5][-1] for row in rows_on_screen(page, "indicators")] == ["0", "*"]
    assert note in page
    told.hours.targets.create(until=LAST, value=Decimal(40))
    page = client.get(address(told.report)).text
    assert [row[5] for row in rows_on_screen(page, "indicators")] == ["1,500", "40"]
    assert note not in page


def test_lost_file_is_made_anew_from_the_frozen_facts(stage, told):
    version = actions.submit_report(report=write(told.report), by=stage.people["coordinator"])
    paper = made(version.papers.get(language="lv", kind="xlsx"))
    issued = paper.read()
    Path(paper.file.path).write_bytes(b"damaged")
    told.entered.values.create(on=date(2026, 5, 1), value=Decimal(400))
    client = stage.client("coordinator")

    answer = client.get(reverse("projects:report_paper", args=[paper.pk]), follow=True)
    retry = reverse("projects:report_paper_retry", args=[paper.pk])
    offered = f'action="{retry}"' in answer.text
    theirs = stage.client("auditor").get(
        reverse("projects:report_paper", args=[paper.pk]), follow=True
    )
    client.post(retry)
    fresh = made(paper)

    assert "not the one that was made" in answer.text and offered
    assert "not the one that was made" in theirs.text and retry not in theirs.text
    assert retry not in client.get(version.get_absolute_url()).text
    assert (fresh.rendition, fresh.state) == (2, DocumentState.READY)
    assert sheet_of(fresh.read(), "Rādītāji") == sheet_of(issued, "Rādītāji")


def test_text_in_the_other_language_is_marked_for_eyes_and_ears(stage, told):
    write(told.report)
    pages = [stage.client("officer"), in_latvian(stage.client("officer"))]
    english, latvian = (client.get(address(told.report)).text for client in pages)
    mark = ' <small class="other-language">(in Latvian)</small>'

    assert f'<span lang="lv">Semināri</span>{mark}' in english
    assert f'<div lang="lv"><p>Notika divas nodarbības.</p></div>{mark}' in english
    assert "other-language" not in latvian


# --- The life of a report ----------------------------------------------------------------------


def steps_of(report: Any) -> list[tuple[str, str, str]]:
    rows = ReportStep.objects.filter(report=report).order_by("pk")
    return [(row.old_state, row.new_state, getattr(row.user, "email", "")[:7]) for row in rows]


def test_report_is_signed_returned_corrected_and_accepted(stage, told):
    coordinator, officer, funder = (stage.people[w] for w in ("coordinator", "officer", "funder"))
    report = write(told.report)

    first = actions.submit_report(report=report, by=coordinator)
    assert first.sent_at is None
    actions.sign_report(report=report, by=officer, seen=1)
    actions.return_report(report=report, by=funder, note="Kāpēc?", seen=1)
    second = actions.submit_report(report=report, by=coordinator)
    actions.sign_report(report=report, by=officer, seen=2)
    actions.accept_report(report=report, by=funder, seen=2)

    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED
    assert (second.number, second.replaces, report.submitted_on) == (
        2,
        first,
        timezone.localdate(),
    )
    assert steps_of(report) == [
        ("draft", "signing", "coordin"),
        ("signing", "submitted", "officer"),
        ("submitted", "returned", "funder@"),
        ("returned", "signing", "coordin"),
        ("signing", "submitted", "officer"),
        ("submitted", "accepted", "funder@"),
    ]


def test_where_nobody_else_is_it_is_sent_and_says_so(stage, told):
    Membership.objects.filter(role=Role.OFFICER).delete()
    version = actions.submit_report(report=told.report, by=stage.people["coordinator"])
    step = ReportStep.objects.get()

    assert version.sent_at is not None
    assert (step.new_state, step.is_alone) == (ReportState.SUBMITTED, True)


def test_nobody_signs_off_what_he_submitted(stage, told):
    both = stage.people["coordinator"]
    Membership.objects.create(user=both, role=Role.OFFICER, organisation=stage.region)
    actions.submit_report(report=told.report, by=both)
    with pytest.raises(ValidationError, match="kādam citam"):
        actions.sign_report(report=told.report, by=both, seen=1)


def test_nobody_judges_a_version_he_has_not_read(stage, told):
    coordinator, officer = stage.people["coordinator"], stage.client("officer")
    actions.submit_report(report=told.report, by=coordinator)
    page = officer.get(address(told.report)).text
    assert f'href="{address(told.report, "report_sign")}?version=1"' in page
    asked = officer.get(address(told.report, "report_return") + "?version=1").text
    assert '<input type="hidden" name="version" value="1">' in asked
    actions.take_back_submission(report=told.report, by=coordinator)
    actions.submit_report(report=told.report, by=coordinator)

    for name in ("report_sign", "report_return"):
        for version in ("1", "", "²", "9" * 9):
            typed = {"version": version, "note": "x"}
            told_so = officer.post(address(told.report, name), typed, follow=True)
            assert "has changed since you opened it" in told_so.text, (name, version)
    officer.post(address(told.report, "report_sign"), {"version": "2"})
    stage.client("funder").post(address(told.report, "report_accept"), {"version": "1"})
    told.report.refresh_from_db()
    assert told.report.state == ReportState.SUBMITTED
    stage.client("funder").post(address(told.report, "report_accept"), {"version": "2"})
    told.report.refresh_from_db()
    assert told.report.state == ReportState.ACCEPTED


def sent_by(stage: Any, told: Told, who: str) -> None:
    actions.submit_report(report=told.report, by=stage.people[who])
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=1)


def test_administrator_judges_only_where_no_funder_can(stage, told):
    sent_by(stage, told, "coordinator")
    admin, accept = stage.client("admin"), address(told.report, "report_accept")
    assert admin.post(accept, {"version": 1}).status_code == 403
    stage.people["funder"].is_active = False
    stage.people["funder"].save()
    assert admin.post(accept, {"version": 1}).status_code == 302
    told.report.refresh_from_db()
    assert (told.report.state, told.report.steps.last().is_alone) == ("accepted", False)


def test_nobody_accepts_what_he_submitted_while_somebody_else_can(stage, told):
    admin = stage.people["admin"]
    Membership.objects.filter(role=Role.FUNDER).delete()
    other = MembershipFactory(user=stage.people["stranger"], role=Role.ADMIN)
    sent_by(stage, told, "admin")
    with pytest.raises(ValidationError, match="kādam citam"):
        actions.accept_report(report=told.report, by=admin, seen=1)
    other.delete()
    actions.accept_report(report=told.report, by=admin, seen=1)
    assert told.report.steps.last().is_alone


def test_who_corrects_reads_why_it_was_returned_by_whom_and_when(stage, told):
    client, user = stage.client("coordinator"), stage.people["coordinator"]
    when = datetime(2026, 8, 3, 9, tzinfo=UTC)
    actions.submit_report(report=told.report, by=user)
    officer = stage.people["officer"]
    actions.return_report(report=told.report, by=officer, note="Kāpēc <tik> maz?", seen=1, now=when)
    write_page = address(told.report, "report_write")
    before = client.get(write_page)
    actions.submit_report(report=told.report, by=user)
    actions.take_back_submission(report=told.report, by=user)

    for page in (before, client.get(write_page), client.get(address(told.report))):
        notice = page.text.split('class="message message-warn"')[1].split("</p>")[0]
        assert "Kāpēc &lt;tik&gt; maz?" in notice
        assert officer.name in notice and "3 Aug 2026 12:00" in notice


def test_version_shows_its_own_fate(stage, told):
    """The first was returned; what became of the second is not said over it."""
    coordinator, officer, funder = (stage.people[w] for w in ("coordinator", "officer", "funder"))
    actions.submit_report(report=told.report, by=coordinator)
    actions.sign_report(report=told.report, by=officer, seen=1)
    actions.return_report(report=told.report, by=funder, note="Kāpēc?", seen=1)
    actions.submit_report(report=told.report, by=coordinator)
    actions.sign_report(report=told.report, by=officer, seen=2)
    actions.accept_report(report=told.report, by=funder, seen=2)

    pages = [
        stage.client("funder").get(address(told.report, "report_version", number=number))
        for number in (1, 2)
    ]
    assert [page.context["state"] for page in pages] == ["returned", "accepted"]


def test_officer_does_not_return_what_the_funder_has_got_meanwhile(stage, told):
    officer = stage.people["officer"]
    actions.submit_report(report=told.report, by=stage.people["coordinator"])
    actions.sign_report(report=told.report, by=officer, seen=1)
    with pytest.raises(ValidationError, match="atgriezt"):
        actions.return_report(report=told.report, by=officer, note="x", seen=1)


def test_only_what_may_follow_follows(stage, told):
    user = stage.people["coordinator"]
    for action, extra in (
        (actions.sign_report, {"seen": 0}),
        (actions.accept_report, {"seen": 0}),
        (actions.return_report, {"note": "x", "seen": 0}),
        (actions.take_back_submission, {}),
    ):
        with pytest.raises(ValidationError):
            action(report=told.report, by=user, **extra)
    told.report.period_end = timezone.localdate()
    told.report.save()
    with pytest.raises(ValidationError, match="mēneši"):
        actions.submit_report(report=told.report, by=user)


def test_what_waits_for_the_officer_can_be_taken_back_and_what_was_sent_not(stage, told):
    user = stage.people["coordinator"]
    actions.submit_report(report=told.report, by=user)
    actions.take_back_submission(report=told.report, by=user)
    told.report.refresh_from_db()
    assert told.report.state == ReportState.DRAFT
    actions.submit_report(report=told.report, by=user)
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=2)
    with pytest.raises(ValidationError, match="finansētāj"):
        actions.take_back_submission(report=told.report, by=user)


def test_report_sent_by_another_way_is_noted_and_taken_back(stage, told):
    client = stage.client("coordinator")
    client.post(address(told.report, "report_note"), {"submitted_on": "2026-07-20"})
    told.report.refresh_from_db()
    assert (told.report.state, told.report.submitted_on) == ("submitted", date(2026, 7, 20))
    assert "sent outside the portal" in client.get(address(told.report)).text
    client.post(address(told.report, "report_take_back"))
    told.report.refresh_from_db()
    assert (told.report.state, told.report.submitted_on) == ("draft", None)


def test_report_with_a_version_is_not_noted_as_sent_by_another_way(stage, told):
    user, client = stage.people["coordinator"], stage.client("coordinator")
    note = address(told.report, "report_note")
    assert note in client.get(address(told.report)).text
    actions.submit_report(report=told.report, by=user)
    actions.take_back_submission(report=told.report, by=user)
    assert note not in client.get(address(told.report)).text

    answer = client.post(note, {"submitted_on": "2026-07-20"})
    told.report.refresh_from_db()
    assert answer.status_code == 422 and "was submitted here" in answer.text
    assert (told.report.state, told.report.submitted_on) == (ReportState.DRAFT, None)


def test_correction_taken_back_leaves_the_day_of_what_was_sent(stage, told):
    user = stage.people["coordinator"]
    sent = datetime(2026, 7, 20, 12, tzinfo=UTC)
    actions.submit_report(report=told.report, by=user)
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=1, now=sent)
    actions.return_report(report=told.report, by=stage.people["funder"], note="x", seen=1)
    actions.submit_report(report=told.report, by=user)
    actions.take_back_submission(report=told.report, by=user)
    told.report.refresh_from_db()
    assert (told.report.state, told.report.submitted_on) == ("returned", date(2026, 7, 20))


def test_paper_names_only_a_sent_version_as_the_one_it_replaces(stage, told):
    user = stage.people["coordinator"]
    versions = [actions.submit_report(report=told.report, by=user)]
    actions.take_back_submission(report=told.report, by=user)
    versions.append(actions.submit_report(report=told.report, by=user))
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=2)
    actions.return_report(report=told.report, by=stage.people["funder"], note="x", seen=2)
    versions.append(actions.submit_report(report=told.report, by=user))
    actions.take_back_submission(report=told.report, by=user)
    versions.append(actions.submit_report(report=told.report, by=user))
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=4)
    actions.return_report(report=told.report, by=stage.people["funder"], note="x", seen=4)
    versions.append(actions.submit_report(report=told.report, by=user))

    assert [each.facts["replaces"] for each in versions] == [None, None, 2, 2, 4]
    assert [each.replaces for each in versions] == [None, *versions[:-1]]


def test_what_its_author_took_back_does_not_look_returned(stage, told):
    user, client = stage.people["coordinator"], stage.client("coordinator")
    sent_by(stage, told, "coordinator")
    actions.return_report(report=told.report, by=stage.people["funder"], note="x", seen=1)
    actions.submit_report(report=told.report, by=user)
    button = in_latvian(stage.client("coordinator")).get(address(told.report)).text
    actions.take_back_submission(report=told.report, by=user)

    page = client.get(address(told.report))
    second = client.get(address(told.report, "report_version", number=2))
    assert "</svg>Atsaukt</button>" in button
    assert [each.fate for each in page.context["steps"]] == [
        *("taken_back", "signing", "returned", "submitted", "signing")
    ]
    assert (page.context["state"], second.context["state"]) == ("returned", "taken_back")


def test_letter_the_paper_cannot_show_is_named_before_anything_is_frozen(stage, told):
    write(told.report, "Viss 🙂")
    page = stage.client("coordinator").post(address(told.report, "report_submit"), follow=True)
    assert "🙂" in page.text and told.report.versions.count() == 0


# --- Writing -----------------------------------------------------------------------------------


def typed(page: Any, **changes: str) -> dict[str, Any]:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()} | changes


def test_texts_are_kept_in_both_languages(stage, told):
    client = stage.client("coordinator")
    page = client.get(address(told.report, "report_write"))
    answer = client.post(
        address(told.report, "report_write"),
        typed(page, summary_lv="Labi\r\n\r\nun vēl \r\n ", summary_en="Well"),
    )
    text = told.report.texts.get(part=ReportPart.SUMMARY)
    assert (answer.status_code, text.text_lv, text.text_en) == (302, "Labi\n\nun vēl", "Well")
    assert "R1" in page.text or "Semināri" in page.text
    assert "Well" in client.get(address(told.report)).text


def test_text_left_alone_never_overwrites_a_newer_one(stage, told):
    """Who came second has empty fields on his page in which somebody has written meanwhile."""
    client, url = stage.client("coordinator"), address(told.report, "report_write")
    old = client.get(url)
    client.post(url, typed(client.get(url), next_steps_lv="Tālāk", summary_lv="Viens"))
    answer = client.post(url, typed(old, summary_lv="Divi"))
    assert answer.status_code == 422
    client.post(url, typed(answer))

    texts = dict(told.report.texts.values_list("part", "text_lv"))
    assert (texts[ReportPart.NEXT_STEPS], texts[ReportPart.SUMMARY]) == ("Tālāk", "Divi")


def test_second_writer_is_told_and_loses_nothing(stage, told):
    client = stage.client("coordinator")
    page = client.get(address(told.report, "report_write"))
    theirs = '<b data-hx-post="/x/">Cits</b> teksts'
    write(told.report, theirs)
    answer = client.post(address(told.report, "report_write"), typed(page, summary_lv="Mans"))

    assert answer.status_code == 422
    assert "Somebody else has changed" in answer.text
    assert f"Stored now: {escape(theirs)}" in answer.text
    assert theirs not in answer.text
    assert answer.context["form"]["summary_lv"].value() == "Mans"
    assert told.report.texts.get(part=ReportPart.SUMMARY).text_lv == theirs
    assert (
        client.post(
            address(told.report, "report_write"), typed(answer, summary_lv="Mans")
        ).status_code
        == 302
    )
    assert told.report.texts.get(part=ReportPart.SUMMARY).text_lv == "Mans"


def test_field_that_did_not_come_erases_nothing(stage, told):
    write(told.report)
    told.report.refresh_from_db()
    client = stage.client("coordinator")
    sent = {"revision": told.report.revision, "summary_en": "Changed"}
    assert client.post(address(told.report, "report_write"), sent).status_code == 302
    summary = told.report.texts.get(part=ReportPart.SUMMARY)
    assert (summary.text_lv, summary.text_en) == ("Viss norit pēc plāna.", "Changed")
    assert told.report.texts.get(part=ReportPart.ACTIVITY).text_lv == "Notika divas nodarbības."
    page = client.post(address(told.report, "report_write"), {"summary_en": "Once more"})
    assert page.status_code == 422 and "Notika divas nodarbības." in page.text


def test_statement_offered_follows_its_organisation_until_somebody_words_it(stage, told):
    client, page = stage.client("coordinator"), address(told.report, "report_write")
    client.post(page, typed(client.get(page), summary_lv="Labi"))
    assert not told.report.texts.filter(part=ReportPart.STATEMENT).exists()
    stage.region.name_lv = "Jaunais reģions"
    stage.region.save()
    assert "Jaunais reģions" in client.get(page).context["form"]["statement_lv"].value()
    client.post(page, typed(client.get(page), statement_lv="Cits"))
    assert told.report.texts.get(part=ReportPart.STATEMENT).text_lv == "Cits"


def test_emptied_text_no_longer_holds_its_activity(stage, told):
    write(told.report)
    activity = told.report.project.activities.get()
    with pytest.raises(ValidationError):
        actions.remove(row=activity)
    empty = {(ReportPart.ACTIVITY, activity.pk): (" ", "")}
    actions.write_report(report=told.report, texts=empty, seen=1)
    assert not told.report.texts.filter(part=ReportPart.ACTIVITY).exists()
    actions.remove(row=activity)


def test_text_that_is_too_long_is_said_beside_it_and_kept(stage, told):
    client = stage.client("coordinator")
    page = client.get(address(told.report, "report_write"))
    answer = client.post(address(told.report, "report_write"), typed(page, summary_lv="a" * 481))
    assert answer.status_code == 422
    assert "summary_lv" in answer.context["form"].errors and "a" * 481 in answer.text


def test_number_and_months_of_a_report_stand_once_a_version_exists(stage, told):
    report = told.report
    version = actions.submit_report(report=report, by=stage.people["coordinator"])
    actions.take_back_submission(report=report, by=stage.people["coordinator"])
    report.refresh_from_db()
    client = stage.client("coordinator")
    edit = reverse("projects:report_edit", args=[report.project.code, report.pk])
    typed = {"number": 9, "period_start": "2026-02-01", "period_end": "2026-05-31"}

    assert "months stand" in client.get(edit).text
    assert client.post(edit, typed | {"due": "2026-09-01"}).status_code == 302
    report.refresh_from_db()
    assert (report.number, report.period_end, report.due) == (1, LAST, date(2026, 9, 1))
    report.number = 9
    with pytest.raises(ValidationError, match="months stand"):
        report.full_clean()
    stage.project.code = "renamed"
    stage.project.save()
    names = {ReportPaper.objects.get(pk=each.pk).file_name for each in version.papers.all()}
    assert "LATGALE-P01-v1-lv.pdf" in names


def test_removing_is_offered_only_while_a_report_has_no_history(stage, told):
    client, remove = stage.client("coordinator"), address(told.report, "report_remove")
    edit = reverse("projects:report_edit", args=[told.report.project.code, told.report.pk])
    assert remove in client.get("/reports/").text
    actions.submit_report(report=told.report, by=stage.people["coordinator"])
    actions.take_back_submission(report=told.report, by=stage.people["coordinator"])
    page = client.get("/reports/").text
    assert edit in page and remove not in page


def test_nothing_is_written_in_a_submitted_report(stage, told):
    actions.submit_report(report=told.report, by=stage.people["coordinator"])
    client = stage.client("coordinator")
    assert client.get(address(told.report, "report_write")).url == address(told.report)
    with pytest.raises(ValidationError, match="submitted"):
        write(told.report)


def test_report_removed_meanwhile_is_said_and_is_no_fault_of_the_portal(stage, told):
    Report.objects.filter(pk=told.report.pk).delete()
    with pytest.raises(ValidationError, match="izdzēsis"):
        actions.write_report(report=told.report, texts={}, seen=0)
    with pytest.raises(ValidationError, match="izdzēsis"):
        actions.submit_report(report=told.report, by=stage.people["coordinator"])


def test_gaps_are_named_where_they_are_mended(stage, told):
    page = stage.client("coordinator").get(address(told.report, "report_submit"))
    assert "The summary is not written" in page.text
    assert f"{address(told.report, 'report_write')}#activity-" in page.text
    assert f"{address(told.report, 'report_write')}#indicator-{told.hours.pk}" in page.text
    write(told.report)
    page = stage.client("coordinator").get(address(told.report, "report_submit"))
    assert [str(each.what) for each in page.context["gaps"]] == [
        "“Hours”: the deviation is not explained",
        "Only in Latvian: activity A1",
        "Only in Latvian: title of the project",
        "Only in Latvian: names of indicators",
        "Only in Latvian: names in the table “Events”",
    ]
    for row in (told.entered, stage.project.events.get()):
        row.name_en = "In English"
        row.save()
    stage.project.title_en = "In English"
    stage.project.save()
    told.report.refresh_from_db()
    told_more = {
        (ReportPart.INDICATOR, told.hours.pk): ("Grupas sāk vēlu.", "Groups start late."),
        (ReportPart.ACTIVITY, stage.project.activities.get().pk): ("Notika.", "Took place."),
    }
    actions.write_report(report=told.report, texts=told_more, seen=told.report.revision)
    page = stage.client("coordinator").get(address(told.report, "report_submit"))
    assert "Nothing is missing." in page.text


# --- Who reads what ----------------------------------------------------------------------------


def test_funder_reads_what_was_sent_and_nothing_else(stage, told):
    funder, coordinator = stage.client("funder"), stage.people["coordinator"]
    assert funder.get(address(told.report)).status_code == 404
    first = actions.submit_report(report=write(told.report), by=coordinator)
    assert funder.get(address(told.report)).status_code == 404
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=1)
    page = funder.get(address(told.report))
    assert page.status_code == 200 and "1,040.5" in page.text
    actions.return_report(report=told.report, by=stage.people["funder"], note="Vēlreiz", seen=1)
    told.report.refresh_from_db()
    write(told.report, "Jauns teksts")
    second = actions.submit_report(report=told.report, by=coordinator)
    page = funder.get(address(told.report))
    assert "Jauns teksts" not in page.text
    assert funder.get(second.get_absolute_url()).status_code == 404
    paper = second.papers.first()
    assert funder.get(reverse("projects:report_paper", args=[paper.pk])).status_code == 404
    assert first.number == 1


def test_funder_is_told_of_the_newest_version_he_got_not_of_one_taken_back(stage, told):
    user = stage.people["coordinator"]
    sent_by(stage, told, "coordinator")
    actions.return_report(report=told.report, by=stage.people["funder"], note="x", seen=1)
    actions.submit_report(report=told.report, by=user)
    actions.take_back_submission(report=told.report, by=user)
    first = address(told.report, "report_version", number=1)
    assert "has replaced this one" not in stage.client("funder").get(first).text
    actions.submit_report(report=told.report, by=user)
    actions.sign_report(report=told.report, by=stage.people["officer"], seen=3)
    page = stage.client("funder").get(first).text
    assert "A newer version has replaced this one: 3." in page


def test_report_has_one_name_in_the_list_on_its_page_and_wherever_it_is_named(stage, told):
    told.report.period_end = stage.project.end
    told.report.save()
    client = stage.client("coordinator")
    listed = client.get("/reports/").text
    page = client.get(address(told.report)).text
    writing = client.get(address(told.report, "report_write")).text
    assert f'<a href="{address(told.report)}">Final report (no. 1)</a>' in listed
    assert (
        page.split("</h1>")[0].split("<h1")[1].split(">", 1)[1].strip().startswith("Final report")
    )
    assert f"Final report (no. 1), {stage.project.short}" in writing


def test_list_leads_to_the_reports_one_may_read(stage, told):
    assert address(told.report) in stage.client("partner").get("/reports/").text
    assert address(told.report) not in stage.client("funder").get("/reports/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_report_page_asks_the_same_number_of_questions(
    stage, told, rows, django_assert_num_queries
):
    for n in range(rows - 1):
        told.entered.pk, told.entered.code = None, f"X{n}"
        told.entered.save()
    client = stage.client("coordinator")
    client.get(address(told.report))
    with django_assert_num_queries(35):
        client.get(address(told.report))


# --- What was known on the day -------------------------------------------------------------------


def test_submission_remembers_figures_and_the_night_the_others(stage, told):
    version = actions.submit_report(report=told.report, by=stage.people["coordinator"])
    assert {each.version for each in FigureSnapshot.objects.all()} == {version}
    FigureSnapshot.objects.update(known_on=timezone.localdate() - timedelta(1))
    other = actions.keep(row=told.entered.__class__(project=stage.other, code="O", name_lv="Cits"))

    assert (take_snapshots(), take_snapshots()) == (1, 0)
    assert FigureSnapshot.objects.filter(version=None).get().indicator == other


def test_person_without_a_role_finds_nothing(told):
    from django.test import Client

    client = Client()
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(told.report)).status_code == 404


def test_what_can_no_longer_be_done_is_said_instead_of_asked(stage, told):
    sent_by(stage, told, "coordinator")
    report, coordinator = told.report, stage.client("coordinator")
    for name in ("report_submit", "report_note"):
        page = coordinator.get(address(report, name), follow=True)
        assert page.redirect_chain[0][0] == address(report)
        assert "This report is submitted already." in page.text
    funder = stage.client("funder")
    page = funder.get(f"{address(report, 'report_accept')}?version=2", follow=True)
    assert page.redirect_chain and "has changed since you opened it" in page.text
    for name in ("report_accept", "report_return"):
        assert funder.get(f"{address(report, name)}?version=1").status_code == 200


def test_sign_off_is_asked_first_and_told_as_such(stage, told):
    actions.submit_report(report=told.report, by=stage.people["coordinator"])
    officer, url = stage.client("officer"), address(told.report, "report_sign")
    assert officer.get(f"{url}?version=2").status_code == 302
    asked = officer.get(f"{url}?version=1")
    assert 'name="version" value="1"' in asked.text
    told.report.refresh_from_db()
    assert told.report.state == ReportState.SIGNING
    officer.post(url, {"version": "1"})
    assert [each.deed for each in told.report.steps.all()] == ["signing", "signed_off"]
    page = officer.get(address(told.report)).text
    assert "Signed off" in page.split("History")[1]
    assert "Submitted" in page.split("</h1>")[0].split("<h1")[1]


def test_period_is_added_from_the_list_of_all_projects(stage):
    client = stage.client("admin")
    assert 'href="/reports/add/"' in client.get("/reports/?project=").text
    page = client.get("/reports/add/")
    assert f"/projects/{stage.project.code}/reports/add/" in page.text
    assert client.get(f"/projects/{stage.project.code}/reports/add/").status_code == 200
    one = stage.client("coordinator").get("/reports/add/")
    assert one.status_code in {200, 302}
    assert stage.client("funder").get("/reports/add/").status_code == 403
    assert 'href="/reports/add/"' not in stage.client("funder").get("/reports/?project=").text


def test_small_screen_is_led_to_what_is_missing(stage, told):
    page = stage.client("coordinator").get(address(told.report)).text
    assert 'href="#gaps"' in page and 'id="gaps"' in page


def test_every_page_of_the_paper_says_demo_and_who_submitted(stage, told):
    told.entered.values.update(is_demo=True)
    person = stage.people["coordinator"]
    version = actions.submit_report(report=write(told.report), by=person)
    pages = pages_of(make_papers(version)["lv", "pdf"])
    assert len(pages) > 1
    assert all("satur demonstrācijas datus" in each for each in pages)
    assert "iesniegts" in pages[0].split("satur demonstrācijas datus")[-2]
    assert f"Iesniedza {person.name}" in pages[-1]
