"""The start of the portal: complete settings start it, each wrong one is named."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import LOCAL_KEY

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "kE7-cuL2vXq0_Zr9tBn4mWs6yHd1jPa8fGi3oRe5-uTbNvMxQlSw",
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
        ("SECRET_KEY", "x" * 64, "at least 50 random characters"),
        ("SECRET_KEY", LOCAL_KEY, "at least 50 random characters"),
        ("DATABASE_LOCK_SECONDS", "soon", "a whole number"),
        ("SECRET_KEY_FILE", "/nowhere", "SECRET_KEY and SECRET_KEY_FILE are both set"),
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


# --- Secrets come as files ------------------------------------------------------------------------


def test_secrets_are_read_from_files(tmp_path: Path) -> None:
    """As docker-compose.yml hands them over; Celery, which asks the environment, gets the same."""
    for name, words in {"key": COMPLETE["SECRET_KEY"], "db": "p/w", "broker": "r@d:s"}.items():
        (tmp_path / name).write_text(f"{words}\n")
    code = (
        "from portal.celery import app; s = settings; "
        "print(s.SECRET_KEY, s.DATABASES['default']['PASSWORD'], s.CELERY_BROKER_URL, "
        "app.connection_for_write().password)"
    )
    started = start(
        tmp_path,
        code,
        SECRET_KEY=None,
        SECRET_KEY_FILE=str(tmp_path / "key"),
        DATABASE_URL="postgresql://portal_web@db:5432/portal",
        DATABASE_PASSWORD_FILE=str(tmp_path / "db"),
        CELERY_BROKER_URL="redis://redis:6379/0",
        CELERY_BROKER_PASSWORD_FILE=str(tmp_path / "broker"),
        DJANGO_SETTINGS_MODULE="portal.settings",
    )

    told = [COMPLETE["SECRET_KEY"], "p/w", "redis://:r%40d%3As@redis:6379/0", "r@d:s"]
    assert (started.stderr, started.stdout.split()) == ("", told)


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    started = start(tmp_path, SECRET_KEY=None, SECRET_KEY_FILE="/nowhere/key")

    assert started.returncode == 1
    assert "SECRET_KEY_FILE='/nowhere/key': No such file or directory." in started.stderr


# --- Bounds -----------------------------------------------------------------------------------------


def test_nothing_waits_for_ever(tmp_path: Path) -> None:
    code = (
        "d = settings.DATABASES['default']; "
        "print(d['CONN_HEALTH_CHECKS'], d['OPTIONS']['connect_timeout'], d['OPTIONS']['options']); "
        "print(sorted(settings.CELERY_BROKER_TRANSPORT_OPTIONS.items()))"
    )
    web = start(tmp_path, code).stdout.splitlines()
    worker = start(tmp_path, code, DATABASE_STATEMENT_SECONDS="120", DATABASE_LOCK_SECONDS="0")

    assert web == [
        "True 5 -c statement_timeout=10s -c lock_timeout=5s -c jit=off",
        "[('socket_connect_timeout', 2), ('socket_timeout', 2)]",
    ]
    assert "-c statement_timeout=120s -c lock_timeout=0s" in worker.stdout


@pytest.mark.services
@pytest.mark.django_db
def test_database_heard_of_the_bounds() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
        )
        assert cursor.fetchone() == ("10s", "5s")


# --- The start of the server ------------------------------------------------------------------------


def serve(tmp_path: Path, *command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run a command of the portal with these settings and no others."""
    wanted = {**COMPLETE, "VAR_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path), **changes}
    environment = {name: value for name, value in wanted.items() if value is not None}
    if not (tmp_path / "vendor").exists():  # cutting the fonts anew takes seconds
        (tmp_path / "vendor").symlink_to(ROOT / "var/vendor")
    return subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_deploy_check_finds_nothing(tmp_path: Path) -> None:
    checked = serve(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": LOCAL_KEY}, "SECRET_KEY"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
    ],
)
def test_server_with_a_bad_setting_does_not_start(
    tmp_path: Path, changes: dict[str, str | None], words: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = serve(tmp_path, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", **changes)

    assert server.returncode != 0
    assert words in server.stderr


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_command_with_a_bad_setting_says_one_line(tmp_path: Path, command: str) -> None:
    told = serve(tmp_path, "manage.py", command, DATABASE_URL="sqlite:///db.sqlite3")

    assert told.returncode == 1
    assert told.stderr.startswith("The portal does not start: DATABASE_URL: expected postgresql://")
    assert len(told.stderr.splitlines()) == 1


def test_production_logs_for_machines(tmp_path: Path) -> None:
    code = (
        "import django, logging; django.setup(); "
        "logging.getLogger('portal').warning('first\\nsecond, %s', 'anna@portal.invalid')"
    )
    told = serve(tmp_path, "-c", code, DJANGO_SETTINGS_MODULE="portal.settings").stderr

    assert json.loads(told)["message"] == "first\nsecond, [mailbox]"


# --- What is written down is what is read -----------------------------------------------------------
UNDOCUMENTED = {"TESTING", "FONTCONFIG_FILE"}  # of tests/plugin.py; of the system


def names_read() -> set[str]:
    """Every name the portal asks its environment for: env.text("NAME"), os.environ.get("NAME")."""
    names: set[str] = set()
    for path in [*ROOT.glob("portal/**/*.py"), ROOT / "gunicorn.conf.py"]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = ast.unparse(node.func.value)
            readers = owner == "env" or (owner == "os.environ" and node.func.attr == "get")
            first = node.args[0] if node.args else None
            if readers and isinstance(first, ast.Constant):
                names.add(str(first.value))
        if path.name == "env.py":
            names |= set(re.findall(r'\btext\("([A-Z_]+)"', path.read_text()))
    return names


def test_every_setting_is_documented_and_nothing_else() -> None:
    written = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)

    assert sorted(written) == sorted(set(written))
    assert set(written) == names_read() - UNDOCUMENTED


def test_example_can_be_read_as_it_stands(tmp_path: Path) -> None:
    code = "from pathlib import Path; from portal.lib import env; "
    code += f"env.load_file(Path({str(ROOT / '.env.example')!r}))"
    told = serve(tmp_path, "-c", code)

    assert (told.returncode, told.stderr) == (0, "")
