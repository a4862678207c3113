"""A project with something in every section of its report, and readers of what comes out."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from openpyxl import load_workbook

from network.models import Event, EventState, Registration
from portal.lib import documents
from projects import actions
from projects.models import (
    Activity,
    Indicator,
    PaperKind,
    Report,
    ReportPart,
    ReportVersion,
    Source,
)
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    IndicatorFactory,
    SessionFactory,
    TrainingProgrammeFactory,
)
from training.actions import MarkCommand, close_sessions, record_marks
from training.models import Enrolment, Group

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


@dataclass
class Told:
    """The report and what its figures come from."""

    report: Report
    entered: Indicator
    hours: Indicator
    group: Group
    other: Group
    enrolments: list[Enrolment]


def tell(project: Any) -> Told:
    """One indicator typed and one counted, attendance, an event, money that differs by a cent."""
    entered = IndicatorFactory(
        project=project, code="R1", name_lv="Semināri", target=Decimal(100), position=1
    )
    entered.values.create(on=date(2025, 12, 10), value=Decimal(15))
    entered.values.create(on=date(2026, 3, 20), value=Decimal("1025.5"))
    entered.targets.create(until=date(2026, 6, 30), value=Decimal(1500))
    hours = IndicatorFactory(
        project=project,
        code="R2",
        name_lv="Stundas",
        name_en="Hours",
        method="measured",
        measure="training.person_hours",
        target=Decimal(500),
        position=2,
    )
    Activity.objects.create(project=project, code="A1", name_lv="Mācības", name_en="Training")
    for code, amount in (("page", "791256.20"), ("news", "791256.19")):
        source = Source.objects.create(project=project, code=code, title=code.title())
        project.funding.create(source=source, amount=Decimal(amount))
    course = TrainingProgrammeFactory(project=project)
    group, other = (
        GroupFactory(programme=course, name_lv=f"{n}. grupa", name_en=f"Group {n}", position=n)
        for n in (1, 2)
    )
    enrolments = [EnrolmentFactory(group=group, since=date(2025, 11, 1)) for _ in range(3)]
    for day in (date(2025, 12, 1), date(2026, 2, 2), date(2026, 2, 9)):
        session = SessionFactory(group=group, date=day)
        statuses = ("present", "present", "absent")
        commands = [
            MarkCommand(each.pk, session.pk, status)
            for each, status in zip(enrolments, statuses, strict=True)
        ]
        record_marks(user=None, commands=commands)
        close_sessions(user=None, sessions=[session])
    event = Event.objects.create(
        project=project,
        code="e",
        name_lv="Diena",
        start=date(2026, 4, 7),
        state=EventState.HELD,
        place_lv="Ludza",
    )
    Registration.objects.create(event=event, people=1250, attended=True)
    report = project.reports.create(number=1, period_start=FIRST, period_end=LAST)
    return Told(report, entered, hours, group, other, enrolments)


def write(report: Report, words: str = "Viss norit pēc plāna.") -> Report:
    """A summary in both languages, and a word on the activity and the first indicator."""
    activity, indicator = report.project.activities.get(), report.project.indicators.first()
    return actions.write_report(
        report=report,
        texts={
            ReportPart.SUMMARY: (words, "All goes as planned."),
            (ReportPart.ACTIVITY, activity.pk): ("Notika divas nodarbības.", ""),
            (ReportPart.INDICATOR, indicator.pk): ("Pārējie rudenī.", "The others in autumn."),
        },
        seen=report.revision,
    )


def make_papers(version: ReportVersion) -> dict[tuple[str, str], bytes]:
    """The four files of a version, by language and kind, as a worker makes them."""
    while rows := documents.claim(type(version.papers.first()), 5, owner="test"):
        documents.produce(rows)
    papers = version.papers.all()
    assert {paper.state for paper in papers} == {"ready"}, [p.failure_in_words for p in papers]
    return {(paper.language, PaperKind(paper.kind)): paper.read() for paper in papers}


class _Rows(HTMLParser):
    """The text of every cell, row by row; what only screen readers hear is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.in_cell, self.hidden = False, 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.in_cell = True
        hides = "visually-hidden" in (dict(attrs).get("class") or "")
        if self.hidden or (tag == "span" and hides):
            self.hidden += 1

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag not in {"td", "th"}
        self.hidden = max(self.hidden - 1, 0)

    def handle_data(self, data: str) -> None:
        if self.in_cell and not self.hidden:
            self.rows[-1][-1] += data


def rows_on_screen(html: str, table: str) -> list[list[str]]:
    """The body of a table of the report's page, as text."""
    [found] = re.findall(rf'<table class="[^"]*report-{table}".*?</table>', html, re.S)
    parser = _Rows()
    parser.feed(re.sub(r"<thead>.*?</thead>", "", found, flags=re.S))
    return [[" ".join(cell.split()) for cell in row] for row in parser.rows if len(row) > 1]


def text_of(pdf: bytes) -> str:
    """All words of a paper as they stand in its lines, with single spaces."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def pages_of(pdf: bytes) -> list[str]:
    """The same page by page."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def sheet_of(workbook: bytes, title: str) -> list[tuple[Any, ...]]:
    """The rows of one sheet under its heading."""
    table = load_workbook(io.BytesIO(workbook))[title]
    return list(table.iter_rows(min_row=2, values_only=True))


def number(text: str) -> Decimal | None:
    """A figure of a Latvian page; None for a dash."""
    digits = re.sub(r"[^\d,−-]", "", text).replace("−", "-").replace(",", ".")
    return Decimal(digits) if re.search(r"\d", digits) else None


def exact(value: Any) -> Decimal | None:
    """A figure of a workbook."""
    return None if value is None else Decimal(str(value)).normalize()
