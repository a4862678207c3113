"""Public verification: whoever holds the paper may compare it with what was issued."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.forms import VerificationForm
from certificates.models import Certificate
from certificates.rules import token_of


@login_not_required
@never_cache
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Takes the code printed on the paper and leads to the certificate."""
    form = VerificationForm(request.GET or None)
    if form.is_valid():
        return _unseen(redirect("certificates:verify", form.cleaned_data["code"]))
    return _unseen(render(request, "certificates/verify_form.html", {"form": form}))


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Says whether the certificate is valid and what it says; never anything but what it says."""
    found = (
        Certificate.objects.by_token(token).select_related("successor").first()
        if token_of(token)
        else None
    )
    context = {"certificate": found, "checked_at": timezone.now()}
    status = 200 if found else 404
    return _unseen(render(request, "certificates/verify.html", context, status=status))


def _unseen(response: HttpResponse) -> HttpResponse:
    """No search engine lists it, no other site learns the address from the browser.

    Without any referrer the page's own forms, such as the language switch, would come from
    nowhere and be refused as forged.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
