"""The page of jobs: papers that wait, are being made, or failed; and trying again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal import actions
from portal.jobs import jobs_of, kinds
from portal.lib.documents import Priority
from portal.lib.web import fragment_or_page


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """The papers on their way that this person may know of; the list asks again by itself."""
    return fragment_or_page(
        request, "portal/job_list.html", {"jobs": jobs_of(request.user)}, "jobs"
    )


@require_POST
def job_retry(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put one failed paper back in line, before those made behind."""
    model = kinds().get(kind)
    if model is None:
        raise Http404
    paper = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    if not model.objects.run_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    count = actions.retry_papers(
        by=request.user, papers=model.objects.filter(pk=pk), priority=Priority.SOMEONE_WAITS
    )
    if count:
        words = {"paper": paper}
        messages.success(request, _("%(paper)s is in line again.") % words)
    else:
        messages.info(request, _("Nothing to try again: this paper did not fail."))
    return redirect("job_list")


@require_POST
def job_retry_all(request: HttpRequest) -> HttpResponse:
    """Put every failed paper the person answers for back in line."""
    count = sum(
        actions.retry_papers(by=request.user, papers=model.objects.all(), priority=Priority.ISSUED)
        for model in kinds().values()
    )
    if count:
        words = ngettext(
            "%(count)d paper is in line again.", "%(count)d papers are in line again.", count
        )
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Nothing to try again: no paper of yours has failed."))
    return redirect("job_list")
