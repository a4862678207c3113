"""What only the demo shows: the letters it would have sent."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.mails import letters


@require_safe
@login_not_required
@never_cache
def sent_mails(request: HttpRequest) -> HttpResponse:
    """Letters with their sign-in codes; anywhere but in the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    found = letters(Path(settings.MAILS_DIR))
    return render(request, "portal/sent_mails.html", {"letters": found})
