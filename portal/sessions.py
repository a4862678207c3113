"""How long a sign-in lasts: twelve hours whatever is done, half an hour unused for who sees much."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

SIGNED_IN, SEEN = "signed_in", "seen"
SEEN_EVERY = 60  # seconds between two notes of the same session: not each page shall cost a write


class SessionStore(db.SessionStore):
    """Django's sessions in the database, counted from signing in and not from the last change."""

    def save(self, must_create: bool = False) -> None:
        """Note when somebody signed in; every door passes here, whichever it was."""
        if SESSION_KEY in self:
            self.setdefault(SIGNED_IN, int(time.time()))
        super().save(must_create)

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds left."""
        age: int = super().get_expiry_age(**kwargs)
        if since := self.get(SIGNED_IN):
            return min(age, since + settings.SESSION_COOKIE_AGE - int(time.time()))
        return age

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """The moment after which the stored row counts for nothing."""
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**kwargs))


def unused_seconds(session: Any) -> int:
    """How long nothing was done in this session."""
    now = int(time.time())
    since: int = session.get(SEEN) or session.get(SIGNED_IN) or now
    return now - since


def note_use(session: Any) -> None:
    """Remember that the session is used now."""
    session[SEEN] = int(time.time())
