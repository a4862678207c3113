"""Projects, indicators and the rows behind a figure as JSON, read-only and to the same eyes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from projects.measures import Reading, open_figure, readings
from projects.models import Indicator, Project

router = Router(tags=["projects"])
type Number = int | float | None


class ProjectOut(Schema):
    """A project; a date known to the month only says so in its precision."""

    code: str
    title_lv: str
    title_en: str
    acronym: str
    programme: str
    lead: str | None
    state: str | None
    start: date | None
    start_precision: str
    end: date | None
    end_precision: str


class IndicatorOut(Schema):
    """A figure against its promise. ``demo``: fictional rows are in it; null: not stated."""

    code: str
    name_lv: str
    name_en: str
    kind: str
    method: str
    measure: str
    unit: str
    parent: str | None
    baseline: Number
    target: Number
    plan: Number
    plan_is_stated: bool | None
    value: Number
    percent: Number
    demo: bool
    until: date


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


def number(value: Decimal | None) -> Number:
    """A whole number as such, anything else with its decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@router.get("", response=list[ProjectOut], summary="Projects you may see")
def project_list(request: HttpRequest) -> list[dict[str, Any]]:
    seen = Project.objects.visible_to(request.user).current().with_status()
    return [_project(each) for each in seen.select_related("programme", "lead")]


@router.get("/{code}/indicators", response=list[IndicatorOut], summary="Indicators of a project")
def indicator_list(
    request: HttpRequest, code: str, until: date | None = None
) -> list[dict[str, Any]]:
    project = _visible(request, code)
    indicators = project.indicators.current().select_related("parent", "project")
    return [_indicator(each) for each in readings(indicators, until=until)]


@router.get("/{code}/indicators/{indicator}", response=FigureOut, summary="One figure and its rows")
def indicator_detail(
    request: HttpRequest, code: str, indicator: str, until: date | None = None, row: str = ""
) -> dict[str, Any]:
    project = _visible(request, code)
    found = project.indicators.current().select_related("parent", "project")
    shown = get_object_or_404(found, code=indicator)
    [reading] = readings([shown], until=until)
    return {**_indicator(reading), **_rows(shown, until, row)}


def _visible(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.user), code=code)


def _project(project: Project) -> dict[str, Any]:
    copied = ("code", "title_lv", "title_en", "acronym", "state")
    copied += ("start", "start_precision", "end", "end_precision")
    return {
        **{name: getattr(project, name) for name in copied},
        "programme": project.programme.code,
        "lead": project.lead.code if project.lead else None,
    }


def _indicator(reading: Reading) -> dict[str, Any]:
    indicator, progress = reading.indicator, reading.progress
    copied = ("code", "name_lv", "name_en", "kind", "method", "measure", "unit")
    percent = progress.percent
    return {
        **{name: getattr(indicator, name) for name in copied},
        "parent": indicator.parent.code if indicator.parent else None,
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
