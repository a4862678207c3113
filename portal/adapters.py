"""Where the portal differs from allauth's defaults."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

log = logging.getLogger(__name__)


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
