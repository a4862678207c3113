"""Form fields that read what people really type: "76 500, 00", "03.2018.", a scan of a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import Precision, days_meant, short_date
from portal.lib.fields import validate_year
from portal.lib.money import format_number, parse_amount

_DAY = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})\.?", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?", re.ASCII)
_MONTH = re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})\.?", re.ASCII)
_YEAR = re.compile(r"(?P<year>\d{4})\.?", re.ASCII)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class LooseDate:
    """A date and how much of it is known. ``day`` is the first day it can mean."""

    day: date
    precision: Precision

    @property
    def last_day(self) -> date:
        """The last day it can mean: an end known to the month covers the month."""
        return days_meant(self.day, self.precision)[1]


def parse_loose_date(typed: str) -> LooseDate:
    """Read "01.03.2018.", "2018-03-01", "03.2018.", "2018-03" or "2018". Raises ValidationError."""
    text = _SPACES.sub("", typed)
    for pattern in (_DAY, _ISO, _MONTH, _YEAR):
        if found := pattern.fullmatch(text):
            parts = {name: int(value) for name, value in found.groupdict().items() if value}
            break
    else:
        raise ValidationError(_("Write a date like 01.03.2018, or a month like 03.2018."))
    try:
        day = date(parts["year"], parts.get("month", 1), parts.get("day", 1))
    except ValueError:
        raise ValidationError(_("There is no such date.")) from None
    validate_year(day)
    if "day" in parts:
        return LooseDate(day, Precision.DAY)
    return LooseDate(day, Precision.MONTH if "month" in parts else Precision.YEAR)


class LooseDateField(forms.CharField):
    """A date known to the day, the month or the year; cleans to a LooseDate or None.

    ``ends=True`` stores the last day that is meant, so that no end stands before its start.
    """

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        self.ends = ends
        hint = _("A day as 01.03.2018, or only the month as 03.2018.")
        kwargs = {"required": False, "max_length": 30, "help_text": hint, **kwargs}
        super().__init__(**kwargs)

    def clean(self, value: Any) -> LooseDate | None:
        text = super().clean(value)
        return parse_loose_date(text) if text else None


def loose_text(day: date | None, precision: str) -> str:
    """What stands in the field of a stored date: as short as it can be typed."""
    if day is None or precision == Precision.DAY:
        return short_date(day, language="lv") if day else ""
    return f"{day:%m.}{day.year}." if precision == Precision.MONTH else str(day.year)


class AmountField(forms.CharField):
    """An amount or figure with at most two decimals, typed as people do; empty is not stated.

    ``currency`` is what may stand beside the number.
    """

    def __init__(self, *, currency: str = "EUR", is_signed: bool = False, **kwargs: Any) -> None:
        self.currency, self.is_signed = currency, is_signed
        super().__init__(**{"required": False, "max_length": 40, "strip": True, **kwargs})
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        amount = parse_amount(text, self.currency)
        if amount < 0 and not self.is_signed:
            raise ValidationError(_("This cannot be negative."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return format_number(value, language="lv") if isinstance(value, Decimal) else value
