"""The filters of portal_words in templates, in both languages, with values that are missing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from portal.lib.calendar import Period


def words(expression: str, value: Any, language: str) -> str:
    template = Template("{% load portal_words %}{{ " + expression + " }}")
    with translation.override(language):
        return template.render(Context({"value": value})).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("expression", "value", "latvian", "english"),
    [
        ("value|millions", Decimal("13261256.20"), "13,26 milj. €", "€13.26 million"),
        ('value|hours:"ac45"', 0, "0", "0"),
        # A minute is 0,025 of an hour of 40.
        ('value|hours:"ac40"', 1, "0,03", "0.03"),
        ('value|hours:"ac45"', 4170, "92,67", "92.67"),
        (
            'value|hours_in_words:"ac45"',
            Decimal(408),
            "408 akadēmiskās stundas",
            "408 academic hours",
        ),
        ("value|short_date", date(2024, 1, 15), "15.01.2024.", "15 Jan 2024"),
        ('value|short_date:"month"', date(2022, 10, 1), "2022. gada oktobris", "October 2022"),
        # 23:30 in London is the next day in Riga.
        (
            "value|short_date",
            datetime(2024, 1, 14, 23, 30, tzinfo=UTC),
            "15.01.2024.",
            "15 Jan 2024",
        ),
        ('value|long_date:"locative"', date(2010, 6, 18), "2010. gada 18. jūnijā", "18 June 2010"),
        (
            "value|period",
            Period(date(2018, 3, 1), "day", date(2020, 2, 29), "day"),
            "01.03.2018.–29.02.2020.",
            "1 Mar 2018 – 29 Feb 2020",
        ),
    ],
)
def test_filters(expression: str, value: Any, latvian: str, english: str) -> None:
    assert words(expression, value, "lv") == latvian
    assert words(expression, value, "en") == english


@pytest.mark.parametrize(
    "expression",
    [
        *("value|millions", "value|short_date", "value|long_date", "value|period"),
        *('value|hours:"ac45"', 'value|hours_in_words:"ac45"'),
    ],
)
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_not_stated_says_so(expression: str, value: Any) -> None:
    assert words(expression, value, "en") == "not stated"


def test_a_period_without_dates_is_not_stated() -> None:
    assert words("value|period", Period(None), "en") == "not stated"
