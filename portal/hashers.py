"""The cost of checking a password, and the longest one that is worth it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_PASSWORD = 128


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's recommended minimum: 19 MiB, two passes, one lane.

    About 20 ms of a core. Django's default took 220-340 ms, and on the day three thousand
    people fetch their certificates, logins are the heaviest work of the server.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class LongestPasswordValidator:
    """Refuses what the sign-in page would not take either."""

    def validate(self, password: str, user: Any = None) -> None:
        """Nobody types so much, and a server should not be made to chew on it."""
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Said before and after."""
        return _("The password may have at most %(count)d characters.") % {
            "count": LONGEST_PASSWORD
        }
