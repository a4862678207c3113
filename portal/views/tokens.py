"""One's own tokens: by which programs read, until when, and how to end one."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import actions
from portal.forms import TokenForm
from portal.lib.seal import seal, unseal
from portal.models import ApiToken
from portal.views.accounts import form_page

USUAL = timedelta(days=90)
MADE = "portal.token-made"  # the place in the session, and what the secret is sealed for
SHOWN_WITHIN = 5 * 60  # seconds from making it
MOST_SHOWN = 100  # those in force are few; of the others the newest


@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens; of one made just now the secret, which later looks do not show."""
    context = {
        "secret": _shown_once(request),
        "tokens": ApiToken.objects.filter(user=request.user)[:MOST_SHOWN],
        "example": request.build_absolute_uri(reverse("api-1:project_list")),
    }
    return render(request, "portal/token_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def token_make(request: HttpRequest) -> HttpResponse:
    """A new token, whose secret waits sealed in the session for the list, a few minutes at most."""
    form = TokenForm(request.POST or None, initial={"expires_on": timezone.localdate() + USUAL})
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = actions.make_token(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            request.session[MADE] = seal(secret, purpose=MADE)
            return redirect("token_list")
    return form_page(request, "portal/token_make.html", {"form": form})


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


def _shown_once(request: HttpRequest) -> str:
    """The secret made just now; whoever looks takes it out of the session.

    A request beside this one may write the session back as it has read it, the seal in it. Then a
    second look shows the secret too, to the same person; the age of the seal ends that.
    """
    sealed = request.session.pop(MADE, "") if request.method == "GET" else ""
    return (unseal(sealed, purpose=MADE, within=SHOWN_WITHIN) or "") if sealed else ""
