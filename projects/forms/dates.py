"""On which day a dashboard stands: today's rows up to a day, or what was known on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import validate_year
from portal.lib.widgets import DateInput


@dataclass(frozen=True)
class Clock:
    """The day of the figures. ``known``: as remembered that evening; else today's rows up to it."""

    day: date
    is_today: bool = True
    known: bool = False

    @property
    def until(self) -> date | None:
        """What to ask the figures for: without a chosen day there is no limit."""
        return None if self.is_today else self.day

    @property
    def query(self) -> str:
        """The part of an address that keeps this day."""
        if self.is_today:
            return ""
        return f"{'known' if self.known else 'until'}={self.day.isoformat()}"


class DayForm(forms.Form):
    """``?until=2026-10-31`` or ``?known=2026-10-31``."""

    until = forms.DateField(
        label=_("up to"), required=False, widget=DateInput, validators=[validate_year]
    )
    known = forms.DateField(
        label=_("as known on"),
        required=False,
        widget=forms.HiddenInput,
        validators=[validate_year],
    )

    def __init__(self, data: Any = None) -> None:
        # An address without a day is no mistake, so the form is bound only if one is given.
        given = data is not None and (data.get("until") or data.get("known"))
        super().__init__(data if given else None)

    @property
    def clock(self) -> Clock:
        """The chosen day; today while none, or a wrong one, is chosen."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        for name in ("known", "until"):
            if chosen.get(name):
                return Clock(chosen[name], is_today=False, known=name == "known")
        return Clock(timezone.localdate())


def period_ends(today: date) -> list[date]:
    """The last three days at which people report: end of the year, half-year and month before."""
    first = today.replace(day=1)
    half = first.replace(month=7 if first.month > 6 else 1)
    ends = {first.replace(month=1), half, first}
    return sorted(each - timedelta(days=1) for each in ends)
