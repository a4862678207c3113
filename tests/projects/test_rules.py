"""Tables of cases for the rules of figures, money and published facts. No database."""

from datetime import date
from decimal import Decimal

import pytest

from projects.rules import (
    Agreement,
    Fact,
    Plan,
    PlanPoint,
    Progress,
    compare,
    fund_check,
    plan_on,
    standing,
)

D = Decimal


@pytest.mark.parametrize(
    ("value", "target", "baseline", "percent", "bar"),
    [
        (D(675), D(701), None, "96.29", "96.29"),
        (D(701), D(701), None, "100.00", "100.00"),
        (D(9), D(8), None, "112.50", "100.00"),
        (D(0), D(701), None, "0.00", "0.00"),
        (D(15), D(20), D(10), "50.00", "50.00"),
        (D(5), D(20), D(10), "-50.00", "0.00"),
        (D(30), D(10), D(50), "50.00", "50.00"),  # a target below the baseline: fewer is better
        (D("92.67"), D(408), None, "22.71", "22.71"),
        (None, D(701), None, None, "0.00"),
        (D(675), None, None, None, "0.00"),
        (D(0), D(0), None, None, "0.00"),
    ],
)
def test_progress_runs_from_baseline_to_target(value, target, baseline, percent, bar):
    progress = Progress(value, target, baseline)
    cent = D("0.01")
    assert (None if progress.percent is None else f"{progress.percent:.2f}") == percent
    assert progress.bar.quantize(cent) == D(bar)


@pytest.mark.parametrize(
    ("baseline", "added", "stands", "percent"),
    [
        (D(40), D(5), D(45), 25),  # a quarter of the way from 40 to 60
        (D(40), D(-2), D(38), -10),
        (D(40), None, None, None),
        (None, D(15), D(15), 25),
    ],
)
def test_entered_figure_begins_at_its_baseline(baseline, added, stands, percent):
    assert standing(baseline, added) == stands
    assert Progress(standing(baseline, added), D(60), baseline).percent == percent


def test_progress_without_a_target_has_no_percent_and_no_tick():
    progress = Progress(D(612), None, plan=None)
    assert (progress.percent, progress.tick) == (None, None)
    assert (progress.is_reached, progress.is_behind) == (False, False)


@pytest.mark.parametrize(
    ("value", "plan", "behind"), [(1987, 2060, False), (1900, 2060, True), (1906, 2060, False)]
)
def test_progress_warns_only_beyond_five_points(value, plan, behind):
    assert Progress(D(value), D(3099), plan=Plan(D(plan), True)).is_behind is behind


POINTS = [PlanPoint(date(2025, 12, 31), D(1000)), PlanPoint(date(2026, 12, 31), D(2000))]
RUN = {"start": date(2022, 10, 1), "end": date(2028, 8, 31), "target": D(3099)}


@pytest.mark.parametrize(
    ("day", "points", "run", "plan"),
    [
        (date(2025, 12, 31), POINTS, RUN, Plan(D(1000), True)),
        (date(2026, 7, 2), POINTS, RUN, Plan(D(1501), True)),
        (date(2022, 10, 1), POINTS, RUN, Plan(D(0), True)),
        (date(2022, 9, 30), POINTS, RUN, None),  # before the start nothing was planned
        (date(2028, 8, 31), POINTS, RUN, Plan(D(3099), True)),
        (date(2040, 1, 1), [], RUN, Plan(D(3099), True)),
        (date(2026, 10, 31), [], RUN, Plan(D(2138), False)),
        (date(2026, 10, 31), [], {**RUN, "end": None}, None),
        (date(2026, 10, 31), [], {**RUN, "start": None}, None),
        (date(2026, 10, 31), [], {**RUN, "target": None}, None),
        (date(2027, 6, 1), POINTS, {}, Plan(D(2000), True)),  # the last point holds
        (date(2025, 1, 1), POINTS, {}, None),
    ],
)
def test_plan_runs_straight_between_stated_points(day, points, run, plan):
    assert plan_on(day, points=points, **run) == plan


def test_plan_of_money_keeps_cents():
    plan = plan_on(
        date(2026, 7, 1),
        points=[PlanPoint(date(2026, 6, 30), D("0.50")), PlanPoint(date(2026, 7, 2), D("1.00"))],
    )
    assert plan == Plan(D("0.75"), True)


@pytest.mark.parametrize(
    ("total", "fund", "percent", "expected", "difference", "rest"),
    [
        ("791256.19", "672567.73", "85.00", "672567.76", "-0.03", "118688.46"),
        ("791256.20", "672567.74", "85.00", "672567.77", "-0.03", "118688.46"),
        ("12470000", "10599500", "85.00", "10599500.00", "0.00", "1870500"),
        ("109732.96", "93273.01", "85.00", "93273.01", "0.00", "16459.95"),
    ],
)
def test_fund_check_shows_the_cent(total, fund, percent, expected, difference, rest):
    check = fund_check(D(total), D(fund))
    assert (check.percent, check.round_percent) == (D(percent), D(85))
    assert (check.expected, check.difference, check.rest) == (D(expected), D(difference), D(rest))


@pytest.mark.parametrize(("total", "fund"), [(None, D(1)), (D(1), None), (D(0), D(0))])
def test_fund_check_needs_both_amounts(total, fund):
    assert fund_check(total, fund) is None


def fact(value, *, kind="stated", whose=None, source="a", subject="total", unit="EUR"):
    return Fact(subject, kind, whose, source, value, unit)


@pytest.mark.parametrize(
    ("facts", "agreement", "difference"),
    [
        ([fact(D("791256.19")), fact(D("791256.20"), source="b")], Agreement.DISAGREE, "0.01"),
        ([fact(D("8")), fact(D("8.00"), source="b")], Agreement.AGREE, None),
        ([fact(D(8))], Agreement.SINGLE, None),
        (
            [fact(D(8), kind="planned"), fact(D(9), kind="achieved", whose=7, source="b")],
            Agreement.UNLIKE,
            "1",
        ),
        (
            [fact(D(8), kind="planned"), fact(D(7), kind="achieved", source="b")],
            Agreement.UNLIKE,
            "-1",
        ),
        ([fact(D(7), kind="planned"), fact(D(7), kind="achieved")], Agreement.AGREE, None),
        ([fact("metodika"), fact("metodoloģija", source="b")], Agreement.DISAGREE, None),
        ([fact("„Metodika”"), fact("metodika", source="b")], Agreement.AGREE, None),
        ([fact(D(8)), fact(D(8), source="b", unit="LVL")], Agreement.DISAGREE, "0"),
        ([fact(D(1)), fact(D(3), source="b"), fact(D(2), source="c")], Agreement.DISAGREE, "2"),
        ([fact(D(1)), fact(D(2))], Agreement.DISAGREE, "1"),  # one source against itself
        ([fact(D(1)), fact("tīkls darbojas")], Agreement.AGREE, None),
        ([fact("metodika", kind="planned"), fact("ieviesta")], Agreement.AGREE, None),
        ([fact(None), fact(D(1), source="b")], Agreement.AGREE, None),
        ([fact(None)], Agreement.SINGLE, None),
    ],
)
def test_compare_tells_disagreement_from_unlike_things(facts, agreement, difference):
    [found] = compare(facts)
    assert found.agreement == agreement
    assert found.difference == (None if difference is None else D(difference))


def test_compare_keeps_order_and_shows_silence():
    found = compare([fact(D(1)), fact(D(2), subject="fund"), fact(D(1), source="b")])
    assert [each.subject for each in found] == ["total", "fund"]
    assert found[1].said_by("b") == ()
