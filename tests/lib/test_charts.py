"""Geometry of the charts against figures of the seeds, and the partials as well-formed SVG."""

import re
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.calendar import Period, each_month
from portal.lib.charts import (
    MonthFigure,
    Number,
    Span,
    Step,
    burn_up,
    funnel,
    month_bars,
    round_ticks,
    target_bar,
    timeline,
)

FIRST, LAST = date(2009, 8, 1), date(2011, 1, 31)
ESF = Span(Period(date(2022, 10, 1), "month", date(2028, 8, 1), "month"), is_running=True)
LATGALE = Span(Period(FIRST, "month"), months=18)


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (3099, [0, 1000, 2000, 3000, 4000]),
        (701, [0, 200, 400, 600, 800]),
        (139, [0, 50, 100, 150]),
        (26, [0, 10, 20, 30]),
        (4, [0, 1, 2, 3, 4]),
        (1, [0, 1]),
        (0, [0, 1]),
        (Decimal("12470000"), [0, 5_000_000, 10_000_000, 15_000_000]),
    ],
)
def test_ticks_are_round(largest: Number, ticks: list[float]) -> None:
    assert round_ticks(largest) == ticks


@given(st.integers(0, 10**12))
def test_ticks_hold_the_largest_value_in_few_equal_steps(largest: int) -> None:
    ticks = round_ticks(largest)
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 5
    assert ticks[-2] < max(largest, 1) <= ticks[-1]


@pytest.mark.parametrize(
    ("value", "target", "plan", "fill", "tick", "is_behind", "label"),
    [
        (1987, 3099, 2060, 64.12, 66.47, False, "1,987 of 3,099 (64.1%), plan 2,060"),
        (8, 27, 12, 29.63, 44.44, True, "8 of 27 (29.6%), plan 12"),
        (3120, 3000, None, 100, None, False, "3,120 of 3,000 (104.0%)"),
        (700, 701, None, 99.86, None, False, "700 of 701 (99.9%)"),
        (0, 701, None, 0, None, False, "0 of 701 (0.0%)"),
        (612, None, None, None, None, False, "612, target not stated"),
        (None, 7, None, None, None, False, "not stated"),
        (0, 0, None, None, None, False, "0 of 0"),
        (Decimal("7.41"), Decimal("12.47"), 20, 59.42, 100, True, "7.41 of 12.47 (59.4%), plan 20"),
    ],
)
def test_target_bar(
    value: Number | None,
    target: Number | None,
    plan: Number | None,
    fill: float | None,
    tick: float | None,
    is_behind: bool,
    label: str,
) -> None:
    bar = target_bar("Trained", value, target, plan)
    assert (bar.fill, bar.tick, bar.is_behind) == (fill, tick, is_behind)
    assert bar.label == f"Trained: {label}"


def test_burn_up_places_the_figures() -> None:
    chart = burn_up(
        "Trained",
        FIRST,
        LAST,
        actual=[(FIRST, 0), (date(2010, 5, 3), 350)],
        plan=[(FIRST, 0), (LAST, 701)],
        target=701,
    )
    assert chart.label == "Trained: 350 (3 May 2010), plan 352, target 701"
    # 275 of 548 days; 214 is the foot, 28 the height of 800.
    assert chart.actual == "0.0,214.0 301.08,132.62"
    assert chart.area == "0.0,214.0 0.0,214.0 301.08,132.62 301.08,214.0"
    assert chart.end is not None
    assert (chart.end.x, chart.end.y, chart.end.text) == (50.18, 132.62, "350")
    assert chart.plan_at_end is not None
    assert (chart.plan_at_end.x, chart.plan_at_end.text) == (50.18, "plan 352")
    assert chart.target is not None
    assert (chart.target.y, chart.target.text) == (51.02, "target 701")
    assert [tick.text for tick in chart.y_ticks] == ["0", "200", "400", "600", "800"]
    assert [(tick.text, tick.year) for tick in chart.x_ticks[:4]] == [
        *(("Aug", "2009"), ("Oct", ""), ("Dec", ""), ("Feb", "2010"))
    ]
    assert max(tick.at for tick in chart.x_ticks) <= 100


def test_a_grid_line_gives_way_to_the_target() -> None:
    chart = burn_up("Trained", FIRST, LAST, actual=[(FIRST, 0)], target=3099)
    assert [tick.text for tick in chart.y_ticks] == ["0", "1,000", "2,000", "4,000"]


def test_a_long_time_is_counted_in_years() -> None:
    chart = burn_up("Trained", date(2022, 10, 1), date(2028, 8, 31), actual=[])
    names = [(tick.text, tick.is_extra) for tick in chart.x_ticks]
    assert names[:3] == [("2023", False), ("2024", True), ("2025", False)]


