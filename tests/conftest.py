"""What every test has: the guards, and a browser that stays at home."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from tests import guards, sizes

CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
CHROMIUM += ("--disable-background-networking", "--disable-component-update", "--disable-sync")
CHROMIUM += ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",)

hypothesis.settings.register_profile(
    "portal",
    max_examples=sizes.EXAMPLES,
    deadline=None,
    derandomize=not sizes.FULL,
    database=None,
)
hypothesis.settings.load_profile("portal")


def pytest_configure() -> None:
    """Put the guards in place before the first request is made."""
    guards.stay_inside()
    settings.MIDDLEWARE.insert(0, "tests.guards.quiet_get")
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = guards.Undefined("undefined")
    # The cost of a password is tested by itself; elsewhere it is only slow.
    settings.PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that two processes end together."""
    items.sort(key=lambda item: "tests/walk/" not in item.nodeid)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the migrated database instead of migrating, where tests/plugin.py has prepared one."""
    if prepared := os.environ.get("PORTAL_TESTS_PREPARED"):
        database = settings.DATABASES["default"]
        database["TEST"]["MIGRATE"] = False
        if database["ENGINE"].endswith("sqlite3"):
            shutil.copy(prepared, database["TEST"]["NAME"])
        else:
            database["TEST"]["TEMPLATE"] = prepared


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """A copy goes with the run's own folder and server; a thread may still hold it at the end."""
    return django_db_keepdb or "PORTAL_TESTS_PREPARED" in os.environ


@pytest.fixture(autouse=True)
def in_latvian() -> Iterator[None]:
    """Every test starts in the first language; a page asked for in English leaves nothing behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def no_memory() -> None:
    """What one test has done counts against no limit of the next."""
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine (Debian: chromium)")
    return {**browser_type_launch_args, "executable_path": path, "args": list(CHROMIUM)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk in Latvia."""
    return {
        **browser_context_args,
        "locale": "lv-LV",
        "timezone_id": "Europe/Riga",
        "viewport": {"width": 1440, "height": 900},
    }
