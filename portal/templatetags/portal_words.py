"""Dates as exactly as they are known, periods and hours, in the words of the active language.

`{% load portal_words %}` beside `portal_ui`, which has the plain numbers, amounts and days.
None and "" read "nav norādīts" / "not stated".
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import wraps

from django import template
from django.utils import timezone
from django.utils.translation import gettext

from portal.lib import calendar, money

register = template.Library()


def stated[**P](words: Callable[P, str]) -> Callable[P, str]:
    """Make a filter say "not stated" instead of failing on a value that is not there."""

    @wraps(words)
    def filtered(*args: P.args, **kwargs: P.kwargs) -> str:
        is_missing = args[0] is None or args[0] == ""
        return gettext("not stated") if is_missing else words(*args, **kwargs)

    return filtered


@register.filter
@stated
def millions(value: Decimal, currency: str = "EUR") -> str:
    """13261256.20 as "13,26 milj. €", for headlines."""
    return money.format_millions(value, currency)


@register.filter
@stated
def hours(minutes: int, unit: str) -> str:
    """Minutes as hours of a unit, two decimals at most: `minutes|hours:programme.hour_unit`."""
    return calendar.format_hours(calendar.hours(minutes, unit))


@register.filter
@stated
def hours_in_words(count: Decimal, unit: str) -> str:
    """Hours with their noun: "408 akadēmiskās stundas"."""
    return calendar.hours_in_words(count, unit)


@register.filter
@stated
def short_date(value: date, precision: str = "day") -> str:
    """A date as exactly as it is known: `start|short_date:start_precision`, "15.01.2024."."""
    return calendar.short_date(_local(value), precision)


@register.filter
@stated
def long_date(value: date, case: str = "nominative") -> str:
    """A day in words, in the case named: `day|long_date:"locative"`, "2010. gada 18. jūnijā"."""
    return calendar.day_in_words(_local(value), calendar.Case(case))


@register.filter
def period(value: calendar.Period | None) -> str:
    """A period in short: "01.03.2018.–29.02.2020.", "2022. gada oktobris – 2028. gada augusts"."""
    return (calendar.short_period(value) if value else "") or gettext("not stated")


def _local(value: date) -> date:
    """The day in Riga of a moment; a date as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localdate(value)
    return value