def test_a_burn_up_without_data_says_so() -> None:
    chart = burn_up("Trained", FIRST, LAST, actual=[])
    assert (chart.label, chart.note) == ("Trained: no data yet", "no data yet")
    assert (chart.actual, chart.area, chart.plan) == ("", "", "")
    assert (chart.end, chart.plan_at_end, chart.target) == (None, None, None)


def test_words_at_the_right_edge_stand_under_a_curve_that_rises_steeply() -> None:
    actual = [(FIRST, 0), (date(2010, 11, 1), 500), (LAST, 675)]
    chart = burn_up("x", FIRST, LAST, actual=actual, plan=[(FIRST, 0), (LAST, 701)], target=701)
    assert chart.end is not None
    points = [tuple(map(float, each.split(","))) for each in chart.actual.split()]
    (x, y), (last_x, _) = points[-2:]
    at_left = last_x - 0.26 * chart.curve_width
    under = y if at_left >= x else y + (points[0][1] - y) * (x - at_left) / (x - points[0][0])
    top_of_words = chart.end.y + chart.end.dy - 12
    assert top_of_words > under
    assert chart.end.y + chart.end.second_dy < chart.base


@pytest.mark.parametrize(
    ("day", "value", "plan", "end", "plan_mark"),
    [
        # In the middle behind plan: value below to the right, plan above to the left.
        (date(2010, 3, 1), 206, 701, ("start", 18), ("end", -9)),
        (date(2010, 3, 1), 500, 701, ("end", -24), ("start", 18)),
        # At the right edge nothing may run out of the chart.
        (LAST, 500, 701, ("end", 18), ("end", -9)),
        # Ahead of the plan there, its words stand below the curve.
        (LAST, 720, 701, ("end", -24), ("end", 61)),
        # At the very beginning the three lines stand over one another.
        (date(2009, 8, 20), 0, 701, ("start", -20), ("start", -32)),
    ],
)
def test_words_keep_clear_of_each_other(
    day: date, value: int, plan: int, end: tuple[str, int], plan_mark: tuple[str, int]
) -> None:
    chart = burn_up("x", FIRST, LAST, actual=[(day, value)], plan=[(FIRST, 0), (LAST, plan)])
    assert chart.end is not None
    assert chart.plan_at_end is not None
    assert (chart.end.anchor, chart.end.dy) == end
    assert (chart.plan_at_end.anchor, chart.plan_at_end.dy) == plan_mark


def test_a_chart_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        burn_up("x", LAST, FIRST, actual=[])


def test_month_bars() -> None:
    figures = [
        MonthFigure(month, value, plan)
        for month, value, plan in zip(
            each_month(date(2026, 8, 1), date(2026, 10, 31)),
            (0, 75, 150),
            (10, None, 130),
            strict=True,
        )
    ]
    chart = month_bars("Hours", figures)
    assert chart.label == "Hours, August 2026 – October 2026: Aug 0, Sep 75, Oct 150"
    assert [(bar.x, bar.width) for bar in chart.bars] == [(6.67, 20), (40, 20), (73.33, 20)]
    assert [(bar.y, bar.height) for bar in chart.bars] == [(214, 0), (113, 101), (12, 202)]
    assert [bar.tick for bar in chart.bars] == [200.53, None, 38.93]
    assert [bar.is_pale for bar in chart.bars] == [False, False, False]
    assert not chart.has_pale
    chart = month_bars("Hours", figures, period=(date(2026, 9, 15), date(2026, 10, 31)))
    assert [bar.is_pale for bar in chart.bars] == [True, False, False]
    assert chart.has_pale
    assert [tick.is_extra for tick in chart.x_ticks] == [False, True, False]


def bars_of(first: date, last: date) -> list[tuple[str, str, bool]]:
    chart = month_bars("Hours", [MonthFigure(month, 1) for month in each_month(first, last)])
    return [(tick.text, tick.year, tick.is_extra) for tick in chart.x_ticks]


