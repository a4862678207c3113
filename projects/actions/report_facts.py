"""Gathers what a report says: read live for the draft, frozen when it is submitted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from portal.lib.names import both, in_both
from projects import doors
from projects.doors import ReportTable
from projects.measures import Reading, by_month, figures, measure, readings
from projects.models import (
    Activity,
    Funding,
    Indicator,
    Project,
    Report,
    ReportPart,
    ReportText,
)
from projects.rules import (
    LEAST_MONTHS,
    Agreement,
    Comparison,
    compare,
    freeze,
    growth,
    last_months,
)

HEADLINES = 5  # on the first page
NO_TEXT = {"lv": "", "en": ""}


def report_facts(report: Report, *, version: int = 0) -> dict[str, Any]:
    """All that is told on the days of the report, as JSON keeps it; 0 is a draft.

    The page of a draft and the submission call the same function.
    """
    project = report.project
    told = _texts(report)
    read = readings(_indicators(project), until=report.period_end)
    months = by_month([each.indicator for each in read], until=report.period_end)
    tables = sorted(
        (table for ask in doors.report_tables for table in ask(report)),
        key=lambda table: table.position,
    )
    rows = _indicator_facts(report, read, told)
    found: dict[str, Any] = freeze(
        {
            "report": _about(report, version),
            "project": _project(project),
            "summary": told.get(ReportPart.SUMMARY, NO_TEXT),
            "next_steps": told.get(ReportPart.NEXT_STEPS, NO_TEXT),
            "statement": told.get(ReportPart.STATEMENT) or default_statement(project),
            "indicators": rows,
            "headlines": _headlines(read),
            "target_sources": _target_sources(read),
            "activities": list(_activities(project, told)),
            "tables": [_table(each) for each in tables],
            "money": [_money(each) for each in _funding(project)],
            "discrepancies": list(_discrepancies(project)),
            "curve": _curve(project, report, read, months),
            "months": _months(read, months),
            "demo": any(each["demo"] for each in rows)
            or any(row.demo for table in tables for row in (*table.rows, *table.totals)),
        }
    )
    return found


def default_statement(project: Project) -> dict[str, str]:
    """What the responsible partner states where nobody worded it otherwise."""
    lead = project.lead
    if lead is None:
        return NO_TEXT
    name = {"lv": lead.name_lv or lead.name_en, "en": lead.name_en or lead.name_lv}
    return {
        "lv": f"Par šī pārskata saturu atbild tikai {name['lv']}. Pārskata rādītāji ir skaitīti no"
        " portālā uzkrātajiem datiem; dalībnieku vārdi pārskatā netiek nodoti.",
        "en": f"The content of this report is the sole responsibility of {name['en']}. Its figures"
        " are counted from the data kept in the portal; no names of participants are passed on.",
    }


def key_of(text: ReportText) -> Any:
    """By what a text is found: its part, or the part and what it is about."""
    about = text.activity_id or text.indicator_id
    return (text.part, about) if about else ReportPart(text.part)


def _texts(report: Report) -> dict[Any, dict[str, str]]:
    found = {key_of(each): both(each, "text") for each in report.texts.all()}
    return {key: words for key, words in found.items() if any(words.values())}


def _indicators(project: Project) -> list[Indicator]:
    rows = project.indicators.current().select_related("parent", "source")
    found = list(rows)
    for each in found:
        each.project = project
    return found


def _about(report: Report, version: int) -> dict[str, Any]:
    return {
        "name": in_both(lambda: report.name),
        "code": report.code,
        "version": version,
        "period_start": report.period_start,
        "period_end": report.period_end,
    }


def _project(project: Project) -> dict[str, Any]:
    printed = project.identifiers.filter(is_printed=True).first()
    return {
        "title": both(project, "title"),
        "number": printed.number if printed else "",
        "programme": both(project.programme),
        "lead": both(project.lead) if project.lead else NO_TEXT,
        "lead_number": project.lead.register_number if project.lead else "",
    }


def _indicator_facts(
    report: Report, read: Sequence[Reading], told: Mapping[Any, dict[str, str]]
) -> list[dict[str, Any]]:
    before = figures([each.indicator for each in read], until=report.eve)
    return [_indicator(each, before[each.indicator.pk].value, told) for each in read]


def _indicator(
    reading: Reading, before: Decimal | None, told: Mapping[Any, dict[str, str]]
) -> dict[str, Any]:
    indicator, value, plan = reading.indicator, reading.figure.value, reading.progress.plan
    # Where nothing was entered yet, a figure stood at its baseline.
    began = (indicator.baseline or Decimal(0)) if before is None else before
    return {
        "code": indicator.code,
        "name": both(indicator),
        "unit": both(indicator, "unit"),
        "parent": both(indicator.parent) if indicator.parent else "",
        "method": _method(indicator),
        "baseline": indicator.baseline,
        "target": indicator.target,
        "before": before,
        "in_period": None if value is None else value - began,
        "value": value,
        "plan": plan.value if plan else None,
        "plan_is_stated": plan.is_stated if plan else False,
        "deviation": None if plan is None or value is None else value - plan.value,
        "is_behind": reading.progress.is_behind,
        "demo": reading.figure.demo,
        "comment": told.get((ReportPart.INDICATOR, indicator.pk), NO_TEXT),
    }


def _method(indicator: Indicator) -> Any:
    """How the figure comes about, for the notes under it."""
    counted = measure(indicator.measure) if indicator.measure else None
    label = counted.label if counted else gettext_lazy("Entered with evidence and approved")
    return in_both(lambda: label)


def _headlines(read: Sequence[Reading]) -> list[str]:
    """The codes of the first page: what the public sees first, then the others in their order."""
    ordered = sorted(read, key=lambda each: not each.indicator.is_headline)
    whole = [each for each in ordered if each.indicator.parent is None]
    return [each.indicator.code for each in whole[:HEADLINES]]


def _target_sources(read: Sequence[Reading]) -> list[str]:
    sources = [each.indicator.source for each in read if each.indicator.target is not None]
    return list(dict.fromkeys(each.title for each in sources if each))


def _activities(project: Project, told: Mapping[Any, dict[str, str]]) -> Iterator[dict[str, Any]]:
    for activity, depth in activities_in_order(project):
        yield {
            "code": activity.code,
            "name": both(activity),
            "depth": depth,
            "text": told.get((ReportPart.ACTIVITY, activity.pk), NO_TEXT),
        }


def activities_in_order(project: Project) -> Iterator[tuple[Activity, int]]:
    """Each activity with its depth, the parts of one under it."""
    rows: dict[int | None, list[Activity]] = {}
    for each in project.activities.all():
        rows.setdefault(each.parent_id, []).append(each)

    def below(parent: int | None, depth: int) -> Iterator[tuple[Activity, int]]:
        for each in rows.get(parent, ()):
            yield each, depth
            yield from below(each.pk, depth + 1)

    yield from below(None, 0)


def _table(table: ReportTable) -> dict[str, Any]:
    width = len(table.headings)
    rows, totals = (
        [{"cells": list(row.cells)[:width], "demo": row.demo} for row in found]
        for found in (table.rows, table.totals)
    )
    return {
        "code": table.code,
        "title": _both_ways(table.title),
        "headings": [_both_ways(each) for each in table.headings],
        # Which columns hold figures: those stand at the right.
        "figures": [
            any(isinstance(row.cells[place], int | Decimal) for row in (*table.rows, *table.totals))
            for place in range(width)
        ],
        "rows": rows,
        "totals": totals,
        "note": _both_ways(table.note),
        "nothing": _both_ways(table.nothing),
    }


def _both_ways(words: str | Promise) -> dict[str, str]:
    return in_both(lambda: words)


def _funding(project: Project) -> Iterable[Funding]:
    rows = project.funding.select_related("source", "organisation", "funder")
    return sorted(rows, key=lambda row: row.weight)


def _money(row: Funding) -> dict[str, Any]:
    return {
        "label": in_both(lambda: row.label),
        "partner": both(row.organisation) if row.organisation else "",
        "stage": in_both(row.get_stage_display),
        "amount": row.amount,
        "currency": row.currency,
        "source": row.source.title if row.source else "",
        "as_stated": row.as_stated,
    }


def _discrepancies(project: Project) -> Iterator[dict[str, Any]]:
    """What the sources of the project state differently, each with its words."""
    for each in compare(project.facts()):
        if each.agreement == Agreement.DISAGREE:
            yield {"label": _label(each), "said": [_said(fact) for fact in each.facts]}


def _label(comparison: Comparison) -> dict[str, str]:
    row = comparison.facts[0].row
    named = [each for each in ("label", "name") if hasattr(row, f"{each}_lv")]
    label = both(row, named[0]) if named else in_both(lambda: row.label)
    partner = f" · {row.organisation}" if row.organisation else ""
    return {language: words and f"{words}{partner}" for language, words in label.items()}


def _said(fact: Any) -> dict[str, Any]:
    row, value = fact.row, fact.value
    if not isinstance(value, Decimal):
        # A day, or words in the language of the source, where it is told in neither.
        told = both(row, "text") if hasattr(row, "text_lv") else {}
        value = told if any(told.values()) else in_both(lambda: row.fact().value or "")
    return {
        "source": row.source.title if row.source else "",
        "value": value,
        "unit": both(row, "unit") if hasattr(row, "unit_lv") else fact.unit,
    }


type Months = Mapping[int, Mapping[Any, Decimal]]


def _curve(
    project: Project, report: Report, read: Sequence[Reading], months: Months
) -> dict[str, Any] | None:
    """The way of the first figure that grows in time towards a target, also one still at nought."""
    if not project.period.first_day or project.period.first_day > report.period_end:
        return None
    with_target = [each for each in read if each.progress.target]
    grows = [each for each in with_target if months[each.indicator.pk] or not each.figure.value]
    if not grows:
        return None
    reading = grows[0]
    way = growth(
        months[reading.indicator.pk],
        start=project.period.first_day,
        end=project.period.last_day,
        known=report.period_end,
        baseline=reading.indicator.baseline,
        plan=reading.plan_on,
    )
    return {
        "name": both(reading.indicator),
        "first": way.first,
        "last": way.last,
        "actual": way.actual,
        "plan": way.plan,
        "target": reading.indicator.target,
        "demo": reading.figure.demo,
    }


def _months(read: Sequence[Reading], months: Months) -> dict[str, Any] | None:
    """What each of the last months added to the last figure that grows."""
    growing = [each for each in read if len(months[each.indicator.pk]) >= LEAST_MONTHS]
    if not growing:
        return None
    reading = growing[-1]
    return {
        "name": both(reading.indicator),
        "figures": last_months(months[reading.indicator.pk]),
        "demo": reading.figure.demo,
    }
