"""The start of the portal: complete settings start it, each wrong one is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "x" * 64,
    "SITE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://portal:s%2Fecret@127.0.0.1:1/portal",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "DEFAULT_FROM_EMAIL": "portal@portal.example",
    "EMAIL_HOST": "smtp.example",
}


def start(
    tmp_path: Path, code: str = "", **changes: str | None
) -> subprocess.CompletedProcess[str]:
    """Read the settings in a fresh process that knows nothing but these values."""
    wanted = {**COMPLETE, "VAR_DIR": str(tmp_path), **changes}
    environment = {name: value for name, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", f"from portal import settings; {code}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_settings_start(tmp_path: Path) -> None:
    started = start(tmp_path, "print(settings.DATABASES['default']['PASSWORD'])")

    assert (started.returncode, started.stdout) == (0, "s/ecret\n")


def test_production_keeps_its_login_limits_where_there_is_room(tmp_path: Path) -> None:
    started = start(tmp_path, "print(settings.CACHES['default']['OPTIONS'])")

    assert (started.returncode, started.stdout) == (0, "{'MAX_ENTRIES': 100000}\n")


def test_production_requires_the_second_step_and_the_demo_offers_it(tmp_path: Path) -> None:
    code = "print(settings.MFA_REQUIRED)"
    started = [
        start(tmp_path, code).stdout,
        start(tmp_path, code, MFA_REQUIRED="0").stdout,
        start(tmp_path, code, DEMO="1").stdout,
    ]

    assert started == ["True\n", "False\n", "False\n"]


PROVIDER = {
    "OIDC_URL": "https://login.region.example/realms/staff",
    "OIDC_NAME": "Reģions",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "secret",
}


def test_no_provider_signs_anybody_in_until_it_is_named(tmp_path: Path) -> None:
    code = (
        "print(len(settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS']),"
        " *map(str, settings.SECURE_CSP['form-action'][1:]))"
    )
    started = [start(tmp_path, code).stdout, start(tmp_path, code, **PROVIDER).stdout]

    assert started == ["0\n", "1 https://login.region.example\n"]


@pytest.mark.parametrize("name", ["OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_half_a_provider_is_named(tmp_path: Path, name: str) -> None:
    started = start(tmp_path, **{**PROVIDER, name: None})

    assert (started.returncode, f"{name} is not set" in started.stderr) == (1, True)


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_missing_setting_is_named(tmp_path: Path, name: str) -> None:
    started = start(tmp_path, **{name: None})

    assert started.returncode == 1
    assert f"{name} is not set" in started.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "at least 50 random characters"),
        ("SITE_URL", "http://portal.example", "expected an https address"),
        ("SITE_URL", "portal.example", "expected an address such as"),
        ("DATABASE_URL", "sqlite:///data.db", "expected postgresql://"),
        ("DEMO", "perhaps", "expected 1 or 0"),
        ("DEBUG", "1", "only with DEMO=1"),
        ("PORT", "70000", "from 1 to 65535"),
        ("PORT", "web", "from 1 to 65535"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 5"),
        ("OIDC_URL", "http://login.region.example", "expected an https address"),
        ("OIDC_URL", "login.region.example", "expected an address such as"),
    ],
)
def test_wrong_setting_is_named(tmp_path: Path, name: str, value: str, words: str) -> None:
    started = start(tmp_path, **{name: value})

    assert started.returncode == 1
    assert words in started.stderr


def test_wrong_database_address_keeps_its_password_to_itself(tmp_path: Path) -> None:
    started = start(tmp_path, DATABASE_URL="mysql://portal:canary@127.0.0.1/portal")

    assert started.returncode == 1
    assert "canary" not in started.stderr


def test_demo_starts_with_nothing_set(tmp_path: Path) -> None:
    nothing: dict[str, str | None] = dict.fromkeys(COMPLETE)
    code = "print(settings.PRODUCTION, settings.DATABASES['default']['ENGINE'])"
    started = start(tmp_path, code, DEMO="1", **nothing)

    assert (started.returncode, started.stdout) == (0, "False django.db.backends.sqlite3\n")


def test_production_is_strict(tmp_path: Path) -> None:
    code = (
        "s = settings; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, "
        "s.SESSION_COOKIE_NAME, s.CACHES['default']['BACKEND'].rpartition('.')[2])"
    )

    assert start(tmp_path, code).stdout == "False True True __Host-session DatabaseCache\n"
