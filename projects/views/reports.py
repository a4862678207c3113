"""Reports: their list, one report as its paper will read, and writing it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib.text import is_latvian
from portal.lib.web import cut_table
from projects import actions
from projects.access import (
    can_edit_project,
    can_judge_report,
    can_read_drafts,
    can_sign_report,
    chosen_project,
    projects_for,
)
from projects.forms import ReportTextsForm
from projects.models import (
    EDITOR_ROLES,
    Project,
    Report,
    ReportState,
    ReportStep,
    ReportVersion,
)
from projects.rules import charts_of, read_facts
from projects.tables import ReportTable

from .pages import refuse_unless
from .parts import project_crumbs
from .report_gaps import gaps_of

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    seen = Project.objects.visible_to(request.user)
    asked = request.GET.get("project")
    chosen = seen.filter(code=asked).first() if asked else None
    if asked is None:
        chosen = chosen_project(request.user, request.session)
    reports = Report.objects.filter(project__in=[chosen] if chosen else seen)
    editable = set(projects_for(request.user, *EDITOR_ROLES).values_list("pk", flat=True))
    rows = reports.with_reader(request.user).select_related("project")
    table = ReportTable(rows, exclude=() if editable else ("change",))
    table.editable = editable
    cut_table(request, table)
    context = {
        "table": table,
        "project": chosen,
        "can_add": chosen.pk in editable if chosen else bool(editable),
    }
    return render(request, "projects/report_list.html", context)


@require_safe
def report_choose(request: HttpRequest) -> HttpResponse:
    """For which project a period is added; where there is one only, nobody is asked."""
    own = list(projects_for(request.user, *EDITOR_ROLES).current())
    refuse_unless(bool(own))
    if len(own) == 1:
        return redirect("projects:report_add", own[0].code)
    return render(request, "projects/report_choose.html", {"projects": own})


def visible_report(request: HttpRequest, code: str, pk: int) -> Report:
    """The report of this page, or 404 for whoever may not read it; the nav follows its project."""
    rows = Report.objects.visible_to(request.user).filter(project__code=code)
    report = get_object_or_404(rows.select_related("project__programme", "project__lead"), pk=pk)
    request.chosen_project = report.project  # type: ignore[attr-defined]
    return report


def own_report(
    request: HttpRequest, code: str, pk: int, may: Callable[[Any, Report], bool]
) -> Report:
    """The report of this page, or a refusal to whoever may not do this with it."""
    report = visible_report(request, code, pk)
    refuse_unless(may(request.user, report))
    return report


def may_edit(user: Any, report: Report) -> bool:
    return can_edit_project(user, report.project)


@require_safe
def report_detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """While it is written: as its paper will read now. Later: the last version, as it was frozen."""
    report = visible_report(request, code, pk)
    reads_drafts = can_read_drafts(request.user, report)
    versions = report.versions.all() if reads_drafts else report.versions.sent()
    is_live = reads_drafts and report.is_open
    return _show(request, report, None if is_live else versions.last(), reads_drafts)


@require_safe
def report_version(request: HttpRequest, code: str, pk: int, number: int) -> HttpResponse:
    """One version as it was frozen, whatever has changed since."""
    report = visible_report(request, code, pk)
    visible = ReportVersion.objects.visible_to(request.user).filter(report=report)
    version = get_object_or_404(visible, number=number)
    return _show(request, report, version, can_read_drafts(request.user, report))


def _show(
    request: HttpRequest, report: Report, version: ReportVersion | None, reads_drafts: bool
) -> HttpResponse:
    facts = version.facts if version else actions.report_facts(report)
    said = read_facts(facts, _language())
    versions = report.versions.defer("facts").order_by("-number")
    steps = report.steps.select_related("user", "version").defer("version__facts")
    if not reads_drafts:
        versions, steps = versions.sent(), steps.filter(version__sent_at__isnull=False)
    shown_steps = list(steps.order_by("-at", "-pk"))
    # A version shows its own fate, which need not be that of the report today.
    own = (each.fate for each in shown_steps if version and each.version_id == version.pk)
    newest = versions[0].number if versions else 0
    is_last = version is None or version.number == newest
    context = {
        "report": report,
        "version": version,
        "is_last": is_last,
        "newest": newest,
        "seen": version.number if version else 0,
        "said": said,
        "charts": charts_of(said),
        "papers": version.papers.all() if version else (),
        "damaged": request.GET.get("damaged", ""),
        "versions": versions,
        "steps": shown_steps,
        "state": next(own, report.state),
        "returned": _last_return(shown_steps),
        "reads_drafts": reads_drafts,
        "gaps": list(gaps_of(report, facts)) if version is None and report.is_open else (),
        **_buttons(request.user, report, versions, is_last=is_last),
    }
    return render(request, "projects/report_detail.html", context)


def _last_return(steps: Iterable[ReportStep]) -> ReportStep | None:
    """Why the report was sent back last; ``steps`` from the newest."""
    return next((each for each in steps if each.is_return), None)


def _language() -> str:
    return "lv" if is_latvian() else "en"


def _buttons(
    user: Any, report: Report, versions: Collection[ReportVersion], *, is_last: bool
) -> dict[str, bool]:
    """What this person can do with the report as it stands, asked only where it may lead on."""
    signing, sent = report.state == ReportState.SIGNING, report.state == ReportState.SUBMITTED
    edits = may_edit(user, report)
    signs = is_last and signing and can_sign_report(user, report)
    judges = is_last and not report.is_open and can_judge_report(user, report)
    return {
        "edits": edits,
        "can_write": edits and report.is_open,
        "can_note": edits and report.is_open and not versions,
        "can_take_back": edits and is_last and signing,
        "can_sign": signs,
        "can_accept": judges and sent,
        "can_return": signs or (judges and not signing),
    }


@require_http_methods(GET_OR_POST)
def report_write(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """All texts of a report on one page, each beside the figures it is about."""
    report = own_report(request, code, pk, may_edit)
    if not report.is_open:
        messages.info(request, _("This report is submitted: nothing is written in it any more."))
        return redirect(report)
    form = ReportTextsForm(request.POST if request.method == "POST" else None, report=report)
    if form.is_bound and form.is_valid():
        try:
            actions.write_report(
                report=report, texts=form.texts, seen=form.cleaned_data["revision"]
            )
        except ValidationError as error:
            report = visible_report(request, code, pk)  # 404 where it was removed meanwhile
            form = form.after(report, error)
        else:
            messages.success(request, _("Saved: %(name)s") % {"name": report})
            return redirect(report)
    said = read_facts(actions.report_facts(report), _language())
    figures = {each["code"]: each for each in said["indicators"]}
    context = {
        "report": report,
        "form": form,
        "returned": _last_return(report.steps.select_related("user").order_by("-at", "-pk")),
        "indicators": form.of_indicators(figures),
        "crumbs": project_crumbs(report.project),
    }
    return render(
        request, "projects/report_write.html", context, status=422 if form.errors else 200
    )
