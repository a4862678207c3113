"""The search page, and the same answer for the search window."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.lib.web import fragment_or_page
from portal.search import LONGEST, find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, by kind."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    context = {"q": typed, "sections": find(request.user, typed)}
    return fragment_or_page(request, "portal/search.html", context, "found")
