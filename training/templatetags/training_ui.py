"""What the pages of training say: hours of a unit, and addresses of apps that may not be there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from portal.lib.calendar import hours, hours_in_words, month_short
from portal.lib.states import word_of
from portal.lib.text import is_latvian
from training.rules import Progress, Standing

register = template.Library()


@register.filter
def in_hours(minutes: int, unit: str) -> Decimal:
    """Minutes as hours of the programme's unit, to two decimals."""
    return round(hours(minutes, unit), 2)


@register.filter
def short_day(day: date) -> str:
    """A day in the head of a narrow column: ``12.03.``, ``12 Mar``."""
    return f"{day:%d.%m.}" if is_latvian() else f"{day.day} {month_short(day.month)}"


@register.simple_tag
def hours_text(minutes: int, unit: str) -> str:
    """Minutes as hours with their noun: ``8 akadēmiskās stundas``."""
    return hours_in_words(hours(minutes, unit), unit)


@register.simple_tag
def state_word(code: str) -> str:
    """The word of a state inside a line: ``slēgta``."""
    return word_of(code).lower()


@register.inclusion_tag("training/_share.html")
def share_bar(progress: Progress) -> dict[str, Any]:
    """How much of the marked hours a person attended, with a tick at the threshold."""
    tone = {
        Standing.REACHED: "ok",
        Standing.AT_RISK: "warn",
        Standing.OUT_OF_REACH: "bad",
    }
    share = progress.percent_of_marked or 0
    return {
        "fill": f"{min(share, 100):.1f}%",
        "tick": f"{progress.threshold}%",
        "tone": tone.get(progress.standing, "") if progress.standing else "",
    }


@register.simple_tag
def address(view: str, *args: Any) -> str:
    """The address of a page of a higher app; empty while it has none."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""
