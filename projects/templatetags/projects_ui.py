"""Small pieces of the pages of projects: periods in words, links of a part, figures in tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from portal.lib.calendar import Period, Precision, period_in_words, short_date
from portal.lib.charts import TargetBar
from portal.lib.money import format_number, format_percent
from projects.forms.dates import Clock
from projects.measures import Reading
from projects.models import Indicator
from projects.rules import Comparison, Fact, in_unit, language_mark

register = template.Library()


@register.filter
def in_words(period: Period) -> str:
    """From when to when, as papers say it: "no 2022. gada oktobra līdz 2028. gada augustam"."""
    return period_in_words(period)


@register.inclusion_tag("projects/_row_links.html")
def part_links(noun: str, *keys: Any) -> dict[str, str]:
    """Change and remove one part: ``{% part_links "partner" project.code row.pk row.name %}``."""
    *where, name = keys
    return {
        "edit": reverse(f"projects:{noun}_edit", args=where),
        "remove": reverse(f"projects:{noun}_remove", args=where),
        "name": str(name),
    }


@register.simple_tag
def said_by(line: Comparison, source: Any) -> Sequence[Fact]:
    """What one source says on this line."""
    return line.said_by(source.pk if source else None)


@register.simple_tag
def indicator_href(reading: Reading, clock: Clock | None) -> str:
    """The rows behind a figure, on the day the page shows."""
    own = reading.indicator.get_absolute_url()
    return f"{own}?{clock.query}" if clock and clock.query else own


@register.inclusion_tag("parts/_bar.html")
def progress_bar(
    reading: Reading, tick: Decimal | None = None, small: bool = False
) -> dict[str, Any]:
    """The bar of a reading with its plan tick, or with a tick of one's own (time elapsed)."""
    progress = reading.progress
    at = progress.tick if tick is None else tick
    words = [str(reading.indicator.name)]
    if progress.percent is None:
        words.append(gettext("target not stated") if progress.target is None else "")
    else:
        words.append(format_percent(progress.percent))
    if progress.plan and tick is None:
        words.append(gettext("plan %(plan)s") % {"plan": format_number(progress.plan.value)})
    bar = TargetBar(
        label=", ".join(filter(None, words)),
        fill=None if progress.target is None else float(round(progress.bar, 2)),
        tick=None if at is None else float(round(at, 2)),
        percent=progress.percent,
        is_behind=progress.is_behind,
    )
    return {"bar": bar, "tone": "", "small": small}


@register.filter
def cell(value: Any) -> str:
    """A cell of a report's table: figures and days as people read them, a dash for nothing."""
    if isinstance(value, int | Decimal):
        return format_number(value)
    if isinstance(value, date):
        return short_date(value)
    return "–" if value is None or value == "" else str(value)


@register.filter
def at(row: Sequence[Any], place: int) -> Any:
    """What stands in a row at a place."""
    return row[place]


@register.filter
def said_amount(value: Any, unit: str) -> str:
    """What a source says: a figure with its unit, or its words."""
    return in_unit(value, unit) if isinstance(value, Decimal) else cell(value)


@register.filter
def month_long(day: date) -> str:
    """The month of a day in words: "2009. gada augusts", "August 2009"."""
    return short_date(day, Precision.MONTH)


@register.filter
def signed(value: Decimal | None) -> str:
    """A difference with its sign, "+70" or "−39"; a dash where nothing can be compared."""
    if value is None:
        return "–"
    return f"{'+' if value > 0 else ''}{format_number(value)}"


@register.filter
def has_even_plan(each: Mapping[str, Any]) -> bool:
    """Whether an indicator of a report carries the star: nobody stated its plan."""
    return each["plan"] is not None and not each["plan_is_stated"]


@register.filter
def any_even_plan(indicators: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a star among them needs its note."""
    return any(map(has_even_plan, indicators))


@register.filter
def lang(text: Any) -> SafeString:
    """The attribute that names the language of a text which stands in another than its page."""
    other = getattr(text, "lang", "")
    return format_html(' lang="{}"', other) if other else SafeString("")


@register.filter
def in_other_language(text: Any) -> SafeString:
    """The same for the eye, behind the text: "(in Latvian)"."""
    mark = language_mark(text)
    return (
        format_html(' <small class="other-language">{}</small>', mark) if mark else SafeString("")
    )


@register.inclusion_tag("parts/_bar.html")
def time_bar(elapsed: Decimal) -> dict[str, Any]:
    """The share of a project's time that is over."""
    words = gettext("%(percent)s of the time") % {"percent": format_percent(elapsed)}
    bar = TargetBar(words, float(round(elapsed, 2)), None, elapsed, is_behind=False)
    return {"bar": bar, "tone": "time", "small": False}


@register.inclusion_tag("projects/_row_links.html")
def edit_links(row: Any, code: str) -> dict[str, str]:
    """Change and remove the row behind a published fact; an indicator is changed on its page."""
    name = str(row.label)
    if isinstance(row, Indicator):
        return {"edit": reverse("projects:indicator_edit", args=[code, row.code]), "name": name}
    return part_links(row._meta.model_name, code, row.pk, name)
