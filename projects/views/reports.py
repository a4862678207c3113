"""Reporting periods of the projects one may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.lib.web import cut_table
from projects.access import EDITOR_ROLES, chosen_project, projects_for
from projects.models import Project, Report
from projects.tables import ReportTable


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    seen = Project.objects.visible_to(request.user)
    asked = request.GET.get("project")
    chosen = seen.filter(code=asked).first() if asked else None
    if asked is None:
        chosen = chosen_project(request.user, request.session)
    reports = Report.objects.filter(project__in=[chosen] if chosen else seen)
    table = ReportTable(reports.select_related("project"))
    cut_table(request, table)
    edits = projects_for(request.user, *EDITOR_ROLES)
    context = {
        "table": table,
        "project": chosen,
        "can_add": bool(chosen) and edits.filter(pk=chosen.pk).exists(),
    }
    return render(request, "projects/report_list.html", context)
