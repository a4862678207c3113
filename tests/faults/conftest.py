"""Services of one's own: a module's tests share them and end only what they started."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from tests import failpoints
from tests.certificates.workers import Worker, broker_at
from tests.faults.services import Redis
from tests.faults.web import Browser, Web

# At SIGTERM a worker then gives five seconds to what is drawn, else all the time it takes.
SOFT = {"REMAP_SIGTERM": "SIGQUIT"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a module: papers, logs, what its Redis keeps."""
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(autouse=True)
def own_store(settings: LazySettings, place: Path) -> None:
    """The tests look for papers where worker and web put them."""
    settings.MEDIA_ROOT = place / "media"
    shutil.rmtree(place / "media", ignore_errors=True)


@pytest.fixture(scope="module")
def bell(place: Path) -> Iterator[Redis]:
    """A broker that may be killed."""
    broker = Redis(place)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture(scope="module")
def surroundings(django_db_setup: None, place: Path, bell: Redis) -> dict[str, str]:
    """The environment of worker and web: the database of the test, the broker of the module."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/"
    return {
        "TESTING": "1",
        "VAR_DIR": str(place),
        "DATABASE_URL": url + str(database["NAME"]),
        "CELERY_BROKER_URL": bell.url,
        "DJANGO_SETTINGS_MODULE": "tests.failpoints",
    }


@pytest.fixture(scope="module")
def _worker(surroundings: dict[str, str], place: Path) -> Iterator[Worker]:
    made = Worker(place, surroundings)
    yield made
    made.kill()


@pytest.fixture
def worker(_worker: Worker, bell: Redis, place: Path) -> Iterator[Worker]:
    """A living worker that meets no fault yet; what this process rings, it hears."""
    failpoints.untell(place)
    if not _worker.lives:
        _worker.start(**SOFT)
    with broker_at(bell.url):
        yield _worker


@pytest.fixture(scope="module")
def web(surroundings: dict[str, str], place: Path) -> Iterator[Web]:
    """The portal on the test's database."""
    made = Web(place, surroundings)
    made.start()
    yield made
    made.end()


@pytest.fixture
def as_user(web: Web) -> Callable[[Any], Browser]:
    """A browser in which that person is signed in."""

    def browser(user: Any) -> Browser:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return Browser(web, client.cookies["session"].value)

    return browser


@pytest.fixture
def invariants(transactional_db: None) -> Iterator[None]:
    """After the fault everything adds up, and no file belongs to nobody."""
    yield
    call_command("check_invariants", verbosity=0)
