"""A Redis and a PostgreSQL that are there to be killed, frozen and started again."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import redis

from tests.servers import HOST, Servers, free_port, is_root, program, wait_for


def soon(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.05)


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[bool]:
    """A small disk in memory at this folder; False where one may not mount any."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    is_mounted = (
        is_root() and not subprocess.run(command, check=False, capture_output=True).returncode
    )
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def ballast(disk: Path) -> Iterator[None]:
    """Fill it to the last byte."""
    heavy = disk / "ballast"
    with suppress(OSError), heavy.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    yield
    heavy.unlink()


class Redis:
    """A broker as in production: it appends what it is told to a file, and evicts nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "redis", free_port()
        self.url = f"redis://{HOST}:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it on the same port with what its folder holds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [program("redis-server"), "--port", str(self.port), "--bind", HOST]
        command += ["--dir", str(self.folder), "--appendonly", "yes", "--save", ""]
        command += ["--maxmemory-policy", "noeviction"]
        with (self.folder.parent / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=killed_with_parent,
            )
        wait_for(self.port, "redis-server", self.folder.parent / "redis.log")
        soon(self._serves, "Redis serves")

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def lose_everything(self) -> None:
        """Killed, its folder emptied."""
        self.kill()
        shutil.rmtree(self.folder)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes connections and answers nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)
            soon(self._serves, "Redis serves again")

    @contextmanager
    def away(self) -> Iterator[None]:
        """It refuses connections."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    def ask(self) -> redis.Redis:
        """A client that does not wait for ever."""
        return redis.Redis(host=HOST, port=self.port, socket_timeout=5)

    def _serves(self) -> bool:
        try:
            return bool(self.ask().ping())
        except redis.RedisError:
            return False


class Cluster(Servers):
    """A PostgreSQL of one's own. What it has confirmed it has handed to the operating system."""

    # Without a wait for the disk: a killed process loses nothing, only a power cut would.
    SAFE = "synchronous_commit=on"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port = free_port()

    def begin(self) -> None:
        """An empty cluster, serving."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if is_root():
            self.folder.parent.chmod(0o755)
            shutil.chown(self.folder, "postgres", "postgres")
        self.make_cluster(program("initdb"))
        self.serve()

    def serve(self, *settings: str) -> None:
        """Start it, after a crash with all it had confirmed."""
        self.serve_cluster(program("postgres"), *(settings or (self.SAFE,)))

    def crash(self) -> None:
        """What ``pg_ctl -m immediate stop`` does: every connection is cut, nothing is tidied."""
        postmaster, _number = self.running.pop()
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(30)


def killed_with_parent() -> None:
    """Runs in the child: a frozen server would not hear a kinder signal."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    os.setsid()
