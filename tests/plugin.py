"""Gives the tests their settings and their servers before Django reads the first setting.

TEST_SERVICES=auto      own PostgreSQL and Redis where they are installed, else as embedded
TEST_SERVICES=real      own PostgreSQL and Redis, a missing one is an error
TEST_SERVICES=embedded  SQLite and a broker in memory
DATABASE_URL and CELERY_BROKER_URL, given together, name servers to use instead of own ones.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import prepared
from tests.servers import Missing, Servers

ROOT = Path(__file__).resolve().parent.parent
READY = "PORTAL_TESTS_READY"  # tells the processes of xdist that the first one has prepared all
PREPARED = "PORTAL_TESTS_PREPARED"  # what a test database is copied from
started: Servers | None = None


def prepare() -> Servers | None:
    """Set the environment; the first process of a run also starts the servers."""
    if os.environ.get(READY):
        return None
    kind = os.environ.get("TEST_SERVICES", "auto")
    if kind not in {"auto", "real", "embedded"}:
        raise pytest.UsageError(f"TEST_SERVICES={kind!r}: expected auto, real or embedded.")
    sweep_killed_runs()
    folder = Path(tempfile.mkdtemp(prefix=f"portal-tests-{os.getpid()}-"))
    servers = Servers(folder / "servers")
    given = os.environ.get("DATABASE_URL") and os.environ.get("CELERY_BROKER_URL")
    if kind == "embedded":
        urls = EMBEDDED
    elif not given:
        try:
            urls = servers.start()
        except Missing as missing:
            servers.stop()
            if kind == "real":
                raise pytest.UsageError(f"TEST_SERVICES=real but {missing}") from None
            urls = EMBEDDED
    else:
        urls = {}
    for name in ("DEMO", "DEBUG", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DEMO_PASSWORD"):
        os.environ.pop(name, None)
    os.environ.update(urls, TESTING="1", VAR_DIR=str(folder / "var"))
    os.environ.update({READY: str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings"})
    # Playwright keeps an event loop in the thread of the test, where Django suspects async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    share_vendor_files(folder / "var")
    compile_messages()
    return servers


def share_vendor_files(var: Path) -> None:
    """Cutting the fonts takes seconds: use what the demo made, or make it once for all runs."""
    made = ROOT / "var/vendor"
    made.mkdir(parents=True, exist_ok=True)
    var.mkdir()
    (var / "vendor").symlink_to(made)


def sweep_killed_runs() -> None:
    """A run that was killed could not remove its folder; its servers died with it."""
    for folder in Path(tempfile.gettempdir()).glob("portal-tests-*-*"):
        owner = folder.name.split("-")[2]
        try:
            os.kill(int(owner), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # somebody else's run


def compile_messages() -> None:
    """A test that reads Latvian must not read yesterday's."""
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            subprocess.run([sys.executable, "bin/messages", "compile"], cwd=ROOT, check=True)
            return


EMBEDDED = {"DATABASE_URL": "", "CELERY_BROKER_URL": "memory://"}
started = prepare()


def pytest_configure(config: pytest.Config) -> None:
    """Name our marker; the first process has the migrated database ready before others start."""
    config.addinivalue_line("markers", "services: needs real PostgreSQL and Redis")
    foreign = os.environ["DATABASE_URL"] and not (started and started.running)
    if started and not foreign and not config.option.collectonly:
        os.environ[PREPARED] = prepared.prepare(started)


def pytest_report_header() -> str:
    """Say on the first lines what the tests run on."""
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return f"services: {engine}, {settings.CELERY_BROKER_URL.partition(':')[0]}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what only real servers can show, when they are not there."""
    if item.get_closest_marker("services") and not os.environ["DATABASE_URL"]:
        pytest.skip("needs PostgreSQL and Redis: TEST_SERVICES=real")


def pytest_unconfigure() -> None:
    """The process that started the servers stops them and removes the folder."""
    if started:
        started.stop()
        shutil.rmtree(os.environ[READY], ignore_errors=True)
