"""Where a bench runs: the demo's data in a PostgreSQL of its own, gone at the end."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Clock
from tests.servers import HOST, Missing, Servers, die_with_parent, free_port

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = ("DATABASE_URL", "CELERY_BROKER_URL", "TESTING", "DEBUG", "PORTAL_TESTS_READY")


@dataclass(frozen=True)
class Web:
    """A gunicorn that serves the data; ``pid`` is that of its master."""

    port: int
    pid: int


@dataclass(frozen=True)
class Place:
    """The folder, and the process of the database; without PostgreSQL the data lie in SQLite."""

    folder: Path
    database: int | None

    @property
    def clock(self) -> Clock:
        return Clock(self.database)

    @contextmanager
    def web(self) -> Iterator[Web]:
        """As in production, but one worker: the floor page stands beside the portal's own."""
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}"]
        command += ["--workers", "1", "--threads", "4", "--graceful-timeout", "1"]
        command += ["--no-control-socket", "--log-level", "warning"]
        with (self.folder / "gunicorn.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )
        try:
            wait_until_served(process, port, self.folder / "gunicorn.log")
            yield Web(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def prepared() -> Iterator[Place]:
    """Django set up on a filled portal; nothing of it is left behind."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    servers = Servers(folder / "servers")
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ |= {"DEMO": "1", "VAR_DIR": str(folder / "var"), "LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    try:
        database = start(servers)
        fill()
        yield Place(folder, database)
    finally:
        close_connections()
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start(servers: Servers) -> int | None:
    """The process of a PostgreSQL of our own, where one is installed."""
    try:
        urls = servers.start()
    except Missing as missing:
        servers.stop()
        print(f"{missing} The benches run on SQLite, and WHAT=page not at all.", file=sys.stderr)
        return None
    os.environ["DATABASE_URL"] = urls["DATABASE_URL"]
    return servers.running[0][0].pid


def fill() -> None:
    """The demo's data: four projects, 701 people, 33 480 marks."""
    import django

    django.setup()
    from django.core.management import call_command

    print("Filling in the demo's data …", file=sys.stderr, flush=True)
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        call_command("fill_demo", stdout=nowhere)


def close_connections() -> None:
    """Or the server would wait for us."""
    from django.db import connections

    connections.close_all()


def wait_until_served(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _attempt in range(600):
        if process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(log.read_text())
