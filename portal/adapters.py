"""Where the portal differs from allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation from a coordinator or admin, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a role in a publicly funded project is given, not taken."""
        return False
