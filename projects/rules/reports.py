"""Reports: how facts are frozen for ever and read again in a language; what is drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from portal.lib.charts import BurnUp, MonthBars, MonthFigure, TargetBar, burn_up, month_bars
from portal.lib.money import format_number, format_percent
from portal.lib.names import in_both

from .progress import Plan, Progress

# 166 × 69 mm at 96 dots to the inch: the chart of a report's first page.
CHART_HEIGHT = 260


def is_final(period_end: date, project_end: date | None) -> bool:
    """Whether a period reaches the end of its project."""
    return project_end is not None and period_end >= project_end


def report_code(project_code: str, number: int) -> str:
    """The number under which the papers of a report go: "LLI-317-P02"."""
    return f"{project_code.upper()}-P{number:02d}"


class Said(str):
    """A text in the language of its reader, or in ``lang`` where it exists in the other only."""

    lang: str = ""


def language_mark(text: Any) -> str:
    """What stands beside a text that exists in the other language only: "(in Latvian)"."""
    match getattr(text, "lang", ""):
        case "lv":
            return f"({gettext('in Latvian')})"
        case "en":
            return f"({gettext('in English')})"
    return ""


def marked(text: Any) -> Any:
    """A text with that mark, where nothing but letters can carry it."""
    mark = language_mark(text)
    return f"{text} {mark}" if mark else text


def freeze(facts: Any) -> Any:
    """Facts as JSON keeps them: numbers and days to the last digit, words in both languages."""
    if isinstance(facts, Mapping):
        return {key: freeze(value) for key, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [freeze(each) for each in facts]
    if isinstance(facts, Decimal):
        return {"number": f"{facts:f}"}
    if isinstance(facts, date):
        return {"day": facts.isoformat()}
    return in_both(lambda: facts) if isinstance(facts, Promise) else facts


def thaw(facts: Any, language: str) -> Any:
    """The frozen facts as one reads them in ``language``."""
    if isinstance(facts, list):
        return [thaw(each, language) for each in facts]
    if not isinstance(facts, dict):
        return facts
    match sorted(facts):
        case ["number"]:
            return Decimal(facts["number"])
        case ["day"]:
            return date.fromisoformat(facts["day"])
        case ["en", "lv"]:
            return _in_language(facts, language)
    return {key: thaw(value, language) for key, value in facts.items()}


def read_facts(facts: Any, language: str) -> dict[str, Any]:
    """The same with the language they were read in, for whoever draws or writes them."""
    return {**thaw(facts, language), "language": language}


def _in_language(told: dict[str, Any], language: str) -> Any:
    """What stands in one language, else in the other, marked as such."""
    other = "lv" if language == "en" else "en"
    chosen = told[language] or told[other]
    if not isinstance(chosen, str):
        return thaw(chosen, language)
    said = Said(chosen)
    said.lang = "" if told[language] or not chosen else other
    return said


def bar_of(figure: Mapping[str, Any]) -> TargetBar:
    """The bar of a figure on the first page."""
    plan = None if figure["plan"] is None else Plan(figure["plan"], figure["plan_is_stated"])
    progress = Progress(figure["value"], figure["target"], figure["baseline"], plan)
    words = [figure["name"]]
    words += [format_percent(progress.percent)] if progress.percent is not None else []
    words += [gettext("plan %(plan)s") % {"plan": format_number(plan.value)}] if plan else []
    return TargetBar(
        label=", ".join(words),
        fill=None if progress.percent is None else float(round(progress.bar, 2)),
        tick=None if progress.tick is None else float(round(progress.tick, 2)),
        percent=progress.percent,
        is_behind=progress.is_behind,
    )


def charts_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a report draws from its figures, in the active language: bars, a curve, months."""
    known = {each["code"]: each for each in said["indicators"]}
    first = [known[code] for code in said["headlines"]]
    return {
        "headlines": [{"figure": each, "bar": bar_of(each)} for each in first],
        "curve": _curve(said["curve"]) if said["curve"] else None,
        "months": _months(said["months"], said["report"]) if said["months"] else None,
    }


def _curve(facts: Mapping[str, Any]) -> BurnUp:
    return burn_up(
        facts["name"],
        facts["first"],
        facts["last"],
        actual=facts["actual"],
        plan=facts["plan"],
        target=facts["target"],
        height=CHART_HEIGHT,
    )


def _months(facts: Mapping[str, Any], report: Mapping[str, Any]) -> MonthBars:
    """The months of the report stand out among those before."""
    figures = [MonthFigure(*each) for each in facts["figures"]]
    return month_bars(facts["name"], figures, period=(report["period_start"], report["period_end"]))
