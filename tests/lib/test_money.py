"""Amounts in the seeds' styles and in the shapes people type; figures as Latvians read them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.money import (
    format_amount,
    format_millions,
    format_number,
    format_percent,
    in_euro,
    parse_amount,
    share_truncated,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        # The five styles of the seed texts.
        ("791 256.19", "791256.19"),
        ("791 256,20", "791256.20"),
        ("76 500, 00", "76500.00"),
        ("EUR 93273.01", "93273.01"),
        ("12 470 000 euro", "12470000.00"),
        # What else arrives from tables and keyboards.
        ("791\u00a0256,20\u00a0€", "791256.20"),
        ("791\u2009256,20 EUR", "791256.20"),
        ("1.234,56", "1234.56"),
        ("€1,234.56", "1234.56"),
        ("1.234.567", "1234567.00"),
        ("791'256.19", "791256.19"),
        ("  5  ", "5.00"),
        ("0,5", "0.50"),
        ("0", "0.00"),
        ("-230,10", "-230.10"),
        ("−230,10", "-230.10"),
        ("999 999 999 999,99", "999999999999.99"),
    ],
)
def test_parse_amount(typed: str, amount: str) -> None:
    parsed = parse_amount(typed)
    assert (parsed, str(parsed)) == (Decimal(amount), amount)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "invalid"),
        ("nav norādīts", "invalid"),
        ("EUR", "invalid"),
        ("EUR 5 EUR", "invalid"),
        ("1 23", "invalid"),
        ("12 4700", "invalid"),
        ("1e5", "invalid"),
        ("=1+1", "invalid"),
        ("5..3", "invalid"),
        ("٣", "invalid"),
        ("5 - 6", "invalid"),
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("1.234.56", "ambiguous"),
        ("1 234,567", "decimals"),
        ("29 999,87 LVL", "currency"),
        ("Ls 5", "currency"),
        ("5 ābeles", "currency"),
        ("1 000 000 000 000", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_parse_amount_refuses(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_amount(typed)
    assert refusal.value.code == code
    assert len(refusal.value.messages[0]) < 120


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("29 999,87 LVL", "LVL"),
        ("Ls 29999.87", "LVL"),
        ("29 999,87", "LVL"),
        ("PLN 29999,87", "PLN"),
    ],
)
def test_parse_amount_in_another_currency(typed: str, currency: str) -> None:
    assert parse_amount(typed, currency) == Decimal("29999.87")


amounts = st.decimals(Decimal("-999999999999.99"), Decimal("999999999999.99"), places=2)


@given(amounts, st.sampled_from(["lv", "en"]), st.sampled_from(["EUR", "LVL"]))
def test_a_written_amount_reads_back_to_the_cent(
    amount: Decimal, language: str, currency: str
) -> None:
    written = format_amount(amount, currency, language).replace("−€", "€−")
    assert parse_amount(written, currency) == amount


@pytest.mark.parametrize(
    ("amount", "currency", "latvian", "english"),
    [
        ("791256.19", "EUR", "791 256,19 €", "€791,256.19"),
        ("12470000", "EUR", "12 470 000,00 €", "€12,470,000.00"),
        ("0", "EUR", "0,00 €", "€0.00"),
        ("-0.01", "EUR", "−0,01 €", "−€0.01"),
        ("29999.87", "LVL", "29 999,87 LVL", "LVL 29,999.87"),
    ],
)
def test_format_amount(amount: str, currency: str, latvian: str, english: str) -> None:
    assert format_amount(Decimal(amount), currency, "lv") == latvian.replace(" ", NBSP)
    assert format_amount(Decimal(amount), currency, "en") == english.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "places", "latvian", "english"),
    [
        (3099, None, "3 099", "3,099"),
        (701, None, "701", "701"),
        (-230, None, "−230", "−230"),
        (0, None, "0", "0"),
        (Decimal("92.67"), None, "92,67", "92.67"),
        (Decimal("408.00"), None, "408", "408"),
        (Decimal("18.50"), None, "18,5", "18.5"),
        (Decimal("18.5"), 2, "18,50", "18.50"),
        (Decimal("1E+3"), None, "1 000", "1,000"),
        (0.1 + 0.2, 2, "0,30", "0.30"),
        (Decimal("2.675"), 2, "2,68", "2.68"),
    ],
)
def test_format_number(value: Decimal, places: int | None, latvian: str, english: str) -> None:
    assert format_number(value, places, "lv") == latvian.replace(" ", NBSP)
    assert format_number(value, places, "en") == english


@pytest.mark.parametrize(
    ("percent", "places", "latvian", "english"),
    [
        (Decimal("64.117"), 1, "64,1 %", "64.1%"),
        (80, 0, "80 %", "80%"),
        (100, 1, "100,0 %", "100.0%"),
        # 3 098 of 3 099 is not all of them.
        (Decimal("99.97"), 1, "99,9 %", "99.9%"),
        (Decimal("99.97"), 0, "99 %", "99%"),
        (Decimal("112.5"), 0, "113 %", "113%"),
        (Decimal(85), 2, "85,00 %", "85.00%"),
    ],
)
def test_format_percent(percent: Decimal, places: int, latvian: str, english: str) -> None:
    assert format_percent(percent, places, "lv") == latvian.replace(" ", NBSP)
    assert format_percent(percent, places, "en") == english


def test_figures_follow_the_active_language() -> None:
    with translation.override("lv"):
        assert format_number(3099) == f"3{NBSP}099"
        assert format_millions(Decimal("13261256.20")) == f"13,26{NBSP}milj.{NBSP}€"
    with translation.override("en"):
        assert format_number(3099) == "3,099"
        assert format_millions(Decimal("13261256.20")) == f"€13.26{NBSP}million"


@pytest.mark.parametrize(
    ("total", "percent", "share"),
    [
        # Seed 3 and 4 publish 672 567,73 and 672 567,74: neither is 85 % of its total.
        ("791256.19", "85", "672567.76"),
        ("791256.20", "85", "672567.77"),
        ("90000.00", "85", "76500.00"),
        ("12470000", "85", "10599500.00"),
        ("0.01", "99.99", "0.00"),
    ],
)
def test_share_is_cut_to_the_cent(total: str, percent: str, share: str) -> None:
    assert share_truncated(Decimal(total), Decimal(percent)) == Decimal(share)


@pytest.mark.parametrize(
    ("amount", "currency", "euro"),
    [
        ("29999.87", "LVL", "42685.97"),
        ("0.702804", "LVL", "1.00"),
        ("3.45280", "LTL", "1.00"),
        ("7.00", "EUR", "7.00"),
    ],
)
def test_old_money_in_euro(amount: str, currency: str, euro: str) -> None:
    assert in_euro(Decimal(amount), currency) == Decimal(euro)


def test_money_without_a_fixed_rate_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="PLN"):
        in_euro(Decimal(1), "PLN")
