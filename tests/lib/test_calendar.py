"""Dates, periods and hours in words, against real sentences of the sources and the papers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.calendar import (
    Case,
    HourUnit,
    Period,
    Precision,
    date_in_words,
    day_in_words,
    each_month,
    end_after,
    hours,
    hours_in_words,
    month_name,
    month_short,
    months_between,
    period_in_words,
    short_date,
    short_period,
)

LLI_317 = Period(date(2018, 3, 1), Precision.DAY, date(2020, 2, 29), Precision.DAY)
LLI_317_BY_MONTH = Period(date(2018, 3, 1), Precision.MONTH, date(2020, 2, 1), Precision.MONTH)
ESF = Period(date(2022, 10, 1), Precision.MONTH, date(2028, 8, 1), Precision.MONTH)
LATGALE = Period(date(2009, 8, 1), Precision.MONTH)
COURSE = Period(date(2009, 9, 15), Precision.DAY, date(2010, 6, 11), Precision.DAY)
ONE_DAY = Period(date(2010, 6, 18), Precision.DAY, date(2010, 6, 18), Precision.DAY)
YEARS = Period(date(2014, 1, 1), Precision.YEAR, date(2020, 1, 1), Precision.YEAR)
UNTIL = Period(None, Precision.DAY, date(2028, 8, 31), Precision.DAY)
NOTHING = Period(None)


@pytest.mark.parametrize(
    ("case", "latvian"),
    [
        (Case.NOMINATIVE, "2010. gada 18. jūnijs"),
        (Case.GENITIVE, "2010. gada 18. jūnija"),
        (Case.DATIVE, "2010. gada 18. jūnijam"),
        (Case.LOCATIVE, "2010. gada 18. jūnijā"),
    ],
)
def test_day_in_words(case: Case, latvian: str) -> None:
    assert day_in_words(date(2010, 6, 18), case, "lv") == latvian
    assert day_in_words(date(2010, 6, 18), case, "en") == "18 June 2010"


@pytest.mark.parametrize(
    ("month", "forms"),
    [
        (1, "janvāris janvāra janvārim janvārī"),
        (3, "marts marta martam martā"),
        (4, "aprīlis aprīļa aprīlim aprīlī"),
        (8, "augusts augusta augustam augustā"),
        (12, "decembris decembra decembrim decembrī"),
    ],
)
def test_month_in_every_case(month: int, forms: str) -> None:
    assert " ".join(month_name(month, case, "lv") for case in Case) == forms


def test_months_on_an_axis() -> None:
    assert [month_short(month, "lv") for month in (10, 2, 3)] == ["okt.", "febr.", "marts"]
    assert [month_short(month, "en") for month in (10, 2, 3)] == ["Oct", "Feb", "Mar"]


@pytest.mark.parametrize(
    ("precision", "case", "latvian", "english"),
    [
        (Precision.MONTH, Case.NOMINATIVE, "2022. gada oktobris", "October 2022"),
        (Precision.MONTH, Case.LOCATIVE, "2022. gada oktobrī", "October 2022"),
        (Precision.YEAR, Case.NOMINATIVE, "2022. gads", "2022"),
        (Precision.YEAR, Case.DATIVE, "2022. gadam", "2022"),
        ("day", Case.GENITIVE, "2022. gada 1. oktobra", "1 October 2022"),
    ],
)
def test_a_date_says_no_more_than_is_known(
    precision: str, case: Case, latvian: str, english: str
) -> None:
    assert date_in_words(date(2022, 10, 1), precision, case, "lv") == latvian
    assert date_in_words(date(2022, 10, 1), precision, case, "en") == english


@pytest.mark.parametrize(
    ("precision", "narrow", "latvian", "english"),
    [
        (Precision.DAY, False, "15.01.2024.", "15 Jan 2024"),
        (Precision.DAY, True, "15.01.2024.", "15 Jan 2024"),
        (Precision.MONTH, False, "2024. gada janvāris", "January 2024"),
        (Precision.MONTH, True, "2024. g. janv.", "Jan 2024"),
        (Precision.YEAR, True, "2024. gads", "2024"),
    ],
)
def test_short_date(precision: str, narrow: bool, latvian: str, english: str) -> None:
    assert short_date(date(2024, 1, 15), precision, "lv", narrow=narrow) == latvian
    assert short_date(date(2024, 1, 15), precision, "en", narrow=narrow) == english


@pytest.mark.parametrize(
    ("period", "latvian", "english"),
    [
        (
            COURSE,
            "no 2009. gada 15. septembra līdz 2010. gada 11. jūnijam",
            "from 15 September 2009 to 11 June 2010",
        ),
        # Word for word as seed 3 says it.
        (
            LLI_317_BY_MONTH,
            "no 2018. gada marta līdz 2020. gada februārim",
            "from March 2018 to February 2020",
        ),
        (ONE_DAY, "2010. gada 18. jūnijā", "on 18 June 2010"),
        (YEARS, "no 2014. gada līdz 2020. gadam", "from 2014 to 2020"),
        (LATGALE, "no 2009. gada augusta", "from August 2009"),
        (UNTIL, "līdz 2028. gada 31. augustam", "to 31 August 2028"),
        (NOTHING, "", ""),
    ],
)
def test_period_in_words(period: Period, latvian: str, english: str) -> None:
    assert period_in_words(period, "lv") == latvian
    assert period_in_words(period, "en") == english


@pytest.mark.parametrize(
    ("period", "narrow", "latvian", "english"),
    [
        (LLI_317, False, "01.03.2018.–29.02.2020.", "1 Mar 2018 – 29 Feb 2020"),
        (ESF, False, "2022. gada oktobris – 2028. gada augusts", "October 2022 – August 2028"),
        (ESF, True, "2022. g. okt. – 2028. g. aug.", "Oct 2022 – Aug 2028"),
        (LATGALE, True, "2009. g. aug. –", "Aug 2009 –"),
        (ONE_DAY, False, "18.06.2010.", "18 Jun 2010"),
        (NOTHING, False, "", ""),
    ],
)
def test_short_period(period: Period, narrow: bool, latvian: str, english: str) -> None:
    assert short_period(period, "lv", narrow=narrow) == latvian
    assert short_period(period, "en", narrow=narrow) == english


@pytest.mark.parametrize(
    ("period", "months"),
    [(LLI_317, 24), (LLI_317_BY_MONTH, 24), (ESF, 71), (YEARS, 84), (LATGALE, None), (UNTIL, None)],
)
def test_months_of_a_period(period: Period, months: int | None) -> None:
    assert period.months == months


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 1, 15), date(2024, 2, 14), 1),
        (date(2024, 1, 15), date(2024, 2, 13), 0),
        (date(2024, 1, 1), date(2024, 1, 31), 1),
        (date(2024, 2, 1), date(2024, 1, 1), 0),
        (date(1, 1, 1), date(9999, 12, 31), 9999 * 12),
    ],
)
def test_months_between(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        # The Latgale project: "18 months (starting in August 2009)".
        (date(2009, 8, 1), 18, date(2011, 1, 31)),
        (date(2018, 3, 1), 24, date(2020, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 28)),
        (date(2024, 1, 15), 12, date(2025, 1, 14)),
        (date(2099, 12, 1), 13, date(2100, 12, 31)),
        (date(2009, 8, 1), 200_000, date(2100, 12, 31)),  # beyond the calendar's last year
    ],
)
def test_end_after_a_duration(start: date, months: int, end: date) -> None:
    assert end_after(start, months) == end


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_each_month_touches_every_month_once(first: date, last: date) -> None:
    months = list(each_month(first, last))
    assert all(month.day == 1 for month in months)
    if first <= last:
        assert (months[0], months[-1]) == (first.replace(day=1), last.replace(day=1))
        assert len(months) == months_between(first.replace(day=1), last.replace(day=1)) + 1
        assert months == sorted(set(months))


@pytest.mark.parametrize(
    ("period", "is_in_order"),
    [
        (ESF, True),
        (LATGALE, True),
        (NOTHING, True),
        (Period(date(2024, 2, 1), "day", date(2024, 1, 31), "day"), False),
        # The end of "January 2024" may be the 31st.
        (Period(date(2024, 1, 15), "day", date(2024, 1, 1), "month"), True),
    ],
)
def test_an_end_before_the_start_is_noticed(period: Period, is_in_order: bool) -> None:
    assert period.is_in_order == is_in_order


@pytest.mark.parametrize(
    ("day", "covered", "percent"),
    [
        (date(2022, 9, 30), False, "0.0"),
        (date(2022, 10, 1), True, "0.0"),
        (date(2026, 10, 31), True, "69.0"),
        (date(2028, 8, 31), True, "100.0"),
        (date(2028, 9, 1), False, "100.0"),
    ],
)
def test_time_elapsed(day: date, covered: bool, percent: str) -> None:
    elapsed = ESF.percent_elapsed(day)
    assert elapsed is not None
    assert (ESF.covers(day), str(round(elapsed, 1))) == (covered, percent)


def test_an_open_period_has_no_share_of_time() -> None:
    assert LATGALE.percent_elapsed(date(2010, 1, 1)) is None
    assert LATGALE.covers(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("minutes", "unit", "count"),
    [
        # 92,67 academic hours (domain notes) are exactly 4 170 minutes of 45.
        (4170, HourUnit.AC45, "92.67"),
        (3240, HourUnit.AC45, "72.00"),
        (3240, HourUnit.AC40, "81.00"),
        (3240, HourUnit.CLOCK60, "54.00"),
        (3240, HourUnit.UNKNOWN, "72.00"),
        (0, "ac45", "0.00"),
    ],
)
def test_hours(minutes: int, unit: str, count: str) -> None:
    assert str(round(hours(minutes, unit), 2)) == count


def test_408_hours_are_44_days_of_8_and_8_of_7() -> None:
    assert hours((44 * 8 + 8 * 7) * 45, HourUnit.AC45) == 408


@pytest.mark.parametrize(
    ("count", "unit", "latvian", "english"),
    [
        (408, HourUnit.AC45, "408 akadēmiskās stundas", "408 academic hours"),
        (1, HourUnit.AC45, "1 akadēmiskā stunda", "1 academic hour"),
        (11, HourUnit.AC40, "11 akadēmiskās stundas", "11 academic hours"),
        (21, HourUnit.AC40, "21 akadēmiskā stunda", "21 academic hours"),
        (111, HourUnit.CLOCK60, "111 stundas", "111 hours"),
        (0, HourUnit.AC45, "0 akadēmisko stundu", "0 academic hours"),
        (2, HourUnit.UNKNOWN, "2 stundas", "2 hours"),
        (Decimal(4170) / 45, HourUnit.AC45, "92,67 akadēmiskās stundas", "92.67 academic hours"),
    ],
)
def test_hours_in_words(count: Decimal | int, unit: str, latvian: str, english: str) -> None:
    assert hours_in_words(Decimal(count), unit, "lv") == latvian
    assert hours_in_words(Decimal(count), unit, "en") == english
