"""Each role of the database does its work and no more; asked of a real PostgreSQL."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from certificates.models import Certificate
from portal import grants
from portal.grants import Role
from tests.certificates.workers import ROOT
from tests.certificates.world import build
from tests.plugin import READY

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def address(role: str) -> str:
    database = settings.DATABASES["default"]
    return f"postgresql://{role}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@contextmanager
def signed_in(role: str) -> Iterator[Any]:
    """A connection of the role; every statement stands for itself."""
    raw = psycopg2.connect(address(role))
    raw.autocommit = True
    try:
        yield raw.cursor()
    finally:
        raw.close()


def grant() -> None:
    """Roles belong to the whole server, and the other process of the run may grant just now."""
    with (Path(os.environ[READY]) / "roles.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("grant_roles")


def is_refused(cursor: Any, statement: str) -> bool:
    """Refused for want of the right, and for nothing else."""
    try:
        cursor.execute(statement)
    except psycopg2.errors.InsufficientPrivilege:
        return True
    return False


def test_roles_do_their_work_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_DATABASE_PASSWORD", "a web password")
    for _time in range(2):  # safe to run again
        grant()

    with signed_in(Role.WEB) as web:
        assert not is_refused(web, "UPDATE portal_user SET last_name = last_name")
        assert not is_refused(web, "DELETE FROM django_session")
        assert not is_refused(web, "SELECT nextval('portal_user_id_seq')")
        for statement in (
            "ALTER TABLE portal_user ADD COLUMN more integer",
            "DROP TABLE portal_accesslog",
            "TRUNCATE portal_user",
            "CREATE TABLE own (id integer)",
            "CREATE ROLE another",
            "UPDATE portal_accesslog SET address = ''",
            "DELETE FROM portal_accesslog",
            "DELETE FROM training_mark",
            "UPDATE projects_figuresnapshot SET known_on = known_on",
            "DELETE FROM django_migrations",
            "ALTER TABLE portal_accesslog DISABLE TRIGGER ALL",
            "COPY portal_user TO PROGRAM 'cat'",
        ):
            assert is_refused(web, statement), statement
    with signed_in(Role.READER) as reader:
        assert not is_refused(reader, "SELECT * FROM portal_user")
        assert is_refused(reader, "UPDATE portal_user SET last_name = ''")
        assert is_refused(reader, "DELETE FROM django_session")
    with signed_in(Role.WORKER) as worker:
        assert not is_refused(worker, "UPDATE certificates_certificate SET attempts = attempts")
        for statement in (
            "UPDATE portal_user SET last_name = ''",
            "SELECT * FROM django_session",
            "INSERT INTO training_mark DEFAULT VALUES",
            "UPDATE projects_project SET code = code",
        ):
            assert is_refused(worker, statement), statement

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'portal_web'")
        assert cursor.fetchone()[0].startswith("SCRAM-SHA-256$")


MAKE = """
import django; django.setup()
from django.db import connection
from portal import heartbeat, tasks
from portal.lib import documents
from portal.models import Part
documents.ring = lambda: None
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user")
    print(cursor.fetchone()[0])
heartbeat.note(Part.WORKER)
print(tasks.produce_waiting.apply().get(), tasks.take_snapshots.apply().get())
"""


def test_worker_makes_papers_and_keeps_figures_as_its_own_role(tmp_path: Any) -> None:
    world = build(people=2)
    world.issue()
    grant()
    environment = {**os.environ, "DATABASE_URL": address(Role.WORKER), "VAR_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MAKE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.stdout.split() == ["portal_worker", "2", "0"], told.stderr[-2000:]
    assert Certificate.objects.ready().count() == 2


def test_names_of_tables_are_true() -> None:
    tables = set(connection.introspection.table_names())

    assert tables >= grants.APPEND_ONLY | grants.OF_NOBODY | grants.OF_WORKER
    named = {prefix for prefix in grants.OF_WEB if any(t.startswith(prefix) for t in tables)}
    assert {"django_session", "account_"} <= named
