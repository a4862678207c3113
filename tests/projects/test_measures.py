"""Figures, their rows, their months and their plans come from one place and agree."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects import doors
from projects.measures import (
    Figure,
    FigureRow,
    FigureTable,
    Measure,
    by_month,
    figures,
    open_figure,
    readings,
    readings_known_on,
)
from projects.models import IndicatorMethod
from tests.factories import IndicatorFactory, ProjectFactory


@pytest.mark.parametrize(
    ("until", "value"), [(None, 40), (date(2026, 3, 20), 40), (date(2026, 3, 19), 15)]
)
def test_entered_figure_sums_what_was_entered_until_the_day(indicator, until, value):
    assert figures([indicator], until=until) == {indicator.pk: Figure(Decimal(value))}
    assert open_figure(indicator, until=until).total == value
    assert sum(by_month([indicator], until=until)[indicator.pk].values()) == value


def test_entered_figure_is_unknown_before_anything_is_entered(indicator):
    early = date(2025, 1, 1)
    assert figures([indicator], until=early) == {indicator.pk: Figure(None)}
    assert open_figure(indicator, until=early).total is None
    assert by_month([indicator], until=early) == {indicator.pk: {}}


def test_baseline_is_what_entered_values_are_added_to(indicator):
    indicator.baseline = Decimal(60)
    indicator.save()
    [reading] = readings([indicator])
    assert (reading.figure.value, reading.progress.percent) == (100, 100)
    table = open_figure(indicator)
    assert [row.value for row in table.rows] == [60, 15, 25]
    assert (str(table.rows[0].label), table.total) == ("Bāzes vērtība", 100)
    assert by_month([indicator]) == {indicator.pk: {date(2026, 1, 1): 15, date(2026, 3, 1): 25}}
    early = date(2025, 1, 1)
    assert figures([indicator], until=early) == {indicator.pk: Figure(None)}
    assert open_figure(indicator, until=early).rows == []


def test_entered_months_are_told_by_their_first_day(indicator):
    indicator.values.create(on=date(2026, 3, 1), value=Decimal(5))
    assert by_month([indicator]) == {indicator.pk: {date(2026, 1, 1): 15, date(2026, 3, 1): 30}}


def test_demo_value_marks_the_figure_and_its_row(indicator):
    indicator.values.filter(value=25).update(is_demo=True)
    assert figures([indicator])[indicator.pk].demo is True
    assert figures([indicator], until=date(2026, 2, 1))[indicator.pk].demo is False
    assert [row.demo for row in open_figure(indicator).rows] == [False, True]


def test_measure_of_a_missing_app_is_unknown(stage):
    lost = IndicatorFactory(project=stage.project, method=IndicatorMethod.MEASURED, measure="x.y")
    assert figures([lost]) == {lost.pk: Figure(None)}
    assert by_month([lost]) == {lost.pk: {}}


def test_figures_ask_each_measure_once_whatever_the_number_of_projects(db, monkeypatch):
    asked = []

    def compute(indicators, until):
        asked.append([each.pk for each in indicators])
        return {each.pk: Figure(Decimal(1)) for each in indicators}

    def rows(indicator, until, key):
        return FigureTable("", "", (), [FigureRow("", Decimal(1))], Decimal(1))

    monkeypatch.setattr(doors, "measures", [Measure("test.one", "", "", compute, rows)])
    shown = [
        IndicatorFactory(method=IndicatorMethod.MEASURED, measure="test.one"),
        IndicatorFactory(method=IndicatorMethod.MEASURED, measure="test.one"),
        IndicatorFactory(),
        IndicatorFactory(project=ProjectFactory()),
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = figures(shown)
    assert asked == [[shown[0].pk, shown[1].pk]]
    assert len(queries) == 1  # the two entered ones together
    assert [found[each.pk].value for each in shown] == [1, 1, None, None]


def test_readings_take_the_stated_plan_of_the_whole_project(stage, indicator):
    indicator.targets.create(until=date(2026, 6, 30), value=Decimal(60))
    indicator.targets.create(
        until=date(2026, 6, 30), value=Decimal(9), organisation=stage.municipality
    )
    [reading] = readings([indicator], until=date(2026, 6, 30))
    assert reading.progress.plan.value == 60
    assert reading.progress.plan.is_stated is True
    assert reading.progress.is_behind is True
    assert reading.progress.percent == 40


def test_readings_spread_the_target_where_no_plan_is_stated(indicator):
    [reading] = readings([indicator], until=date(2026, 12, 31))
    assert (reading.progress.plan.value, reading.progress.plan.is_stated) == (50, False)


def test_readings_known_on_a_day_do_not_move(indicator):
    from projects.actions import take_snapshots

    take_snapshots(on=date(2026, 4, 1))
    indicator.values.create(on=date(2026, 2, 2), value=Decimal(1000))
    [known] = readings_known_on([indicator], date(2026, 4, 1))
    [now] = readings([indicator], until=date(2026, 4, 1))
    assert (known.figure.value, now.figure.value) == (40, 1040)
    assert readings_known_on([indicator], date(2026, 4, 2))[0].figure.value is None
