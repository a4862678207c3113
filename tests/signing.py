"""Signing in without the page of it, as of some moment."""

import time
from typing import Any

from allauth.account.internal.flows import login
from django.test import Client


def just_signed_in(client: Client, user: Any, *, ago: float = 0) -> None:
    """By a code from the mailbox, so many seconds ago."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session: Any = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "code", "at": time.time() - ago}
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
