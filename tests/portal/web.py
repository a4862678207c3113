"""A real gunicorn on the test's own database, for those who ask from outside."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.plugin import ROOT
from tests.servers import HOST, die_with_parent, free_port


@contextmanager
def gunicorn(database: dict[str, Any], folder: Path) -> Iterator[str]:
    """Its address while it runs; what it says lies in ``folder``."""
    port = free_port()
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/"
    environment = {**os.environ, "DATABASE_URL": url + str(database["NAME"])}
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}"]
    command += ["--workers", "1", "--threads", "2", "--graceful-timeout", "1"]
    command += ["--no-control-socket", "--log-level", "warning"]
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
        )
    try:
        while not _answers(port):
            assert process.poll() is None, (folder / "gunicorn.log").read_text()
            time.sleep(0.1)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", "/api/v1/openapi.json")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
