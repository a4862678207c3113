"""The answers to container engines, proxies and watchmen; who is silent is noticed."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from portal import heartbeat
from portal.models import Heartbeat, Part
from projects.models import Role
from tests.certificates.workers import ROOT, Worker, wait_until
from tests.factories import MembershipFactory

OUTSIDE = {"REMOTE_ADDR": "10.0.0.5", "headers": {"X-Forwarded-For": "10.0.0.9"}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def beating(db: None) -> None:
    for part in Part:
        heartbeat.note(part)


def refuse(*_arguments: object) -> None:
    raise DatabaseError("server closed the connection")


def test_alive_asks_nobody(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), connection.execute_wrapper(refuse):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer.headers["Cache-Control"]


def test_ready_is_one_query(client: Client, beating: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_answers_only_to_looking(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_database_that_is_away_is_named(client: Client, beating: None) -> None:
    with connection.execute_wrapper(refuse):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"missing: database")


@pytest.mark.parametrize("part", Part.values)
def test_silent_part_is_named(
    client: Client, beating: None, settings: LazySettings, part: str
) -> None:
    settings.HEARTBEAT_SILENT_SECONDS = 180
    Heartbeat.objects.filter(part=part).update(at=timezone.now() - timedelta(seconds=175))
    assert client.get("/readyz").status_code == 200
    Heartbeat.objects.filter(part=part).update(at=timezone.now() - timedelta(seconds=181))

    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, f"missing: {part}".encode())


def test_portal_that_never_had_a_worker_is_not_ready(client: Client) -> None:
    assert client.get("/readyz").content == b"missing: worker, beat"


def test_frozen_and_absent_broker_are_named_soon(
    client: Client, beating: None, settings: LazySettings
) -> None:
    """A port that takes calls and says nothing is what a frozen Redis looks like."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for port in (silent.getsockname()[1], 9):
            settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
            began = time.monotonic()
            answer = client.get("/readyz")
            assert (answer.content, time.monotonic() - began < 5) == (b"missing: broker", True)


def test_outsiders_are_told_no_part(client: Client) -> None:
    """Whoever comes through the proxy is outside, whatever address it claims."""
    for asked in (OUTSIDE, {"REMOTE_ADDR": "193.0.2.7"}, {"REMOTE_ADDR": ""}):
        answer = client.get("/readyz", **asked)  # type: ignore[arg-type]
        assert (answer.status_code, answer.content) == (503, b"not ready")


def test_administrators_are_told_from_anywhere(client: Client) -> None:
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    assert client.get("/readyz", **OUTSIDE).content == b"not ready"  # type: ignore[arg-type]
    client.force_login(MembershipFactory(role=Role.ADMIN, everything=True).user)
    assert client.get("/readyz", **OUTSIDE).content == b"missing: worker, beat"  # type: ignore[arg-type]


# --- The command inside the containers ---------------------------------------------------------


def test_command_is_content_with_those_it_was_asked_about(beating: None) -> None:
    call_command("heartbeat", "worker")
    Heartbeat.objects.filter(part=Part.BEAT).delete()
    call_command("heartbeat", "worker")
    for asked in (["beat"], []):
        with pytest.raises(CommandError, match="Silent: beat") as told:
            call_command("heartbeat", *asked)
        assert told.value.returncode == 1


def test_command_does_not_blame_a_part_for_the_database(beating: None) -> None:
    with connection.execute_wrapper(refuse), pytest.raises(CommandError) as told:
        call_command("heartbeat", "worker")
    assert told.value.returncode == 2


# --- Real worker, real beat --------------------------------------------------------------------


@pytest.fixture
def worker(settings: LazySettings, tmp_path: Path) -> Iterator[Worker]:
    database = settings.DATABASES["default"]
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/"
    made = Worker(
        tmp_path,
        {
            "TESTING": "1",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": url + str(database["NAME"]),
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
        },
    )
    yield made
    made.kill()


def silent() -> list[str]:
    return [str(part) for part in heartbeat.silent_parts()]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_deaf_worker_and_dead_beat_are_noticed(worker: Worker) -> None:
    """A stopped main process takes no ring; its beat, a process of its own, goes on and is heard."""
    assert silent() == ["worker", "beat"]
    worker.start()
    wait_until(lambda: silent() == [], worker)

    assert worker.process is not None
    worker.process.send_signal(signal.SIGSTOP)
    wait_until(lambda: silent() == ["worker"], worker, 30)
    asked = [sys.executable, "manage.py", "heartbeat", "worker"]
    told = subprocess.run(asked, cwd=ROOT, env=worker.environment, check=False, capture_output=True)
    assert (told.returncode, told.stderr) == (1, b"CommandError: Silent: worker.\n")

    worker.process.send_signal(signal.SIGCONT)
    wait_until(lambda: silent() == [], worker, 30)
    worker.kill()
    wait_until(lambda: silent() == ["worker", "beat"], worker, 30)
