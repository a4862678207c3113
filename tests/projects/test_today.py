"""What the first page says of projects, and to whom."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from projects import actions, today
from projects.models import IndicatorValue, Source


def cards(ask, user) -> list[tuple[str, int, list[str]]]:
    return [(card.code, card.count, [str(i.title) for i in card.items]) for card in ask(user)]


PERIOD = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30)}


def test_reports_wait_from_a_month_before_they_are_due(stage):
    now = timezone.localdate()
    for number, days, state in (
        (1, -400, "accepted"),
        (2, -3, "draft"),
        (3, 30, "draft"),
        (4, 31, "draft"),
        (5, 0, "submitted"),
    ):
        due = now + timedelta(days=days)
        stage.project.reports.create(number=number, due=due, state=state, **PERIOD)
        stage.other.reports.create(number=number, due=due, state=state, **PERIOD)
    found = cards(today.reports_waiting, stage.people["coordinator"])
    assert [(code, count) for code, count, _items in found] == [("reports_due", 2)]
    assert [re.findall(r"\d+", title)[0] for title in found[0][2]] == ["2", "3"]
    for who in ("funder", "officer", "partner", "stranger"):
        assert cards(today.reports_waiting, stage.people[who]) == []


def test_each_sees_the_reports_whose_turn_it_is(stage):
    reports = [stage.project.reports.create(number=n, **PERIOD) for n in (1, 2, 3, 4)]
    coordinator, officer, funder = (
        stage.people[who] for who in ("coordinator", "officer", "funder")
    )
    for report in reports[1:]:
        actions.submit_report(report=report, by=coordinator)
    for report in reports[2:]:
        actions.sign_report(report=report, by=officer, seen=1)
    actions.return_report(report=reports[3], by=funder, note="Vēlreiz", seen=1)
    stage.project.reports.create(number=5, state="submitted", **PERIOD)  # by another way

    def codes(who: str) -> list[tuple[str, int]]:
        return [(code, n) for code, n, _ in cards(today.reports_waiting, stage.people[who])]

    assert codes("coordinator") == [("reports_returned", 1)]
    assert codes("officer") == [("reports_to_sign", 1)]
    assert codes("funder") == [("reports_to_read", 1)]
    assert [codes(who) for who in ("partner", "auditor", "stranger")] == [[], [], []]


def test_typed_figure_waits_for_others_than_its_author(stage, indicator):
    value = IndicatorValue(indicator=indicator, on=date(2026, 5, 1), value=Decimal(7))
    actions.record_value(value=value, by=stage.people["coordinator"])
    expected = [("values_to_approve", 1, [indicator.name])]
    assert cards(today.values_to_approve, stage.people["officer"]) == expected
    assert cards(today.values_to_approve, stage.people["admin"]) == expected
    for who in ("coordinator", "funder", "partner", "auditor", "stranger"):
        assert cards(today.values_to_approve, stage.people[who]) == []
    actions.archive(row=indicator)
    assert cards(today.values_to_approve, stage.people["officer"]) == []
    actions.restore(row=indicator)
    actions.approve_value(value=value, by=stage.people["officer"])
    assert cards(today.values_to_approve, stage.people["admin"]) == []


@pytest.mark.parametrize(("second", "count"), [("791256.19", 1), ("791256.20", 0)])
def test_sources_that_disagree_are_told_to_who_runs_the_project(stage, second, count):
    for code, amount in (("page", "791256.20"), ("news", second)):
        source = Source.objects.create(project=stage.project, code=code, title=code)
        stage.project.funding.create(source=source, amount=Decimal(amount))
    found = cards(today.sources_disagree, stage.people["coordinator"])
    assert len(found) == count
    assert cards(today.sources_disagree, stage.people["funder"]) == []
