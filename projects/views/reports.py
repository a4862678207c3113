"""Reporting periods of the projects one may see, and when their reports were sent in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.lib.web import cut_table
from projects import actions
from projects.access import EDITOR_ROLES, can_edit_project, chosen_project, projects_for
from projects.forms import SubmissionForm
from projects.models import Project, Report
from projects.tables import ReportTable

from .pages import answer_form, refuse_unless, visible_project
from .parts import project_crumbs, project_page


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    seen = Project.objects.visible_to(request.user)
    asked = request.GET.get("project")
    chosen = seen.filter(code=asked).first() if asked else None
    if asked is None:
        chosen = chosen_project(request.user, request.session)
    reports = Report.objects.filter(project__in=[chosen] if chosen else seen)
    editable = set(projects_for(request.user, *EDITOR_ROLES).values_list("pk", flat=True))
    table = ReportTable(reports.select_related("project"), exclude=() if editable else ("change",))
    table.editable = editable
    cut_table(request, table)
    context = {
        "table": table,
        "project": chosen,
        "can_add": bool(chosen) and chosen.pk in editable,
    }
    return render(request, "projects/report_list.html", context)


def editable_report(request: HttpRequest, code: str, pk: int) -> Report:
    """The report of this page, or a refusal to whoever may not run its project."""
    project = visible_project(request, code)
    report = get_object_or_404(project.reports, pk=pk)
    refuse_unless(can_edit_project(request.user, project))
    report.project = project
    return report


@require_http_methods(["GET", "HEAD", "POST"])
def report_submit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = editable_report(request, code, pk)
    return answer_form(
        request,
        SubmissionForm(request.POST or None, instance=report),
        heading=_("The report was submitted"),
        lead=_("The portal does not send the report; it notes that you did."),
        back=project_page(report.project, "reports"),
        crumbs=project_crumbs(report.project),
        save=lambda filled: actions.note_submission(report=filled, on=filled.submitted_on),
    )


@require_POST
def report_take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = editable_report(request, code, pk)
    try:
        actions.take_back_submission(report=report)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("To be submitted again: %(name)s") % {"name": report})
    return redirect(project_page(report.project, "reports"))
