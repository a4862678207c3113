"""Readers of the environment that stop loudly instead of guessing."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def load_file(path: Path) -> None:
    """Read KEY=VALUE lines of an .env file; what the environment already holds wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        entry = line.strip().removeprefix("export ")
        if not entry or entry.startswith("#"):
            continue
        key, equals, value = entry.partition("=")
        if not equals or not key.strip().isidentifier():
            raise ImproperlyConfigured(f"{path.name}, line {number}: expected KEY=VALUE.")
        os.environ.setdefault(key.strip(), _unquoted(value.strip()))


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default an unset or empty one is an error."""
    value = given(name)
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment or in .env (see .env.example); "
            "DEMO=1 gives a local portal with invented data that needs no settings."
        )
    return default


def given(name: str) -> str:
    """What the environment says, or the file it names: secrets are handed over as NAME_FILE."""
    value, file = (os.environ.get(key, "").strip() for key in (name, f"{name}_FILE"))
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: one of them must go.")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text"
        raise ImproperlyConfigured(f"{name}_FILE={file!r}: {reason}.") from None


def flag(name: str, default: bool = False) -> bool:
    """A yes or no; anything else is an error, never a silent no."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise ImproperlyConfigured(f"{name}={value!r}: expected 1 or 0.")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number within its bounds."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    bounds = f"a whole number from {least}" + (f" to {most}" if most is not None else "")
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r}: expected {bounds}.") from None
    if value < least or (most is not None and value > most):
        raise ImproperlyConfigured(f"{name}={raw!r}: expected {bounds}.")
    return value


def words(name: str, default: str | None = None) -> list[str]:
    """A list written with commas."""
    return [word for word in (part.strip() for part in text(name, default).split(",")) if word]


def site_url(name: str, default: str | None = None) -> str:
    """An absolute http(s) address without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"{name}={value!r}: expected an address such as https://portal.example."
        )
    return value


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def database(name: str, default: Callable[[], dict[str, object]] | None) -> dict[str, object]:
    """Django's DATABASES entry from postgresql://user:password@host:port/name."""
    if default is not None and not given(name):
        return default()
    parts = urlsplit(text(name))
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        # The value is not repeated: it may hold a password.
        raise ImproperlyConfigured(f"{name}: expected postgresql://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or text("DATABASE_PASSWORD", ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def broker(name: str, default: str | None = None) -> str:
    """The broker's address, with CELERY_BROKER_PASSWORD in it where the address names none."""
    address, password = text(name, default), text("CELERY_BROKER_PASSWORD", "")
    parts = urlsplit(address)
    if not password or not parts.hostname or parts.password:
        return address
    place = parts.netloc.rpartition("@")[2]
    secret = f"{parts.username or ''}:{quote(password, safe='')}"
    full = parts._replace(netloc=f"{secret}@{place}").geturl()
    os.environ[name] = full  # Celery asks the environment before any setting
    return full


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
