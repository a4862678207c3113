"""The list of certificates, one certificate, taking it back, issuing anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from certificates import actions
from certificates.access import can_have_made, can_read_list, can_read_names, can_revoke
from certificates.filters import STATES, CertificateFilter
from certificates.forms import ReissueForm, RevokeForm
from certificates.models import Certificate
from certificates.tables import CertificateTable, sheet
from portal.lib.web import cut_table
from portal.lib.workbook import csv_response, workbook_response


@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Certificates within reach, filtered by the address; the same as a workbook."""
    if not can_read_list(request.user):
        raise PermissionDenied
    visible = Certificate.objects.visible_to(request.user)
    found = CertificateFilter(request.GET, visible, user=request.user)
    rows = found.qs if found.is_valid() else visible.none()
    match request.GET.get("export"):
        case "xlsx":
            return workbook_response(_("certificates"), [sheet(rows)])
        case "csv":
            return csv_response(_("certificates"), sheet(rows))
    table = CertificateTable(rows.select_related("group").defer("facts"))
    cut_table(request, table)
    context = {"table": table, "filter": found, "pills": _pills(request, visible)}
    return render(request, "certificates/certificate_list.html", context)


def _pills(request: HttpRequest, visible: QuerySet[Certificate]) -> list[dict[str, Any]]:
    """The states with their counts under all other choices of the filter."""
    rest = request.GET.copy()
    for name in ("state", "page", "sort"):
        rest.pop(name, None)
    others = CertificateFilter(rest, visible, user=request.user)
    rows = others.qs if others.is_valid() else visible.none()
    counts = rows.order_by().aggregate(
        all=Count("pk"),
        valid=Count("pk", filter=Q(revoked_on__isnull=True)),
        revoked=Count("pk", filter=Q(revoked_on__isnull=False)),
        waiting=Count("pk", filter=Q(state="waiting")),
        failed=Count("pk", filter=Q(state="failed")),
    )
    chosen = request.GET.get("state", "")
    pills = []
    for code, label in [("", pgettext("certificates", "All")), *STATES]:
        query = rest.copy()
        if code:
            query["state"] = code
        pills.append(
            {
                "label": label,
                "count": counts[code or "all"],
                "query": query.urlencode(),
                "chosen": code == chosen,
            }
        )
    return pills


@require_safe
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was issued, the state of its paper, and what can be done."""
    certificate = visible_certificate(request, pk)
    context = {
        "certificate": certificate,
        "may_revoke": can_revoke(request.user, certificate),
        "may_have_made": can_have_made(request.user, certificate),
        "may_read_history": can_read_names(request.user, certificate.project),
    }
    return render(request, "certificates/certificate_detail.html", context)


def visible_certificate(request: HttpRequest, pk: int) -> Certificate:
    rows = Certificate.objects.visible_to(request.user).select_related(
        "participant", "group__programme", "project", "issued_by", "revoked_by", "replaces"
    )
    certificate = get_object_or_404(rows, pk=pk)
    request.chosen_project = certificate.project  # type: ignore[attr-defined]
    return certificate


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a certificate back, with a reason the public may read."""
    certificate = visible_certificate(request, pk)
    if not can_revoke(request.user, certificate):
        raise PermissionDenied
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_certificate(
                certificate=certificate,
                reason=form.cleaned_data["reason"],
                revoked_by=request.user,
            )
        except actions.CannotIssueError as error:
            messages.warning(request, str(error))
        else:
            messages.success(
                request, _("%(number)s is revoked.") % {"number": certificate.display_number}
            )
        return redirect(certificate)
    context = {
        "question": _("Revoke certificate %(number)s?") % {"number": certificate.display_number},
        "consequences": [
            _("Whoever scans its code sees at once that it is revoked, since when and why."),
            _("The number stays taken and the paper stays kept."),
            _("It no longer counts in the indicators of the project."),
        ],
        "action": _("Revoke"),
        "back": certificate.get_absolute_url(),
        "form": form,
        "reason": None,
    }
    return render(request, "parts/confirm.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke and issue anew, as the person and the hours stand today."""
    certificate = visible_certificate(request, pk)
    if not can_revoke(request.user, certificate):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = ReissueForm(posted, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.reissue_certificate(
                certificate=certificate,
                reason=form.cleaned_data.get("reason", ""),
                template=form.cleaned_data["template"],
                issued_by=request.user,
            )
        except actions.CannotIssueError as error:
            form.add_error(None, str(error))
        else:
            text = _("%(new)s is issued in place of %(old)s.")
            numbers = {"new": new.display_number, "old": certificate.display_number}
            messages.success(request, text % numbers)
            return redirect(new)
    context = {"certificate": certificate, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "certificates/certificate_reissue.html", context, status=status)


@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    """The certificates of the person who is signed in."""
    rows = (
        Certificate.objects.filter(participant__user=request.user)
        .select_related("project", "group", "participant")
        .order_by("-issued_on", "-pk")
    )
    return render(request, "certificates/my_certificates.html", {"certificates": rows})
