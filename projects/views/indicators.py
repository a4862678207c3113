"""The dashboard of a project's indicators, one figure with its rows, and their forms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib.calendar import months_between
from portal.lib.workbook import csv_response, workbook_response
from projects.access import can_approve_values, can_edit_project, can_read_evidence, chosen_project
from projects.forms import IndicatorForm
from projects.forms.dates import Clock, DayForm, period_ends
from projects.measures import (
    FigureTable,
    Reading,
    measure,
    open_figure,
    readings,
    readings_known_on,
)
from projects.models import FigureSnapshot, Indicator, IndicatorMethod, Project

from .charts import dashboard_charts
from .figures import indicator_sheet, rows_sheet, shown_columns, shown_rows
from .pages import Crumb, answer_archive, answer_form, refuse_unless, visible_project
from .parts import indicator_crumbs, project_crumbs, visible_indicator

TILES = 5


@require_safe
def indicator_list(request: HttpRequest, code: str = "") -> HttpResponse:
    """The dashboard of one project; without a code that of the chosen one, or all in short."""
    if code:
        return _dashboard(request, visible_project(request, code))
    asked = request.GET.get("project")
    if asked and Project.objects.visible_to(request.user).filter(code=asked).exists():
        return redirect("projects:indicator_list", asked)
    chosen = None if asked is not None else chosen_project(request.user, request.session)
    if chosen:
        return redirect("projects:indicator_list", chosen.code)
    return _all_projects(request)


def _dashboard(request: HttpRequest, project: Project) -> HttpResponse:
    form = DayForm(request.GET)
    clock = form.clock
    indicators = list(project.indicators.select_related("parent"))
    shows_archived = "archived" in request.GET
    shown = [each for each in indicators if each.is_archived == shows_archived]
    found = _readings(project, shown, clock)
    if request.GET.get("format") in {"xlsx", "csv"} and not form.errors:
        return _download(request, f"{project.code}-{clock.day}", indicator_sheet(found, clock))
    # Headlines first, then others in their order; what was put away is a table only.
    tiles = sorted(found, key=lambda each: not each.indicator.is_headline)[:TILES]
    tiles = [] if shows_archived else tiles
    context = {
        "project": project,
        "form": form,
        "clock": clock,
        "period_ends": period_ends(_day_of_reports(project)),
        "known_days": _known_days(project),
        "was_remembered": clock.known and _snapshots(project).filter(known_on=clock.day).exists(),
        "readings": found,
        "tiles": tiles,
        "shows_archived": shows_archived,
        "has_archived": any(each.is_archived for each in indicators),
        "has_demo": any(each.figure.demo for each in found),
        "has_even_plan": any(
            each.progress.plan and not each.progress.plan.is_stated for each in found
        ),
        "months": months_gone(project, clock.day),
        "elapsed": project.period.percent_elapsed(clock.day),
        "status": project.state,
        "charts": dashboard_charts(project, tiles, clock),
        "can_edit": can_edit_project(request.user, project),
    }
    return render(request, "projects/indicator_list.html", context)


def _day_of_reports(project: Project) -> date:
    """Today, or the day after a finished project ended: its reports speak of its own time."""
    today, last = timezone.localdate(), project.period.last_day
    return min(today, last + timedelta(days=1)) if last else today


def months_gone(project: Project, day: date) -> tuple[int, int | None]:
    """Whole months of the project that are over, and all of them."""
    period = project.period
    if period.first_day is None or period.last_day is None:
        return 0, None
    return months_between(period.first_day, min(day, period.last_day)), period.months


def _readings(project: Project, indicators: list[Indicator], clock: Clock) -> list[Reading]:
    """The project's indicators in their order, parts under what they are part of."""
    for each in indicators:
        each.project = project
    by_parent: dict[int | None, list[Indicator]] = {}
    known = {each.pk for each in indicators}
    for each in indicators:
        by_parent.setdefault(each.parent_id if each.parent_id in known else None, []).append(each)
    ordered = [one for top in by_parent.get(None, []) for one in _with_parts(top, by_parent)]
    if clock.known:
        return readings_known_on(ordered, clock.day)
    return readings(ordered, until=clock.until)


