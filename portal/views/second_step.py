"""The second step of signing in: setting it up, and an administrator's way out of a lost telephone.

allauth keeps the devices and asks for them; what is here leads people through.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import actions
from portal.access import can_reset_second_step, is_last_device, must_have_second_step
from portal.forms import ReasonForm
from portal.views.accounts import account_of, form_page


@require_safe
def mfa_index(request: HttpRequest) -> HttpResponse:
    """What the account has, and why and how to set up what it lacks."""
    rows = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    kinds = {row.type: row.wrap() for row in rows}
    context = {
        "app": kinds.get(Authenticator.Type.TOTP),
        "keys": [row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        "codes": kinds.get(Authenticator.Type.RECOVERY_CODES),
        "has_any": bool(rows),
        "is_required": must_have_second_step(request.user),
        "keys_work": _has_a_name(request),
    }
    return render(request, "mfa/index.html", context)


class ActivateTotp(totp.ActivateTOTPView):
    """An app on a telephone. Whoever has set it up here has proven it here."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return answer


class AddPasskey(webauthn.AddWebAuthnView):
    """A passkey of this device, or a key one plugs in."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "keys_work": _has_a_name(self.request)}


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """Take a key away; the last one stays where the account may not be without."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if is_last_device(self.get_object()):
            messages.error(self.request, _("Set up another device first, then remove this one."))
            return redirect("mfa_index")
        return super().form_valid(form)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make codes for the day the telephone is lost; they are shown in this one answer only."""
    devices = Authenticator.objects.filter(user=request.user)
    if not devices.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        return redirect("mfa_index")
    context: dict[str, Any] = {"after": _after(request)}
    if request.method == "POST":
        codes = generate_recovery_codes(request).wrap()
        codes.mark_as_viewed()
        context["made"] = codes.get_unused_codes()
        context["file"] = "\n".join([_("Recovery codes"), request.user.email, *context["made"], ""])
    else:
        kept = devices.filter(type=Authenticator.Type.RECOVERY_CODES).first()
        codes = kept.wrap() if kept else None
        context["left"] = len(codes.get_unused_codes()) if codes and codes.did_view else 0
    return render(request, "mfa/recovery_codes.html", context)


@require_safe
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """For whoever can prove it in no other way: out, in again, and back to where he was going."""
    page = request.GET.get(REDIRECT_FIELD_NAME) or "/"
    steps = get_authentication_records(request, request.user)
    context = {
        "way_back": f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: page, 'anew': 1})}",
        "came_by_organisation": any(step["method"] == "socialaccount" for step in steps),
    }
    return render(request, "account/sign_in_again.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def user_reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second step off somebody's account, with a reason that is kept."""
    account = account_of(request, pk)
    if not can_reset_second_step(request.user, account):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reset_second_step(account=account, by=request.user, reason=reason)
        messages.success(request, _("The second step is reset; the person was told by mail."))
        return redirect("user_edit", pk=account.pk)
    context = {
        "question": _("Reset the second step of %(name)s?") % {"name": account},
        "consequences": [
            _("Make sure who asks: call the person on a number you knew before."),
            _("All open sessions of the account end now."),
            _("At the next sign-in the person sets up a device anew."),
        ],
        "action": _("Reset the second step"),
        "back": reverse("user_edit", args=[account.pk]),
        "form": form,
    }
    return form_page(request, "parts/confirm.html", context)


def _after(request: HttpRequest) -> str:
    """Where the person was going before he was sent here."""
    return request.session.get("after_second_step") or reverse("today")


def _has_a_name(request: HttpRequest) -> bool:
    """Browsers keep passkeys for names only, never for a bare number like 127.0.0.1."""
    host = request.get_host().partition(":")[0]
    return not host.startswith("[") and not host.replace(".", "").isdigit()
