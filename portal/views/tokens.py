"""One's own tokens: by which programs read, until when, and how to end one."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import actions
from portal.forms import TokenForm
from portal.models import ApiToken

USUAL = timedelta(days=90)
MOST_SHOWN = 100  # those in force are few; of the others the newest


@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens, and a form for a new one, whose secret this answer alone shows."""
    secret, status = "", 200
    form = TokenForm(request.POST or None, initial={"expires_on": timezone.localdate() + USUAL})
    if request.method == "POST":
        if form.is_valid():
            try:
                _token, secret = actions.make_token(user=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
        status = 200 if secret else 422
    context = {
        "form": None if secret else form,
        "secret": secret,
        "tokens": ApiToken.objects.filter(user=request.user)[:MOST_SHOWN],
        "example": request.build_absolute_uri(reverse("api-1:project_list")),
    }
    return render(request, "portal/token_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the own tokens, after saying what follows."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    if request.method == "POST":
        actions.revoke_token(token=token)
        return redirect("token_list")
    context = {
        "question": _("Revoke the token “%(name)s”?") % {"name": token},
        "consequences": [
            _("The system that uses it is refused from its next question on."),
            _("It cannot be brought back; a new one can be made."),
        ],
        "action": _("Revoke"),
        "back": reverse("token_list"),
    }
    return render(request, "parts/confirm.html", context)
