"""The small pieces of a page: states, icons, bars, numbers and days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from portal.lib.states import STATES, word_of
from portal.templatetags import portal_ui


def rendered(markup: str, **context: object) -> str:
    return Template("{% load portal_ui %}" + markup).render(Context(context))


def test_icon_is_hidden_from_readers_and_carries_no_style() -> None:
    svg = rendered('{% icon "home" %}')

    assert svg.startswith('<svg class="icon" viewBox="0 0 24 24"')
    assert 'aria-hidden="true"' in svg
    assert "style" not in svg
    assert svg.count("<path") == 3


@pytest.mark.parametrize("name", ["no-such-icon", "../outline/home", ""])
def test_icon_that_is_not_there_stops_the_page(name: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="There is no icon"):
        rendered("{% icon name %}", name=name)


def test_every_state_has_one_of_four_marks_and_six_colours() -> None:
    assert {state.mark for state in STATES.values()} == {"dot", "ring", "diamond", "square"}
    assert {state.colour for state in STATES.values()} == {
        "accent",
        "bad",
        "info",
        "neutral",
        "ok",
        "warn",
    }


def test_state_badge_names_the_state_by_word_colour_and_mark() -> None:
    with translation.override("en"):
        assert rendered('{% state_badge "closed" %}') == (
            '<span class="state state-ok state-dot">Closed</span>'
        )


def test_state_word_falls_back_to_its_usual_gender() -> None:
    with translation.override("en"):
        assert word_of("revoked", "masculine") == word_of("revoked") == "Revoked"


def test_unknown_state_is_an_error() -> None:
    with pytest.raises(KeyError, match="sleeping"):
        rendered('{% state_badge "sleeping" %}')


@pytest.mark.parametrize(
    ("value", "target", "plan", "fill", "tick"),
    [
        (1987, 3099, 2060, "64.12%", "66.47%"),
        (3120, 3000, 3000, "100.0%", "100.0%"),
        (5, 10, None, "50.0%", None),
        (0, 10, 0, None, "0.0%"),
    ],
)
def test_target_bar_draws_the_share_and_the_plan(
    value: int, target: int, plan: int | None, fill: str | None, tick: str | None
) -> None:
    svg = rendered("{% target_bar value target plan %}", value=value, target=target, plan=plan)

    fills = re.findall(r'bar-fill" width="([^"]+)"', svg)
    ticks = re.findall(r'bar-tick" x="([^"]+)"', svg)
    assert fills == ([fill] if fill else [])
    assert ticks == ([tick] if tick else [])


def test_target_bar_says_the_figures_aloud() -> None:
    with translation.override("en"):
        svg = rendered('{% target_bar 1987 3099 2060 label="People" %}')

    assert 'aria-label="People: 1,987 of 3,099 (64.1%), plan 2,060"' in svg


def test_tile_without_target_never_says_zero_percent() -> None:
    with translation.override("en"):
        tile = rendered('{% tile "Hours" 4318 %}')

    assert "target not stated" in tile
    assert "%<" not in tile
    assert "bar-unknown" in tile


@pytest.mark.parametrize(("plan", "behind"), [(700, False), (701, True)])
def test_tile_is_loud_when_behind_plan_by_more_than_five_points(plan: int, behind: bool) -> None:
    tile = rendered('{% tile "People" 650 1000 plan %}', plan=plan)

    assert ('class="behind"' in tile) is behind


def test_missing_figure_is_not_stated_and_never_zero() -> None:
    with translation.override("en"):
        assert rendered("{{ value|number|stated }}", value=None) == (
            '<span class="missing">not stated</span>'
        )
        assert rendered("{{ value|number|stated }}", value=0) == "0"


@pytest.mark.parametrize(
    ("markup", "latvian", "english"),
    [
        ("{{ 3099|number }}", "3\u00a0099", "3,099"),
        ('{{ "12.47"|number }}', "12,47", "12.47"),
        ("{{ 80|number:1 }}", "80,0", "80.0"),
        ("{{ day|day }}", "15.01.2024.", "15 Jan 2024"),
        ("{{ moment|moment }}", "15.01.2024. 14:02", "15 Jan 2024 14:02"),
    ],
)
def test_numbers_and_days_follow_the_language(markup: str, latvian: str, english: str) -> None:
    context = {"day": date(2024, 1, 15), "moment": datetime(2024, 1, 15, 12, 2, tzinfo=UTC)}
    with translation.override("lv"):
        assert rendered(markup, **context) == latvian
    with translation.override("en"):
        assert rendered(markup, **context) == english


@pytest.mark.parametrize(
    ("due", "words", "soon"),
    [
        (date(2026, 11, 20), "overdue since 20 Nov 2026", True),
        (date(2026, 11, 21), "today", True),
        (date(2026, 11, 22), "1 day left", True),
        (date(2026, 11, 28), "7 days left", True),
        (date(2026, 11, 29), "8 days left", False),
        (date(2026, 12, 20), "by 20 Dec 2026", False),
    ],
)
def test_deadline_is_told_as_people_feel_it(due: date, words: str, soon: bool) -> None:
    today = date(2026, 11, 21)
    with translation.override("en"):
        assert portal_ui.time_left(due, today) == words
    assert portal_ui.is_soon(due, today) is soon


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ilze Vanaga", "IV"), ("ilze@demo.invalid", "ID"), ("Žanete", "Ž"), ("", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert portal_ui.initials(name) == letters


def test_html_in_a_name_stays_text() -> None:
    card = rendered('{% tile label 1 href="/x" %}', label="<script>alert(1)</script>")

    assert "<script>" not in card
    assert "&lt;script&gt;" in card
