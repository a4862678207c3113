"""Portals for the walk: one per kind of service, each ended with nothing left running."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.walk.running import Portal

DATABASE = "walk"


@pytest.fixture
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Portal]:
    """A portal on the services named by the test: "sqlite", or "postgres" of the test run."""
    environment = {} if request.param == "sqlite" else real_services()
    portal = Portal(tmp_path, **environment)
    yield portal
    portal.end()


def real_services() -> dict[str, str]:
    """An empty database on the PostgreSQL of this run, and a Redis database nobody else uses."""
    if not os.environ["DATABASE_URL"]:
        pytest.skip("needs PostgreSQL and Redis: TEST_SERVICES=real")
    server = urlsplit(os.environ["DATABASE_URL"])
    connection = psycopg2.connect(
        host=server.hostname, port=server.port, user=server.username, dbname="postgres"
    )
    connection.autocommit = True
    connection.cursor().execute(f'DROP DATABASE IF EXISTS "{DATABASE}"')
    connection.cursor().execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()
    return {
        "DATABASE_URL": server._replace(path=f"/{DATABASE}").geturl(),
        "CELERY_BROKER_URL": os.environ["CELERY_BROKER_URL"].rpartition("/")[0] + "/7",
    }
