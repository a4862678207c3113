"""The secrets by which programs come in: shown when made, known by their sha256 alone.

Each holds 256 random bits. Guessing has no chance at any speed, so wrong tokens need no limit of
their own, and a plain sha256 hides them as well as a slow hash would.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.utils import timezone

from portal.models import ApiToken

PREFIX = "trp_"  # by which a scanner of leaked secrets knows what it has found
LONGEST = timedelta(days=365)


def new_secret() -> str:
    """What the holder keeps."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What the portal keeps."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def last_day_allowed() -> date:
    """A token lives a year at most; then somebody decides anew."""
    return timezone.localdate() + LONGEST


def token_of(secret: str) -> ApiToken | None:
    """The token in force with an open account behind it, in one query."""
    found = ApiToken.objects.in_force().filter(digest=digest_of(secret), user__is_active=True)
    return found.select_related("user").first()


def note_use(token: ApiToken) -> None:
    """Keep the day of the last use: one small write a day, the first time that day."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