@pytest.mark.parametrize(
    ("first", "last", "years", "on_a_phone"),
    [
        (date(2025, 7, 1), date(2026, 6, 1), {0: "2025", 6: "2026"}, [0, 2, 4, 6, 8, 11]),
        (date(2025, 4, 1), date(2026, 1, 1), {0: "2025", 9: "2026"}, [0, 2, 4, 6, 9]),
        # January gives way to the last month, which then says the year once more.
        (date(2025, 9, 1), date(2026, 2, 1), {0: "2025", 4: "2026", 5: "2026"}, [0, 2, 5]),
        (date(2025, 12, 1), date(2026, 3, 1), {0: "2025", 1: "2026"}, [1, 3]),
        (date(2026, 5, 1), date(2026, 5, 1), {0: "2026"}, [0]),
    ],
)
def test_year_stands_where_it_begins_also_where_months_are_left_out(
    first: date, last: date, years: dict[int, str], on_a_phone: list[int]
) -> None:
    ticks = bars_of(first, last)
    assert {place: year for place, (_, year, _) in enumerate(ticks) if year} == years
    assert [place for place, (_, _, is_extra) in enumerate(ticks) if not is_extra] == on_a_phone


def test_month_bars_without_months() -> None:
    chart = month_bars("Hours", [])
    assert (chart.label, chart.bars) == ("Hours: no data yet", [])


def test_funnel_counts_what_was_lost() -> None:
    rows = funnel([Step("Enrolled", 1987, "/a"), Step("Attended", 1932), Step("Certified", 1940)])
    assert [(row.count, row.fill, row.loss) for row in rows] == [
        ("1,987", 100, ""),
        ("1,932", 97.23, "−55"),
        ("1,940", 97.63, "+8"),
    ]
    assert [row.fill for row in funnel([Step("Enrolled", 0)])] == [0]


def test_timeline_of_the_seed_projects() -> None:
    line = timeline([ESF, LATGALE, Span(Period(None))])
    assert [tick.text for tick in line.ticks] == ["2010", "2015", "2020", "2025"]
    assert [row.text for row in line.rows] == [
        "Oct 2022 – Aug 2028",
        "Aug 2009, 18 months",
        "not stated",
    ]
    assert [(row.left, row.width, row.anchor) for row in line.rows] == [
        (68.74, 29.59, "end"),
        (2.9, 7.5, "start"),
        (None, 0, "start"),
    ]


def test_a_timeline_of_nothing_is_empty() -> None:
    assert timeline([]).ticks == []
    assert timeline([Span(Period(None))]).rows[0].left is None


def partials() -> list[tuple[str, dict[str, Any]]]:
    """Every partial with something in it and with as little as there can be."""
    months = list(each_month(FIRST, LAST))
    series = [(month, place * Decimal("38.5")) for place, month in enumerate(months)]
    full = burn_up("<b>A & B</b>", FIRST, LAST, actual=series, plan=series, target=701.5)
    line = timeline([ESF, LATGALE, Span(Period(None))])
    bars = [target_bar("A", 0.5, 3, 1), target_bar("", None, None), target_bar("A", 0, 3)]
    return [
        ("burn_up.html", {"chart": full}),
        ("burn_up.html", {"chart": burn_up("A", FIRST, FIRST, actual=[])}),
        ("month_bars.html", {"chart": month_bars("A", [MonthFigure(m, v, v) for m, v in series])}),
        ("month_bars.html", {"chart": month_bars("A", [])}),
        ("funnel.html", {"rows": funnel([Step("A & B", 3, "/x?a=1&b=2"), Step("C", 1)])}),
        ("timeline_axis.svg", {"timeline": line}),
        *(("timeline_bar.svg", {"row": row}) for row in line.rows),
        *(("target_bar.svg", {"bar": bar}) for bar in bars),
    ]


# A number of a drawing, or several; a Latvian comma would break it.
NUMERIC = re.compile(r"-?\d+(\.\d+)?%?")
PLACES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "dx", "dy", "width", "height"}


@pytest.mark.parametrize("language", ["lv", "en"])
def test_partials_are_well_formed_in_both_languages(language: str) -> None:
    with translation.override(language):
        for name, context in partials():
            markup = render_to_string(f"charts/{name}", context)
            root = ElementTree.fromstring(markup.strip())
            for element in root.iter():
                assert "style" not in element.attrib
                assert "id" not in element.attrib
                numbers = {k: v for k, v in element.attrib.items() if k in PLACES}
                assert {k: v for k, v in numbers.items() if not NUMERIC.fullmatch(v)} == {}
                for pair in element.get("points", "").split():
                    assert re.fullmatch(r"-?[\d.]+,-?[\d.]+", pair)


def test_drawings_have_a_label_or_are_silent() -> None:
    for name, context in partials():
        root = ElementTree.fromstring(render_to_string(f"charts/{name}", context).strip())
        outer = [root, *root] if root.tag == "div" else [root]
        drawings = [element for element in outer if element.tag == "svg"]
        for drawing in drawings or root.findall(".//svg"):
            told = drawing.get("role") == "img" and drawing.get("aria-label")
            assert bool(told) != (drawing.get("aria-hidden") == "true")