def _with_parts(top: Indicator, by_parent: dict[int | None, list[Indicator]]) -> list[Indicator]:
    return [
        top,
        *(one for part in by_parent.get(top.pk, []) for one in _with_parts(part, by_parent)),
    ]


def _snapshots(project: Project) -> QuerySet[FigureSnapshot]:
    return FigureSnapshot.objects.filter(indicator__project=project)


def _known_days(project: Project) -> list[Any]:
    """The last days whose figures are remembered."""
    days = _snapshots(project).order_by("-known_on").values_list("known_on", flat=True)
    return list(days.distinct()[:12])


def _all_projects(request: HttpRequest) -> HttpResponse:
    projects = list(Project.objects.visible_to(request.user).current().with_status())
    indicators = Indicator.objects.current().filter(project__in=projects, is_headline=True)
    found: dict[int, list[Reading]] = {each.pk: [] for each in projects}
    for reading in readings(indicators.select_related("project")):
        found[reading.indicator.project_id].append(reading)
    context = {"projects": [(each, found[each.pk]) for each in projects]}
    return render(request, "projects/indicator_overview.html", context)


def _download(request: HttpRequest, name: str, sheet: Any) -> HttpResponse:
    if request.GET["format"] == "csv":
        return csv_response(name, sheet)
    return workbook_response(name, [sheet])


@require_safe
def indicator_detail(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    row = visible_indicator(request, code, indicator)
    if row.parent:
        row.parent.project = row.project
    form = DayForm(request.GET)
    clock, key = form.clock, request.GET.get("row", "")
    table = _opened(row, clock, key)
    if request.GET.get("format") in {"xlsx", "csv"} and not form.errors:
        return _download(request, f"{code}-{row.code}-{clock.day}", rows_sheet(row, table))
    waiting = row.values.waiting().select_related("entered_by", "organisation", "source")
    edits = can_edit_project(request.user, row.project)
    reads = can_read_evidence(request.user, row.project)
    approves = reads and can_approve_values(request.user, row.project)
    context = {
        "indicator": row,
        "project": row.project,
        "form": form,
        "clock": clock,
        "key": key,
        "reading": readings([row], until=clock.until)[0],
        "table": table,
        "rows": shown_rows(table),
        "columns": shown_columns(table),
        "measure": measure(row.measure),
        "is_entered": row.method == IndicatorMethod.ENTERED,
        "plan": row.targets.select_related("organisation"),
        "parts": row.parts.current(),
        "waiting": [(each, approves and each.waits_for(request.user)) for each in waiting]
        if reads
        else [],
        "with_evidence": row.values.counted().exclude(evidence="") if reads else [],
        "can_edit": edits,
    }
    return render(request, "projects/indicator_detail.html", context)


def _opened(indicator: Indicator, clock: Clock, key: str) -> FigureTable:
    """The rows behind the figure; a row that is not there is a page that is not there."""
    try:
        return open_figure(indicator, until=clock.until, key=key)
    except (LookupError, ValueError, ObjectDoesNotExist) as error:
        if not key:
            raise
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_add(request: HttpRequest, code: str) -> HttpResponse:
    project = visible_project(request, code)
    refuse_unless(can_edit_project(request.user, project))
    listed = reverse("projects:indicator_list", args=[code])
    return answer_form(
        request,
        IndicatorForm(request.POST or None, owner=project),
        heading=_("Add an indicator"),
        back=listed,
        crumbs=project_crumbs(project, Crumb(_("Indicators"), listed)),
        then=Indicator.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    row = visible_indicator(request, code, indicator)
    refuse_unless(can_edit_project(request.user, row.project))
    back, crumbs = row.get_absolute_url(), indicator_crumbs(row)
    return answer_form(
        request,
        IndicatorForm(request.POST or None, instance=row, owner=row.project),
        heading=_("Change the indicator"),
        back=back,
        crumbs=crumbs,
        then=Indicator.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_archive(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    row = visible_indicator(request, code, indicator)
    refuse_unless(can_edit_project(request.user, row.project))
    return answer_archive(request, row, back=row.get_absolute_url())
