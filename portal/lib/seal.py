"""Secrets that lie in the database for a while: sealed, so that a dump of it opens nothing."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal(text: str, *, purpose: str) -> str:
    """Sealed with the portal's own key; what is sealed for one purpose opens for no other."""
    return _keys(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, within: int | None = None) -> str | None:
    """What was sealed; None where another key has sealed it, or longer ago than ``within`` seconds."""
    try:
        return _keys(purpose).decrypt(sealed.encode(), ttl=within).decode()
    except InvalidToken:
        return None


def _keys(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (sha256(f"{purpose}:{key!s}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
