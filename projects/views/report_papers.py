"""The files of a version: handed out as they were made, or what they wait for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.lib.documents import hand_out
from portal.lib.workbook import XLSX
from projects import actions
from projects.access import can_edit_project
from projects.models import PaperKind, ReportPaper

from .pages import refuse_unless

TYPES = {PaperKind.PDF: "application/pdf", PaperKind.XLSX: XLSX}


def visible_paper(request: HttpRequest, pk: int) -> ReportPaper:
    rows = ReportPaper.objects.visible_to(request.user)
    rows = rows.select_related("version__report__project").defer("version__facts")
    paper = get_object_or_404(rows, pk=pk)
    request.chosen_project = paper.version.report.project  # type: ignore[attr-defined]
    return paper


@require_safe
def report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The very bytes that were made, or the version's page that says what they wait for."""
    paper = visible_paper(request, pk)
    if not paper.is_ready:
        messages.info(request, _("The paper is in line and will be made soon."))
        return redirect(paper)
    return hand_out(
        request,
        paper,
        TYPES[PaperKind(paper.kind)],
        altered=_("The stored file is not the one that was made, so it is not handed out."),
        back=f"{paper.get_absolute_url()}?damaged={paper.pk}",
    )


@require_POST
def report_paper_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed paper back in line, or have a damaged one made anew from the frozen facts."""
    paper = visible_paper(request, pk)
    refuse_unless(can_edit_project(request.user, paper.version.report.project))
    try:
        actions.retry_paper(paper=paper)
    except OSError:
        messages.error(
            request, _("The place where papers are kept does not answer now. Try again later.")
        )
    else:
        messages.success(request, _("The paper is in line again."))
    return redirect(paper)
