"""The paper itself: download, have it made at once, try again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certificates import actions
from certificates.access import can_have_made, can_issue
from certificates.models import Certificate
from portal.lib.documents import DamagedFileError, DocumentState
from portal.lib.web import download

from .certificates import visible_certificate


@require_safe
def certificate_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The issued bytes, or a page that says what they wait for. A GET makes nothing."""
    certificate = visible_certificate(request, pk)
    try:
        return _file(certificate) if certificate.is_ready else _wait(request, certificate)
    except DamagedFileError:
        return _wait(request, certificate, "damaged")
    except OSError:
        return _wait(request, certificate, "away")


@require_POST
def certificate_produce(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this one paper now and hand it over; a lost or damaged file is made anew."""
    certificate = visible_certificate(request, pk)
    if not can_have_made(request.user, certificate):
        raise PermissionDenied
    try:
        if certificate.is_ready and certificate.is_damaged():
            certificate = actions.retry_paper(paper=certificate)
    except OSError:
        return _wait(request, certificate, "away")
    certificate = actions.produce_now(certificate=certificate)
    if certificate.is_ready:
        return redirect("certificates:certificate_download", certificate.pk)
    if certificate.state == DocumentState.FAILED:
        messages.error(request, certificate.failure_in_words)
    else:
        messages.info(request, _("The paper is being made right now. Try again in a moment."))
    return redirect(certificate)


@require_POST
def certificate_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed paper back in line."""
    certificate = visible_certificate(request, pk)
    if not can_issue(request.user, certificate.project):
        raise PermissionDenied
    try:
        certificate = actions.retry_paper(paper=certificate)
    except OSError:
        return _wait(request, certificate, "away")
    if certificate.is_ready:
        messages.info(request, _("The paper is in order: issued bytes never change."))
    else:
        messages.success(request, _("The paper is in line again."))
    if request.POST.get("back") == "group":
        return redirect("certificates:group_certificates", certificate.group_id)
    return redirect(certificate)


def _wait(request: HttpRequest, certificate: Certificate, trouble: str = "") -> HttpResponse:
    """Why there is no file: it waits, it is "damaged", or its disk is "away" for the moment."""
    context = {
        "certificate": certificate,
        "trouble": trouble,
        "may_have_made": can_have_made(request.user, certificate),
    }
    status = 503 if trouble == "away" else 200
    return render(request, "certificates/certificate_wait.html", context, status=status)


def _file(certificate: Certificate) -> HttpResponse:
    return download(certificate.read(), "application/pdf", certificate.file_name)
