"""The portal behind gunicorn, as in production, and browsers that ask it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.certificates.workers import ROOT
from tests.faults.services import killed_with_parent
from tests.servers import HOST, free_port

TOKEN = "t" * 32  # the secret of the form token, in the cookie and in what is sent


class Web:
    """gunicorn with two processes of four threads on a free port."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment, self.port = folder, environment, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait for its first answer."""
        command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "portal.wsgi"]
        command += ["--bind", f"{HOST}:{self.port}", "--workers", "2", "--threads", "4"]
        command += ["--no-control-socket", "--graceful-timeout", "3", "--log-level", "warning"]
        with (self.folder / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=killed_with_parent,
            )
        end = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Browser(self).get("/healthz").status == 200:
                    return
            assert time.monotonic() < end, self.log
            time.sleep(0.1)

    def end(self) -> None:
        """It and its processes, by their group."""
        if self.process is not None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def log(self) -> str:
        return (self.folder / "web.log").read_text(errors="replace")[-6000:]


@dataclass(frozen=True)
class Answer:
    """What came back, and after how long."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float

    def json(self) -> Any:
        return json.loads(self.text)


class Browser:
    """One person's cookies."""

    def __init__(self, web: Web, session: str = "") -> None:
        self.web, self.cookies = web, {"csrf": TOKEN} | ({"session": session} if session else {})

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, Any] | None = None) -> Answer:
        """A form."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **(fields or {})}, doseq=True)
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def send(self, *marks: dict[str, Any]) -> Answer:
        """Marks, as the register's script sends them."""
        return self._ask("POST", "/training/marks/", json.dumps({"marks": marks}))

    def _ask(
        self, method: str, path: str, body: str | None = None, kind: str = "application/json"
    ) -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection(HOST, self.web.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": TOKEN}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(answer.status, dict(answer.getheaders()), text, time.monotonic() - began)
