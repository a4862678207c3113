"""Real workers as child processes, to be killed in the middle of their work."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app

ROOT = Path(__file__).resolve().parent.parent.parent


class Worker:
    """One Celery worker with its beat, in a process group of its own."""

    def __init__(self, folder: Path, environment: dict[str, str], name: str = "paper@test") -> None:
        self.folder, self.environment = folder, {**os.environ, **environment}
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        """Start it; it answers to the same name each time, as after a restart of a machine."""
        command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "portal", "worker", "-B"]
        command += ["-c", "1", "--pool", "prefork", "-n", self.name, "--loglevel", "INFO"]
        command += [
            "-s",
            str(self.folder / f"beat-{self.name}"),
            "--without-mingle",
            "--without-gossip",
        ]
        with (self.folder / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.environment, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9 for the worker, its beat and its children at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask_to_end(self, seconds: float = 30) -> None:
        """SIGTERM, and no longer than an engine of containers waits before it kills."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(seconds)
        self.kill()

    def wait_for_its_death(self, seconds: float = 90) -> None:
        """Until the failpoint has killed it."""
        assert self.process is not None
        self.process.wait(seconds)
        self.kill()

    @property
    def lives(self) -> bool:
        """Whether it still is the process that was started."""
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> str:
        return (self.folder / "worker.log").read_text(errors="replace")[-4000:]


def wait_until(
    condition: Callable[[], bool], worker: Worker, seconds: float = 120, pause: float = 0.05
) -> None:
    """Wait, and say what the worker said if it takes too long."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s:\n{worker.log}")
        time.sleep(pause)


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """Let this process ring at another address, and wait until what was rung there is over."""
    before = os.environ["CELERY_BROKER_URL"]  # Celery asks it before any setting
    os.environ["CELERY_BROKER_URL"] = url
    current_app.amqp._producer_pool = None
    try:
        yield
        wait_for_the_bell()
    finally:
        os.environ["CELERY_BROKER_URL"] = before
        current_app.amqp._producer_pool = None


def wait_for_the_bell() -> None:
    """Until every ring of this process has been told or given up."""
    for thread in threading.enumerate():
        if thread.name == "doorbell":
            thread.join(60)
