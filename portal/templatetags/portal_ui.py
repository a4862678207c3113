"""The small pieces of every page: icons, states, bars, tiles; numbers and days as people read."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from portal.lib import charts
from portal.lib.calendar import short_date
from portal.lib.money import format_amount, format_number, format_percent
from portal.lib.states import STATES, word_of
from portal.templatetags import portal_words

register = template.Library()
# One load gives the pieces and the words; `day` is the short name of the pages.
register.filters.update(portal_words.register.filters)
register.filter("day", portal_words.short_date)

ICONS = settings.BASE_DIR / "node_modules/@tabler/icons/icons/outline"
TONES = {"success": "ok", "error": "bad", "warning": "warn", "info": "info", "debug": "info"}
TONE_ICONS = {
    "ok": "circle-check",
    "bad": "alert-circle",
    "warn": "alert-triangle",
    "info": "info-circle",
}


@cache
def drawing(name: str) -> str:
    """The strokes of a Tabler icon; a missing one stops the page, so that it is seen at once."""
    path = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.exists():
        raise template.TemplateSyntaxError(
            f"There is no icon {name!r} among the outline icons of Tabler."
        )
    inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", path.read_text(), flags=re.S)
    inside = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inside)
    return re.sub(r"\s*\n\s*", "", inside)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon beside its word: ``{% icon "home" %}``; size "s" or "l". Never alone."""
    classes = f"icon icon-{size}" if size else "icon"
    return mark_safe(  # noqa: S308  our own installed drawing
        f'<svg class="{classes}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{drawing(name)}</svg>"
    )


@register.simple_tag
def state_badge(code: str, gender: str = "", small: bool = False) -> SafeString:
    """``{% state_badge session.state %}``; ``gender="masculine"`` beside such a Latvian noun."""
    state = STATES[str(code)]
    size = " state-s" if small else ""
    return format_html(
        '<span class="state state-{} state-{}{}">{}</span>',
        state.colour,
        state.mark,
        size,
        word_of(str(code), gender),
    )


@register.simple_tag
def demo_mark() -> SafeString:
    """Stands beside a figure that comes from invented rows."""
    return format_html(
        '<abbr class="demo-mark" title="{}">demo</abbr>',
        gettext("This figure comes from invented demonstration data."),
    )


@register.inclusion_tag("parts/_bar.html")
def target_bar(
    value: Any, target: Any, plan: Any = None, label: str = "", tone: str = "", small: bool = False
) -> dict[str, Any]:
    """The bar of a target, with a tick where the plan stands; hatched while there is no target."""
    return {"bar": charts.target_bar(label, value, target, plan), "tone": tone, "small": small}


@register.inclusion_tag("parts/_tile.html")
def tile(
    label: str,
    value: Any,
    target: Any = None,
    plan: Any = None,
    href: str = "",
    unit: str = "",
    demo: bool = False,
    has_target: bool = True,
) -> dict[str, Any]:
    """A figure first, its target beside it, its proof one click away."""
    return {
        "label": label,
        "value": value,
        "target": target,
        "plan": plan,
        "href": href,
        "unit": unit,
        "demo": demo,
        "has_target": has_target,
        "bar": charts.target_bar(label, value, target, plan),
    }


@register.inclusion_tag("parts/_job.html")
def job(
    title: str, done: int, total: int, failed: int = 0, failed_href: str = ""
) -> dict[str, Any]:
    """The progress of work in the background, with counts."""
    return {
        "title": title,
        "done": done,
        "total": total,
        "failed": failed,
        "failed_href": failed_href,
        "going": done + failed < total,
    }


@register.inclusion_tag("parts/_empty.html")
def empty(text: str, href: str = "", action: str = "", icon_name: str = "inbox") -> dict[str, Any]:
    """What belongs here, and the first step."""
    return {"text": text, "href": href, "action": action, "icon_name": icon_name}


@register.inclusion_tag("parts/_todo.html")
def todo(card: Any) -> dict[str, Any]:
    """A to-do card of Today (projects.doors.TodayCard): three lines and a link to the rest."""
    return {"card": card, "items": list(card.items)[:3], "today": timezone.localdate()}


@register.simple_tag
def site_name() -> str:
    """The portal's name, from the settings."""
    return settings.SITE_NAME or gettext("Training portal")


@register.simple_tag
def site_owner() -> str:
    """Who runs the portal, from the settings."""
    return settings.SITE_OWNER or gettext("Planning regions")


@register.inclusion_tag("parts/_demo_banner.html")
def demo_banner() -> dict[str, Any]:
    """Stands on every page of a demonstration, the error pages too."""
    return {"demo": settings.DEMO}


@register.filter
def error_heading(form: Any) -> str:
    """What a form says over its errors where nothing is saved by it, else nothing."""
    return str(getattr(form, "error_heading", ""))


@register.filter
def tone(level: str) -> str:
    """The colour of a message by its level."""
    return TONES.get(level.split()[-1] if level else "info", "info")


@register.filter
def tone_icon(level: str) -> str:
    return TONE_ICONS[tone(level)]


@register.filter
def initials(name: str) -> str:
    """At most two letters for the round mark of a person."""
    words = [word for word in re.split(r"[\s.@_-]+", name) if word]
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def stated(value: Any) -> Any:
    """What a source does not say is "not stated", never 0 and never an empty place."""
    if value is None or value == "":
        return format_html('<span class="missing">{}</span>', gettext("not stated"))
    return value


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """``3 099`` and ``12,5`` in Latvian, ``3,099`` and ``12.5`` in English; nothing for nothing."""
    return "" if value is None or value == "" else format_number(Decimal(str(value)), places)


@register.filter
def percent(value: Any, places: int = 1) -> str:
    """``64,1 %`` from 64.1."""
    return "" if value is None or value == "" else format_percent(Decimal(str(value)), places)


@register.filter
def money(value: Any, currency: str = "EUR") -> Any:
    """``791 256,19 €``; an amount that is not stated says so."""
    return stated(None) if value is None else format_amount(value, currency)


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time of day: ``12.03.2010. 10:41``."""
    return (
        f"{short_date(timezone.localdate(value))} {timezone.localtime(value):%H:%M}"
        if value
        else ""
    )


@register.filter
def time_left(due: date, today: date) -> str:
    """A deadline as people feel it: days when it is near, the day itself when it is not."""
    left = (due - today).days
    if left < 0:
        return gettext("overdue since %(day)s") % {"day": short_date(due)}
    if left == 0:
        return gettext("today")
    if left <= 28:
        return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return gettext("by %(day)s") % {"day": short_date(due)}


@register.filter
def is_soon(due: date, today: date) -> bool:
    """A deadline within seven days is loud."""
    return (due - today).days <= 7
