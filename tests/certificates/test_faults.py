"""Whatever dies on the way, all 26 papers get ready and no number is given twice.

Real PostgreSQL, real broker, a real worker killed with -9. The same on SQLite with the
filesystem broker, as in the demo, stands at the end.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from certificates.measures import INVARIANTS
from certificates.models import Certificate
from tests.certificates.workers import ROOT, Worker, broker_at, wait_until
from tests.certificates.world import build
from tests.sizes import either

BATCH = 26
real = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def ready() -> int:
    return Certificate.objects.ready().count()


def all_ready() -> bool:
    return ready() == BATCH


def assert_whole() -> None:
    """Every paper ready, each number once, every file the issued one, nothing left over."""
    numbers = Certificate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, BATCH + 1))
    assert set(Certificate.objects.values_list("state", flat=True)) == {"ready"}
    assert [line for invariant in INVARIANTS for line in invariant()] == []


@pytest.fixture
def worker(settings: LazySettings, tmp_path: Path) -> Iterator[Worker]:
    """A worker on the test's database; whoever starts it may kill it."""
    database = settings.DATABASES["default"]
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/"
    made = Worker(
        tmp_path,
        {
            "TESTING": "1",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": url + str(database["NAME"]),
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "DJANGO_SETTINGS_MODULE": "tests.failpoints",
        },
    )
    empty_broker(settings)
    yield made
    made.kill()


def empty_broker(settings: LazySettings) -> None:
    import redis

    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        broker.flushall()


class TestRealServices:
    pytestmark = real

    @pytest.mark.parametrize("fault", either(["kill"], ["kill", "kill and empty"]))
    def test_worker_killed_in_mid_batch(
        self, fault: str, worker: Worker, settings: LazySettings
    ) -> None:
        world = build(people=BATCH)
        worker.start()
        world.issue()
        wait_until(lambda: ready() >= 8, worker)
        worker.kill()
        made = ready()
        assert 8 <= made < BATCH, "the batch was over before the kill"
        if "empty" in fault:
            empty_broker(settings)

        worker.start()
        wait_until(all_ready, worker)
        assert_whole()

    @pytest.mark.parametrize(
        "failpoint",
        either(
            ["written:9"],
            [f"{step}:{n}" for step in ("drawn", "written", "committed") for n in (1, 5, 6, 20)],
        ),
    )
    def test_worker_killed_at_a_step(self, failpoint: str, worker: Worker) -> None:
        world = build(people=BATCH)
        worker.start(FAILPOINT=failpoint)
        world.issue()
        worker.wait_for_its_death()
        assert ready() < BATCH

        worker.start()
        wait_until(all_ready, worker)
        assert_whole()

    def test_broker_emptied_at_every_moment_of_the_batch(
        self, worker: Worker, settings: LazySettings
    ) -> None:
        world = build(people=BATCH)
        world.issue()
        empty_broker(settings)  # the ring of the issue is lost before anybody heard it
        worker.start()
        for moment in range(2, BATCH, 4):
            wait_until(lambda moment=moment: ready() >= moment, worker)  # type: ignore[misc]
            empty_broker(settings)
        wait_until(all_ready, worker)
        assert_whole()

    def test_issue_succeeds_while_the_broker_is_away(
        self, worker: Worker, settings: LazySettings
    ) -> None:
        world = build(people=3)
        began = time.monotonic()
        with broker_at("redis://127.0.0.1:9/0"):
            rows = world.issue()
            assert (len(rows), time.monotonic() - began < 1) == (3, True)
        worker.start()
        wait_until(lambda: ready() == 3, worker)


# --- As in the demo: SQLite, the filesystem broker -----------------------------------------------

ISSUE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.certificates.world import build
build(people=26).issue()
"""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Worker]:
    """A worker on an SQLite file and a folder of messages, with 26 certificates issued."""
    environment = {
        "TESTING": "1",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "CELERY_BROKER_URL": "filesystem://",
        "DJANGO_SETTINGS_MODULE": "tests.failpoints",
    }
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ISSUE],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    )
    made = Worker(tmp_path, environment)
    yield made
    made.kill()


def told(folder: Path, question: str) -> list[tuple[object, ...]]:
    """What the demo's database answers."""
    connection = sqlite3.connect(f"file:{folder / 'db.sqlite3'}?mode=ro", uri=True, timeout=20)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


COUNT = "select count(*) from certificates_certificate where state = 'ready'"


def assert_whole_in_the_demo(folder: Path) -> None:
    """As above, by the file and the folder alone."""
    rows = told(folder, "select number, file, sha256 from certificates_certificate order by number")
    assert [number for number, _file, _sha in rows] == list(range(1, BATCH + 1))
    assert all((folder / "media" / str(file)).read_bytes()[:5] == b"%PDF-" for _n, file, _s in rows)
    kept = {Path(str(file)).name for _number, file, _sha in rows}
    assert {path.name for path in (folder / "media" / "certificate").rglob("*.*")} == kept


@pytest.mark.parametrize("fault", either(["kill and empty"], ["kill", "kill and empty"]))
def test_demo_survives_the_same(fault: str, demo: Worker) -> None:
    folder = demo.folder
    demo.start()
    wait_until(lambda: told(folder, COUNT) >= [(6,)], demo)
    demo.kill()
    [(made,)] = told(folder, COUNT)
    assert 6 <= int(str(made)) < BATCH
    if "empty" in fault:
        for name in ("messages", "control"):
            shutil.rmtree(folder / "queue" / name)

    demo.start()
    wait_until(lambda: told(folder, COUNT) == [(BATCH,)], demo)
    assert_whole_in_the_demo(folder)


def test_demo_survives_messages_taken_away_from_a_living_worker(demo: Worker) -> None:
    folder = demo.folder
    demo.start()
    for moment in range(2, BATCH, 4):
        wait_until(lambda moment=moment: told(folder, COUNT) >= [(moment,)], demo)  # type: ignore[misc]
        for message in (folder / "queue" / "messages").iterdir():
            message.unlink(missing_ok=True)
    wait_until(lambda: told(folder, COUNT) == [(BATCH,)], demo)

    assert demo.lives
    assert_whole_in_the_demo(folder)
