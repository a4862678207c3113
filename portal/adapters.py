"""Where the portal differs from allauth's defaults."""

from __future__ import annotations

import logging
import time
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.access import is_last_device
from portal.hashers import LONGEST_PASSWORD
from portal.lib.seal import seal, unseal

log = logging.getLogger(__name__)
SECOND_STEP = "portal.second-step"  # what its secrets are sealed for
ASKED_THERE = "asked_there"  # in the session: when the organisation's provider last asked who it is


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation from a coordinator or admin, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a role in a publicly funded project is given, not taken."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter that cannot be handed over is noted; the page says the same as to a stranger.

        An error page would tell who has an account: to the others nothing is sent at all.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.warning("letter %s not sent: %s", template_prefix, type(error).__name__)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at: not endlessly long, not guessed at from this address.

        allauth counts guesses by account; counted by account and address as well, that first
        limit can be wide enough for its owner not to be locked out by a stranger elsewhere.
        """
        if len(credentials.get("password") or "") > LONGEST_PASSWORD:
            raise self.validation_error("email_password_mismatch")
        login = self._get_login_attempts_cache_key(request, **credentials)
        self._here = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_here",
            key=f"{login} {ratelimit.get_ip(request)}",
        )
        if not self._here:  # and so counts against nobody's account
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if here := getattr(self, "_here", None):
            here.rollback()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in just now need not prove at once that it is still he; others are led to it.

        Led from here, on every page that asks: allauth itself takes everybody at his word who has
        neither a password nor a device, as most have who come by a code or by their organisation,
        and of others it keeps what they sent, passwords and cookies, readable in the session.
        """
        request = context.request
        if time.time() - _proven_at(request) < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        if get_reauthentication_flows(request.user) and did_recently_reauthenticate(request):
            return False
        way = self.get_reauthentication_methods(request.user)[0]["url"]
        page = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        raise ImmediateHttpResponse(redirect(f"{way}?{page}"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Where to prove it; whoever has nothing to prove it with signs in anew."""
        ways = super().get_reauthentication_methods(user)
        if not ways and user.is_authenticated:
            return [{"id": "anew", "description": "", "url": reverse("sign_in_again")}]
        return ways


def _proven_at(request: HttpRequest) -> float:
    """When the person proved at signing in who he is, here or at the organisation's provider.

    A provider answers out of its own open session, silently, to whoever sits there. So its word
    counts from when it asked the person itself; a device proven here after it counts by itself.
    """
    records = get_authentication_records(request, request.user)
    here = [record["at"] for record in records if record["method"] != "socialaccount"]
    return max([request.session.get(ASKED_THERE, 0), *here[:1]])


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step in the portal's words; its secrets are sealed, so that a dump is no key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _lazy("Set up another device first, then remove this one."),
    }

    def get_totp_issuer(self) -> str:
        """What an app on a telephone lists the account under."""
        return settings.SITE_NAME or _("Training portal")

    def build_totp_svg(self, url: str) -> str:
        """The square a telephone reads, white around it in the dark look too."""
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a device is called until its owner says otherwise."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        name = str(_("Passkey"))
        return f"{name} {count + 1}" if count else name

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last device stays where the account may not be without one."""
        return not is_last_device(authenticator)

    def encrypt(self, text: str) -> str:
        """Seal a secret with the portal's own key."""
        return seal(text, purpose=SECOND_STEP)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; one that another key has sealed opens nothing, whatever is typed."""
        opened = unseal(encrypted_text, purpose=SECOND_STEP)
        if opened is None:
            log.error("a second step was sealed with another SECRET_KEY: it must be reset")
            return generate_totp_secret()
        return opened


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Sign-in by an organisation's provider opens an account that exists, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: the provider says who somebody is, the portal what he may."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Signing in is all there is: a link to an open session would outlive its password.

        Kept is when the provider asked the person himself; where it does not tell, it is long ago.
        """
        if sociallogin.state.get("process") != "login" or sociallogin.account.pk:
            log.warning("a provider's identity was to be linked to an account: refused")
            raise ImmediateHttpResponse(redirect("account_login"))
        said = (sociallogin.account.extra_data.get("id_token") or {}).get("auth_time")
        told = said if isinstance(said, int | float) else 0
        request.session[ASKED_THERE] = min(told, time.time())
