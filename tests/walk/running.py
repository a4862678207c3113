"""The real commands of a portal, run in a folder of their own and ended without a rest."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.plugin import ROOT
from tests.servers import HOST, free_port

# What the tests tell their own process; a portal started by a person knows none of it.
OURS = ("TESTING", "DEBUG", "DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE")
OURS += ("DJANGO_ALLOW_ASYNC_UNSAFE", "DEMO_PASSWORD", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS")
UP, ENDED = 400, 15  # seconds, however busy the machine
# What a healthy portal never says: an error, a traceback, somebody reaching for another machine.
TROUBLE = re.compile(r"^.*(?: ERROR | CRITICAL |Traceback|OutsideError|keeps stopping).*$", re.M)


class Portal:
    """A portal with invented data, or an empty one, on a free port of this machine."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.var = folder / "var"
        self.var.mkdir(parents=True)
        (self.var / "vendor").symlink_to(ROOT / "var/vendor")  # cutting the fonts takes seconds
        self.output = folder / "output"
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.up_after = 0.0  # seconds, as on a machine that nobody else uses
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in OURS},
            "DEMO": "1",
            "PORT": str(self.port),
            "VAR_DIR": str(self.var),
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests/walk/inside"))),
            **environment,
        }

    def manage(self, *words: str, **environment: str) -> str:
        """One command from its start to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**self._environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """`manage.py demo`, until its page answers and its accounts are told."""
        begun, crowd = time.monotonic(), max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        while not (self._is_up() and "Ctrl-C" in self.said):
            assert self._process.poll() is None, self.said
            assert time.monotonic() - begun < UP, f"not up after {UP} s: {self.said}"
            time.sleep(0.1)
        self.up_after = (time.monotonic() - begun) / crowd

    def end(self) -> None:
        """Ctrl-C; then nothing of it may be left."""
        if self._process is None:
            return
        assert len(self.processes) >= 4  # the command, the web server and its child, the worker
        self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(ENDED)
        finally:
            left = self.processes
            for number in left:
                os.kill(number, signal.SIGKILL)
            self._process.wait()
        self._process = None
        assert (code, left) == (0, []), self.said
        assert TROUBLE.findall(self.said) == []

    @property
    def said(self) -> str:
        """Everything the command and its children printed."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    @property
    def accounts(self) -> dict[str, str]:
        """Addresses with what each account is there for, as the start told them."""
        return dict(re.findall(r"^  (\S+@\S+)  +(.+)$", self.said, re.M))

    @property
    def password(self) -> str:
        """The one password of all accounts, as the start told it."""
        (word,) = set(re.findall(r"^Password of all accounts: (\S+)$", self.said, re.M))
        return word

    @property
    def processes(self) -> list[int]:
        """Every living process that was started for this folder, whoever its parent is now."""
        mark = f"VAR_DIR={self.var}\0".encode()
        return [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/environ")
            if mark in _read(path) and _is_alive(path.parent)
        ]

    def _is_up(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request("GET", "/accounts/login/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it ended just now, or belongs to somebody else
        return b""


def _is_alive(process: Path) -> bool:
    return b") Z " not in _read(process / "stat")
