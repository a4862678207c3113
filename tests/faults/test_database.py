"""PostgreSQL falls in mid-save and rises again: what was confirmed is stored, once; never a 500."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import OperationalError, connection

from tests.certificates.workers import ROOT
from tests.faults.services import Cluster
from tests.faults.web import Answer, Browser, Web
from tests.plugin import PREPARED
from tests.servers import HOST
from tests.sizes import either

pytestmark = pytest.mark.services

WRITERS, DAYS = 4, 4
FALLS = either(2, 20)
BUILD = """
import json
import django; django.setup()
from django.test import Client
from tests.faults.world import group_of, whole
world = whole(people=0)
group = group_of(world, people={people}, days={days})
client = Client()
client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
print(json.dumps({{
    "session": client.cookies["session"].value,
    "people": list(group.enrolments.order_by("pk").values_list("pk", flat=True)),
    "days": list(group.sessions.order_by("pk").values_list("pk", flat=True)),
    "register": f"/training/groups/{{group.pk}}/register/",
}}))
"""


class House:
    """A portal on a database that may fall."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder / "servers")
        self.folder = folder
        self.cluster.begin()
        self.environment = {
            "TESTING": "1",
            "VAR_DIR": str(folder),
            "DATABASE_URL": self.cluster.address("portal"),
            "CELERY_BROKER_URL": "memory://",
            "DJANGO_SETTINGS_MODULE": "tests.failpoints",
        }
        self.web = Web(folder, self.environment)

    def python(self, *words: str) -> str:
        """One command of the portal's Python on this database."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *words],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with (
            closing(psycopg2.connect(self.cluster.address("portal"))) as database,
            database.cursor() as cursor,
        ):
            cursor.execute(question)
            return cursor.fetchall()

    def end(self) -> None:
        self.web.end()
        self.cluster.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, Any]]]:
    """With a register to be filled in by a coordinator who is signed in."""
    made = House(tmp_path_factory.mktemp("house"))
    try:
        dump = made.folder / "prepared.sql"
        made.cluster.restore("portal", dump)
        told = json.loads(made.python("-c", BUILD.format(people=WRITERS * 6, days=DAYS)))
        made.web.start()
        yield made, told
    finally:
        made.end()
