"""Indicators with their figures and the rows behind one as JSON; never a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import AuthenticationError, HttpError

from portal.lib.api import Code, Cut, Flag, Number, Page, PastDay, choice, number, reading
from projects.measures import Reading, by_month, open_figure, readings
from projects.models import Indicator

from .projects import shown_project

router = Router(tags=["indicators"])


class FigureAsked(Schema):
    """On which day a figure stands, and how it is split."""

    until: PastDay | None = choice(
        description="Events up to and including this day; today if left out."
    )
    split_by: Literal["month"] | None = choice(description="Also what each month added.")


class FiguresAsked(FigureAsked, Cut):
    demo: Flag | None = choice(description="Only figures with fictional rows in them, or without.")


class RowsAsked(FigureAsked):
    row: str = choice(default="", description="The key of a row, to open it.")


class SplitOut(Schema):
    """What one month added; a baseline was there before and belongs to none."""

    month: str
    value: Number


class IndicatorOut(Schema):
    """A figure against its promise. ``demo``: fictional rows are in it; null: not stated."""

    id: int
    code: str
    project: str
    name_lv: str
    name_en: str
    kind: str
    method: str
    measure: str
    unit_lv: str
    unit_en: str
    parent: str | None
    source: str | None
    is_headline: bool
    baseline: Number
    target: Number
    plan: Number
    plan_is_stated: bool | None
    value: Number
    percent: Number
    demo: bool
    until: date
    split: list[SplitOut] | None


class RowOut(Schema):
    """One row behind a figure: a group, a session, an event. Never a person."""

    label: str
    cells: dict[str, str | int | float | date | None]
    value: Number
    key: str
    demo: bool


class FigureOut(IndicatorOut):
    """An indicator with its rows; a row with a key opens a level deeper by ``?row=``."""

    heading: str
    rows: list[RowOut]
    total: Number


@reading(
    router,
    "/{code}/indicators",
    Page[IndicatorOut],
    summary="Indicators of a project with their figures",
    public=True,
)
def indicator_list(request: HttpRequest, code: Code, asked: Query[FiguresAsked]) -> dict[str, Any]:
    """Who has no part in it is shown the figures of the public page: headlines, as of today."""
    project = shown_project(request, code)
    indicators = project.indicators.current().select_related("parent", "source")
    if not project.is_own:
        if asked.until or asked.split_by:
            raise _not_told(request)
        indicators = indicators.filter(is_headline=True)
    found = list(indicators)
    for each in found:
        each.project = project
    told = _figures(found, asked)
    return asked.of_all([row for row in told if asked.demo in {None, row["demo"]}])


@reading(router, "/{code}/indicators/{indicator}", FigureOut, summary="One figure and its rows")
def indicator_detail(
    request: HttpRequest, code: Code, indicator: Code, asked: Query[RowsAsked]
) -> dict[str, Any]:
    project = shown_project(request, code)
    if not project.is_own:
        raise _not_told(request)
    found = project.indicators.current().select_related("parent", "source")
    shown = get_object_or_404(found, code=indicator)
    shown.project = project
    [told] = _figures([shown], asked)
    return {**told, **_rows(shown, asked.until, asked.row)}


def _not_told(request: HttpRequest) -> Exception:
    """Rows and other days: to a stranger signing in may help, to an account without a part nothing."""
    if request.user.is_authenticated:
        return HttpError(404, "Rows and figures of other days are for those with a part in it.")
    return AuthenticationError(message="Rows and figures of other days are for those who sign in.")


def _figures(indicators: list[Indicator], asked: FigureAsked) -> list[dict[str, Any]]:
    months = by_month(indicators, until=asked.until) if asked.split_by else {}
    return [
        {**_indicator(each), "split": _split(months.get(each.indicator.pk))}
        for each in readings(indicators, until=asked.until)
    ]


def _split(months: dict[date, Decimal] | None) -> Iterable[dict[str, Any]] | None:
    if months is None:
        return None
    return [{"month": f"{day:%Y-%m}", "value": number(months[day])} for day in sorted(months)]


def _indicator(reading: Reading) -> dict[str, Any]:
    indicator, progress = reading.indicator, reading.progress
    copied = ("code", "name_lv", "name_en", "kind", "method", "measure", "unit_lv", "unit_en")
    percent = progress.percent
    return {
        **{name: getattr(indicator, name) for name in (*copied, "id", "is_headline")},
        "project": indicator.project.code,
        "parent": indicator.parent.code if indicator.parent else None,
        "source": indicator.source.code if indicator.source else None,
        "baseline": number(indicator.baseline),
        "target": number(indicator.target),
        "plan": number(progress.plan.value) if progress.plan else None,
        "plan_is_stated": progress.plan.is_stated if progress.plan else None,
        "value": number(reading.figure.value),
        "percent": None if percent is None else float(round(percent, 2)),
        "demo": reading.figure.demo,
        "until": reading.day or timezone.localdate(),
    }


def _rows(indicator: Indicator, until: date | None, key: str) -> dict[str, Any]:
    try:
        table = open_figure(indicator, until=until, key=key)
    except (LookupError, ValueError, ObjectDoesNotExist) as error:
        raise HttpError(404, "There is no such row.") from error
    headings = [str(each) for each in table.cell_headings]
    return {
        "heading": str(table.heading),
        "rows": [
            {
                "label": str(row.label),
                "cells": dict(zip(headings, map(_cell, row.cells), strict=True)),
                "value": number(row.value),
                "key": row.key,
                "demo": row.demo,
            }
            for row in table.rows
        ],
        "total": number(table.total),
    }


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    return value if value is None or isinstance(value, int | date) else str(value)
