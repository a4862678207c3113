"""Rules of certificates: tables of cases, no database."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import (
    EligibilityFacts,
    ModuleHours,
    Policy,
    facts_in_words,
    format_number,
    new_token,
    parse_number,
    percent_text,
    printed_code,
    reasons_against,
    token_of,
    words_for,
)
from tests.certificates.test_paper import data

POLICY = Policy(80, frozenset({2}), ((1, "Likumi"), (2, "Aprūpe")))


def facts(*modules: tuple[int, int, int], **fields: object) -> EligibilityFacts:
    hours = tuple(ModuleHours(*each) for each in modules)
    return EligibilityFacts(**({"is_enrolled": True, "modules": hours} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        (facts((1, 100, 80)), []),
        (facts((1, 100, 79)), ["hours"]),
        (facts((1, 100, 100), (2, 100, 80)), []),
        (facts((1, 300, 300), (2, 100, 79)), ["module"]),
        (facts((1, 100, 0), (2, 100, 0)), ["hours", "module"]),
        (facts((1, 100, 100), (2, 0, 0)), ["module"]),
        (facts((1, 100, 100), unclosed_sessions=1), ["unclosed"]),
        (facts((1, 100, 10), unclosed_sessions=2), ["unclosed", "hours"]),
        (facts(), ["no_sessions"]),
        (facts((1, 0, 0)), ["no_sessions"]),
        (facts((1, 100, 100), is_enrolled=False), ["not_enrolled"]),
        (facts((1, 100, 100), valid_number="LPR-2010/0001"), ["certified"]),
        (facts((1, 100, 0), valid_number="LPR-2010/0001", is_enrolled=False), ["certified"]),
        (facts((1, 100, 100), unprintable="漢"), ["unprintable"]),
    ],
)
def test_reasons_against(what: EligibilityFacts, codes: list[str]) -> None:
    assert [each.code for each in reasons_against(what, POLICY)] == codes


def test_reasons_name_what_is_missing() -> None:
    hours, module = reasons_against(facts((1, 1000, 799), (2, 100, 50)), POLICY)

    assert ("77,1" in str(hours), "80" in str(hours)) == (True, True)
    assert ("Aprūpe" in str(module), "50" in str(module)) == (True, True)


def test_almost_enough_never_reads_as_enough() -> None:
    assert percent_text(7999, 10000) == "79,9\u00a0%"
    assert percent_text(8, 10) == "80\u00a0%"
    with translation.override("en"):
        assert percent_text(7999, 10000) == "79.9%"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("LPR-2010/0341", ("LPR", 2010, 341)),
        ("lpr-2010/341", ("LPR", 2010, 341)),
        ("Nr. LPR-2010/0341", ("LPR", 2010, 341)),
        ("No. LPR 2010/0341 ", ("LPR", 2010, 341)),
        ("Nr.\u00a0LPR–2010/12345", ("LPR", 2010, 12345)),
        ("ŠĶ1-2024/0001", ("ŠĶ1", 2024, 1)),
        ("LPR-2010", None),
        ("LPR-2010/0", None),
        ("LPR-2010/١٢", None),
        ("Bērziņa", None),
        ("", None),
        ("L_R-2010/1", None),
    ],
)
def test_typed_number_is_understood(typed: str, found: tuple[str, int, int] | None) -> None:
    assert parse_number(typed) == found


@given(
    st.text("ABCĀŠŽ0123456789", min_size=1, max_size=12),
    st.integers(1990, 2100),
    st.integers(1, 999_999),
)
def test_number_format_has_a_reverse(series: str, year: int, number: int) -> None:
    assert parse_number(format_number(series, year, number)) == (series, year, number)


def test_number_grows_past_four_digits() -> None:
    assert [format_number("LPR", 2010, n) for n in (1, 9999, 10000)] == [
        "LPR-2010/0001",
        "LPR-2010/9999",
        "LPR-2010/10000",
    ]


def test_token_survives_being_printed_and_typed() -> None:
    token = new_token()
    typed = " ".join(printed_code(token)).lower().replace("0", "o").replace("1", "l")

    assert len(token) == 26
    assert token_of(typed) == token


@pytest.mark.parametrize("typed", ["", "abc", "U" * 26, "7" * 25, "7" * 27, "7" * 10_000, "'"])
def test_what_is_no_code_gives_no_token(typed: str) -> None:
    assert token_of(typed) == ""


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1\u00a0modulis"), (11, "11\u00a0moduļi"), (21, "21\u00a0modulis")]
)
def test_modules_are_counted_as_latvian_counts(count: int, words: str) -> None:
    figures = words_for(data(module_count=count), "lv")["figures"]

    assert figures[1]["value"] == words


@pytest.mark.parametrize(("language", "share"), [("lv+en", "79,9\u00a0%"), ("en", "79.9%")])
def test_paper_rounds_no_attendance_up(language: str, share: str) -> None:
    """2015 of 2520 minutes are 79.96 %: the page says 79.9, and so does the paper."""
    row = {"name": {"lv": "M", "en": "M"}, "topics": [], "days": "", "planned": 2520}
    words = words_for(data(modules=[{**row, "attended": 2015}]), language)

    assert (words["modules"][0]["share"], words["total"]["share"]) == (share, share)


@pytest.mark.parametrize(
    ("percent", "verb"), [(1, "apmeklēts"), (11, "apmeklēti"), (80, "apmeklēti"), (81, "apmeklēts")]
)
def test_attendance_asked_agrees_with_its_number(percent: int, verb: str) -> None:
    [[note]] = words_for(data(threshold=percent), "lv")["notes"]

    assert f"{verb} vismaz {percent}\u00a0%" in note


def test_text_of_another_language_says_which() -> None:
    """Where the paper's own language has no text, the other stands in; a reader must be told."""
    programme = {"lv": "Programma", "en": ""}
    office = {"name": "Ināra Parauga", "office": {"lv": "Vadītāja", "en": ""}}
    words = words_for(data(programme=programme, signatories=[office]), "en")

    assert words["foreign"] == {"kind": "", "programme": "lv", "funding": ""}
    assert [each["lang"] for each in words["signatories"]] == ["lv"]
    assert {each["topics_lang"] for each in words["modules"]} == {"lv"}
    assert words_for(data(programme=programme), "lv+en")["foreign"]["programme"] == ""


def test_bilingual_paper_does_not_say_the_same_twice() -> None:
    words = words_for(data(programme={"lv": "Programma", "en": ""}), "lv+en")

    assert words["programme"] == ["Programma"]


def test_partial_hours_keep_their_comma() -> None:
    words = words_for(data(minutes=4170), "lv")

    assert words["figures"][0]["value"] == "92,67\u00a0st."


def test_days_are_not_summed_where_one_is_not_stated() -> None:
    modules = [dict(each) for each in data()["modules"]]
    assert words_for(data(modules=modules), "lv")["total"]["days"] == "33"
    modules[1]["days"] = ""

    assert words_for(data(modules=modules), "lv")["total"]["days"] == "–"


def test_screen_speaks_the_readers_language() -> None:
    assert facts_in_words(data(), "lv")["hours"] == "256 akadēmiskās stundas"
    assert facts_in_words(data(), "en")["programme"] == "Life-long learning programme"
    assert facts_in_words(data(), "lv")["period"] == "15.09.2009.–11.06.2010."
