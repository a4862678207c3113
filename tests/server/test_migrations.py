"""Migrations disturb nobody: each is read, and a lock that cannot be had soon is given up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.certificates.workers import ROOT
from tests.server.linting import complaints

APPS = {"portal", "projects", "training", "network", "certificates"}


def own_migrations() -> list[Any]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [each for (app, _name), each in sorted(loader.disk_migrations.items()) if app in APPS]


def test_migrations_disturb_nobody() -> None:
    found = {str(each): told for each in own_migrations() if (told := complaints(each))}

    assert found == {}


def test_exception_tells_its_reason() -> None:
    reasons = [r for each in own_migrations() if (r := getattr(each, "safe_because", None))]

    assert all(len(reason) > 20 for reason in reasons)


def of(*operations: Any) -> list[str]:
    made = type("Migration", (migrations.Migration,), {"operations": list(operations)})
    return complaints(made("0009_tried", "portal"))


EMPTY = models.CharField(max_length=5, null=True)
UNSAFE = {
    "still uses it": [
        migrations.RemoveField("user", "language"),
        migrations.RenameField("user", "language", "tongue"),
        migrations.DeleteModel("AccessLog"),
        migrations.RenameModel("AccessLog", "Log"),
    ],
    "inserts without it": [migrations.AddField("user", "more", models.IntegerField(default=1))],
    "under a lock": [
        migrations.AddField("user", "more", models.IntegerField(null=True, db_index=True)),
        migrations.AddConstraint(
            "user", models.CheckConstraint(condition=models.Q(id__gt=0), name="c")
        ),
    ],
    "AddIndexConcurrently": [migrations.AddIndex("user", models.Index(fields=["email"], name="i"))],
    "may rewrite": [migrations.AlterField("user", "language", models.CharField(max_length=9))],
    "cannot be undone": [
        migrations.RunPython(lambda apps, editor: None),
        migrations.RunSQL("UPDATE portal_user SET language = 'lv'"),
    ],
}


@pytest.mark.parametrize(
    ("words", "operation"), [(words, op) for words, ops in UNSAFE.items() for op in ops]
)
def test_unsafe_migration_is_named(words: str, operation: Any) -> None:
    assert any(words in told for told in of(operation)), of(operation)


def test_safe_migrations_pass() -> None:
    table = migrations.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True))])
    index = migrations.AddIndex("fresh", models.Index(fields=["id"], name="fresh_id"))
    column = migrations.AddField("user", "more", EMPTY)
    told = migrations.AddField("user", "told", models.BooleanField(default=False, db_default=False))

    assert of(table, index, column, told) == []


# --- A lock that cannot be had ----------------------------------------------------------------------


@contextmanager
def somebody_reads() -> Iterator[None]:
    """A transaction that stays open, as of a slow page; a change of the table must wait for it."""
    database = settings.DATABASES["default"]
    raw = psycopg2.connect(
        host=database["HOST"], port=database["PORT"], user=database["USER"], dbname=database["NAME"]
    )
    raw.cursor().execute("SELECT count(*) FROM portal_user")
    try:
        yield
    finally:
        raw.close()


def migrate(*words: str) -> subprocess.Popen[str]:
    """The command on the test's database, with one migration more."""
    database = settings.DATABASES["default"]
    place = f"{database['USER']}@{database['HOST']}:{database['PORT']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{place}/{database['NAME']}",
        "DJANGO_SETTINGS_MODULE": "tests.server.parked.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "parked", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def is_parked() -> bool:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "portal_user")
    return "parked" in {column.name for column in columns}


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_migration_gives_up_a_lock_and_is_tried_again() -> None:
    try:
        with somebody_reads():
            given_up = migrate("--tries", "1")
            told = given_up.communicate(timeout=60)[1]
        assert (given_up.returncode, is_parked()) == (1, False)
        assert told.startswith("CommandError: Gave up: somebody held a table")
        assert len(told.splitlines()) == 1

        with somebody_reads():
            again = migrate("--tries", "50", "--pause", "0.2")
            assert again.stderr is not None
            assert "A table is in use; trying again" in again.stderr.readline()
            assert not is_parked()
        again.communicate(timeout=60)
        assert (again.returncode, is_parked()) == (0, True)
    finally:
        back = migrate("zero")
        back.communicate(timeout=60)
    assert (back.returncode, is_parked()) == (0, False)
