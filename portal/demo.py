"""What the demo alone has: its private files and its accounts. Settings.DEMO guards every use."""

import base64
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from portal.lib.paper import store
from portal.models import ApiToken, User
from portal.tokens import PREFIX, digest_of, last_day_allowed
from projects.models import Membership
from training.models import GroupTrainer, Participant

# Demo accounts are the ones at this domain that have a password; .invalid can never receive mail.
DOMAIN = "demo.invalid"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def password() -> str:
    """The password of all demo accounts: DEMO_PASSWORD, else random and kept in a private file."""
    return os.environ.get("DEMO_PASSWORD", "").strip() or private("demo-password", easy_password)


def secret_key() -> str:
    """The key that signs the demo's cookies, so that no other portal's cookie fits."""
    return private("demo-secret-key", lambda: secrets.token_urlsafe(48))


def easy_password() -> str:
    """Sixteen random letters in fours: 79 bits, and still readable from a screen."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def token_of(user: User) -> str:
    """The account's token: made from one private key, so that a second start prints the same."""
    key = private("demo-token-key", lambda: secrets.token_urlsafe(32))
    bits = hmac.digest(key.encode(), user.email.encode(), "sha256")
    return PREFIX + base64.urlsafe_b64encode(bits).rstrip(b"=").decode()


def give_tokens() -> None:
    """Let every demo account read by its token; nothing is written when it already can."""
    for user in accounts():
        digest = digest_of(token_of(user))
        if not user.tokens.in_force().filter(digest=digest).exists():
            fresh = {"name": "make demo", "expires_on": last_day_allowed(), "revoked_at": None}
            ApiToken.objects.update_or_create(user=user, digest=digest, defaults=fresh)


def private(name: str, make: Callable[[], str]) -> str:
    """The text of a file only its owner may read; made at the first call."""
    path: Path = settings.VAR_DIR / name
    if not path.exists():
        store(path, f"{make()}\n".encode())
    return path.read_text(encoding="utf-8").strip()


def accounts() -> QuerySet[User]:
    """The accounts to be listed when the demo starts."""
    cast = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
    return cast.order_by("pk").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def give_password(word: str) -> None:
    """Let every demo account be opened with `word`; nothing is written when it already can."""
    for user in accounts():
        if not user.check_password(word):
            user.set_password(word)
            user.save(update_fields=["password"])


def work_of(user: User) -> str:
    """What the account is there for, in a few words."""
    held = [str(membership) for membership in Membership.objects.filter(user=user)]
    teaching = GroupTrainer.objects.filter(user=user).select_related("group")
    if groups := [str(row.group) for row in teaching]:
        more = f" and {len(groups) - 1} more" if groups[1:] else ""
        held.append(f"trainer · {groups[0]}{more}")
    held += [f"participant · {person}" for person in Participant.objects.filter(user=user)]
    return "; ".join(held) or user.name
