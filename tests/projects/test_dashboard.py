"""The dashboard, one figure with its rows, the workbook and the API: one and the same figure."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from projects.actions import take_snapshots
from projects.models import IndicatorMethod
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    IndicatorFactory,
    SessionFactory,
    TrainingProgrammeFactory,
)
from tests.projects.test_views import workbook_rows

BOARD = "/projects/latgale/indicators/"


def reading(page, code: str):
    return next(each for each in page.context["readings"] if each.indicator.code == code)


def test_tile_shows_achieved_of_target_and_links_to_the_rows(stage, indicator):
    page = stage.client("funder").get(f"{BOARD}?until=2026-03-20")
    shown = reading(page, "R1")
    assert (shown.figure.value, shown.progress.percent) == (40, 40)
    assert f'href="{BOARD}R1/?until=2026-03-20"' in page.text
    assert "of 100" in page.text
    assert "40.0%" in page.text


@pytest.mark.parametrize(
    ("until", "value"), [("2026-01-09", None), ("2026-01-10", 15), ("2026-03-20", 40), ("", 40)]
)
def test_until_narrows_every_figure(stage, indicator, until, value):
    client = stage.client("funder")
    assert reading(client.get(f"{BOARD}?until={until}"), "R1").figure.value == value
    table = client.get(f"{BOARD}R1/?until={until}").context["table"]
    assert table.total == value


@pytest.mark.parametrize("query", ["until=soon", "until=2026-13-01", "until=0001-01-01", "known=x"])
def test_wrong_day_is_told_and_today_is_shown(stage, indicator, query):
    page = stage.client("funder").get(f"{BOARD}?{query}")
    assert page.status_code == 200
    assert 'id="day-error"' in page.text
    assert reading(page, "R1").figure.value == 40
    assert stage.client("funder").get(f"{BOARD}R1/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("end", "offered"),
    [
        (date(2011, 1, 31), [date(2010, 12, 31), date(2011, 1, 31)]),
        (date(2011, 3, 31), [date(2010, 12, 31), date(2011, 3, 31)]),
    ],
)
def test_finished_project_offers_the_days_of_its_own_reports(stage, indicator, end, offered):
    stage.project.start, stage.project.end = date(2009, 8, 1), end
    stage.project.save()

    assert stage.client("funder").get(BOARD).context["period_ends"] == offered


def test_indicator_without_a_target_is_never_nought_percent(stage):
    row = IndicatorFactory(project=stage.project, code="R2", is_headline=True)
    page = stage.client("funder").get(BOARD)
    assert "target not stated" in page.text
    assert "0.0%" not in page.text
    assert reading(page, "R2").figure.value is None
    row.values.create(on=date(2026, 1, 1), value=Decimal(612))
    assert "612" in stage.client("funder").get(BOARD).text


def test_parts_stand_under_what_they_are_part_of(stage, indicator):
    IndicatorFactory(project=stage.project, code="R3", position=1)
    IndicatorFactory(project=stage.project, code="R2", position=9, parent=indicator)
    indicator.position = 5
    indicator.save()
    page = stage.client("funder").get(BOARD)
    assert [each.indicator.code for each in page.context["readings"]] == ["R3", "R1", "R2"]


def test_archived_indicator_is_found_and_no_longer_counts(stage, indicator):
    IndicatorFactory(project=stage.project, code="R2", target=Decimal(5))
    client = stage.client("coordinator")

    def told() -> tuple[list[str], int, int]:
        listed = client.get(BOARD).context["readings"]
        tab = client.get("/projects/latgale/").context["counts"]["indicators_count"]
        stated = client.get("/projects/latgale/sources/").context["fact_count"]
        return [each.indicator.code for each in listed], tab, stated

    assert told() == (["R1", "R2"], 2, 2)
    assert "archived=1" not in client.get(BOARD).text
    client.post(f"{BOARD}R1/archive/", {"wanted": "archived"})
    assert told() == (["R2"], 1, 1)
    assert 'href="?archived=1"' in client.get(BOARD).text
    put_away = client.get(f"{BOARD}?archived=1")
    assert [each.indicator.code for each in put_away.context["readings"]] == ["R1"]
    assert f'href="{BOARD}R1/"' in put_away.text
    assert (put_away.context["tiles"], put_away.context["charts"]) == ([], [])
    client.post(f"{BOARD}R1/archive/", {"wanted": "current"})
    assert told() == (["R1", "R2"], 2, 2)


def test_archived_indicator_offers_no_new_value(stage, indicator):
    client, page = stage.client("coordinator"), f"{BOARD}R1/"
    type(indicator).objects.update(method="entered", measure="")
    assert f'href="{page}values/add/"' in client.get(page).text
    client.post(f"{page}archive/", {"wanted": "archived"})
    assert f'href="{page}values/add/"' not in client.get(page).text


def test_demo_rows_mark_the_figure_everywhere(stage, indicator):
    indicator.values.filter(value=25).update(is_demo=True)
    client = stage.client("funder")
    mark = '<abbr class="demo-mark"'
    assert client.get(BOARD).text.count(mark) == 2  # tile and table
    assert client.get(f"{BOARD}?until=2026-02-01").text.count(mark) == 0
    assert client.get(f"{BOARD}R1/").text.count(mark) == 3  # row, total, tile
    rows = workbook_rows(client.get(f"{BOARD}?format=xlsx").content)
    assert dict(zip(rows[0], rows[1], strict=True))["demo"] is True
    assert client.get("/api/v1/projects/latgale/indicators").json()["results"][0]["demo"] is True
    figure = client.get("/api/v1/projects/latgale/indicators/R1").json()
    assert [row["demo"] for row in figure["rows"]] == [False, True]
    public = stage.project
    public.is_public = True
    public.save()
    assert stage.client("visitor").get("/p/latgale/").text.count(mark) == 1


def test_workbook_csv_and_api_hold_the_figures_of_the_screen(stage, indicator):
    IndicatorFactory(project=stage.project, code="R2", target=None, position=7)
    indicator.targets.create(until=date(2026, 12, 31), value=Decimal(60))
    client, query = stage.client("funder"), "until=2026-03-20"
    screen = client.get(f"{BOARD}?{query}").context["readings"]
    expected = [
        (each.indicator.code, each.figure.value, each.indicator.target, each.progress.plan)
        for each in screen
    ]
    assert [each[0] for each in expected] == ["R1", "R2"]

    rows = workbook_rows(client.get(f"{BOARD}?{query}&format=xlsx").content)
    sheet = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(row["Code"], row["Achieved"], row["Target"], row["Plan"]) for row in sheet] == [
        (code, value, target, plan and plan.value) for code, value, target, plan in expected
    ]
    assert sheet[0]["Day"].date() == date(2026, 3, 20)

    text = client.get(f"{BOARD}?{query}&format=csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(line["Code"], line["Achieved"]) for line in lines] == [("R1", "40"), ("R2", "")]

    api = client.get(f"/api/v1/projects/latgale/indicators?{query}").json()["results"]
    assert [(row["code"], row["value"], row["target"], row["plan"]) for row in api] == [
        (code, value, target, plan and plan.value) for code, value, target, plan in expected
    ]


def test_known_on_shows_what_was_remembered(stage, indicator):
    take_snapshots(on=date(2026, 4, 1))
    indicator.values.create(on=date(2026, 2, 2), value=Decimal(500))
    client = stage.client("funder")
    page = client.get(f"{BOARD}?known=2026-04-01")
    assert reading(page, "R1").figure.value == 40
    assert "Figures as they were known on 1 Apr 2026" in page.text
    assert f'href="{BOARD}R1/' not in page.text  # memory has no rows
    assert reading(client.get(f"{BOARD}?until=2026-04-01"), "R1").figure.value == 540
    assert 'href="?known=2026-04-01"' in client.get(BOARD).text


def test_day_that_nobody_remembered_says_so(stage, indicator):
    client = stage.client("funder")
    page = client.get(f"{BOARD}?known=2026-04-01")
    assert reading(page, "R1").figure.value is None
    assert "Nobody remembered the figures of 1 Apr 2026" in page.text
    assert "Figures as they were known" not in page.text
    rows = client.get(f"{BOARD}R1/?known=2026-04-01").text
    assert "These are the rows of today up to that day." in rows
    assert "rows of today" not in client.get(f"{BOARD}R1/?until=2026-04-01").text


@pytest.fixture
def trained(stage):
    """Two groups with two closed sessions each; three and two people."""
    programme = TrainingProgrammeFactory(project=stage.project)
    for size in (3, 2):
        group = GroupFactory(programme=programme)
        for _each in range(size):
            EnrolmentFactory(group=group, since=date(2026, 1, 5))
        for day in (7, 14):
            SessionFactory(
                group=group,
                date=date(2026, 1, day),
                state="closed",
                closed_at=timezone.now(),
            )
    return stage


@pytest.mark.parametrize(
    ("measure", "figure"), [("training.persons_enrolled", 5), ("training.sessions_held", 4)]
)
def test_figure_opens_to_groups_and_a_group_to_its_sessions(trained, measure, figure):
    IndicatorFactory(
        project=trained.project, code="M", method=IndicatorMethod.MEASURED, measure=measure
    )
    client = trained.client("funder")
    top = client.get(f"{BOARD}M/").context
    assert top["reading"].figure.value == top["table"].total == figure
    assert sum(row.value for row in top["rows"]) == figure
    for row in top["rows"]:
        below = client.get(f"{BOARD}M/", {"row": row.key})
        assert "Bērziņa" not in below.text
        if measure == "training.sessions_held":
            assert below.context["table"].total == row.value
            assert sum(each.value for each in below.context["rows"]) == row.value
        api = client.get("/api/v1/projects/latgale/indicators/M", {"row": row.key}).json()
        assert len(api["rows"]) == len(below.context["rows"]) == 2
        assert api["total"] == below.context["table"].total
    assert client.get(f"{BOARD}M/?format=xlsx").status_code == 200


def test_rows_go_to_excel_with_their_total(stage, indicator):
    rows = workbook_rows(stage.client("funder").get(f"{BOARD}R1/?format=xlsx").content)
    assert rows[0] == ["Date", "Partner", "Note", "Source", "Value", "demo"]
    assert [row[4] for row in rows[1:]] == [15, 25, 40]
    assert rows[-1][0] == "Total"


@pytest.mark.parametrize("key", ["nothing", "group:999999", "-1", "x" * 3000, "%00", "\x00"])
def test_row_that_is_not_there_is_no_error(stage, trained, key):
    IndicatorFactory(
        project=stage.project,
        code="M",
        method=IndicatorMethod.MEASURED,
        measure="training.sessions_held",
    )
    client = stage.client("funder")
    page = client.get(f"{BOARD}M/", {"row": key})
    api = client.get("/api/v1/projects/latgale/indicators/M", {"row": key})
    expected = 400 if key == "\x00" else 200
    assert (page.status_code, api.status_code) == (expected, expected)
    if expected == 200:
        assert (page.context["rows"], api.json()["rows"]) == ([], [])


def test_charts_are_drawn_once_there_are_months_to_draw(stage, indicator):
    client = stage.client("funder")
    assert client.get(BOARD).context["charts"] == []
    indicator.values.create(on=date(2026, 2, 1), value=Decimal(10))
    burn_up, months = client.get(BOARD).context["charts"]
    assert "50" in burn_up.drawing.label
    assert [round(bar.height) > 0 for bar in months.drawing.bars] == [True, True, True]
    assert client.get(f"{BOARD}?until=2026-02-01").context["charts"] == []
    assert 'class="chart"' in client.get(BOARD).text


def test_chart_begins_at_the_baseline(stage, indicator):
    indicator.baseline = Decimal(40)
    indicator.save()
    indicator.values.create(on=date(2026, 2, 1), value=Decimal(10))
    burn_up, _months = stage.client("funder").get(BOARD).context["charts"]
    assert burn_up.drawing.end.text == "90"
