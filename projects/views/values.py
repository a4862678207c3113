"""Entered values: their approval and their evidence."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.access import can_approve_value, can_read_evidence, programmes_for
from projects.actions import approve_value
from projects.models import Logo

from .pages import refuse_unless
from .parts import visible_indicator


@require_POST
def value_approve(request: HttpRequest, code: str, indicator: str, pk: int) -> HttpResponse:
    row = visible_indicator(request, code, indicator)
    value = get_object_or_404(row.values, pk=pk)
    refuse_unless(can_approve_value(request.user, value))
    try:
        approve_value(value=value, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Approved; the value counts now."))
    return redirect(row.get_absolute_url())


@require_safe
def value_evidence(request: HttpRequest, code: str, indicator: str, pk: int) -> HttpResponseBase:
    """The file that proves a value, for those who may read names."""
    row = visible_indicator(request, code, indicator)
    refuse_unless(can_read_evidence(request.user, row.project))
    value = get_object_or_404(row.values.exclude(evidence=""), pk=pk)
    return _file(value.evidence, as_attachment=True)


@require_safe
def logo_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A logo, for those who may see its programme."""
    logo = get_object_or_404(Logo.objects.exclude(file=""), pk=pk)
    get_object_or_404(programmes_for(request.user), pk=logo.visual_set.programme_id)
    response = _file(logo.file, as_attachment=False)
    # A drawing opened on its own must not act in the portal's name.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def _file(stored: object, *, as_attachment: bool) -> FileResponse:
    """A stored file under its own name; one that was lost is not found."""
    try:
        opened = stored.open("rb")  # type: ignore[attr-defined]
    except OSError:
        raise Http404 from None
    name = PurePath(stored.name).name  # type: ignore[attr-defined]
    return FileResponse(opened, as_attachment=as_attachment, filename=name)
