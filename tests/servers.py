"""A PostgreSQL and a Redis of our own: free loopback ports, data in a folder, gone with the tests."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
RISING = ("starting up", "not yet accepting", "in recovery mode")  # said until it serves
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG: the kernel ends a server whose test run was killed


class Missing(Exception):  # noqa: N818 - said to a person
    """A server's program is not installed, or it does not start."""


class Servers:
    """Both servers, as an ordinary user even when the tests run as root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []

    def start(self) -> dict[str, str]:
        """Start both; the answer is the environment that names them."""
        initdb, postgres, redis = program("initdb"), program("postgres"), program("redis-server")
        self.folder.mkdir(parents=True)
        if is_root():
            self.folder.parent.chmod(0o755)
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self._start_postgres(initdb, postgres)
        broker = free_port()
        self._run(
            [redis, "--port", str(broker), "--bind", HOST, "--save", "", "--appendonly", "no"]
        )
        wait_for(broker, "redis-server", self.folder / "log")
        return {
            "DATABASE_URL": self.address("portal"),
            "CELERY_BROKER_URL": f"redis://{HOST}:{broker}/0",
        }

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@{HOST}:{self.port}/{database}"

    def dump(self, database: str) -> bytes:
        """Everything in a database, as SQL."""
        command = [program("pg_dump"), "--no-owner", "--dbname", self.address(database)]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout

    def restore(self, database: str, dump: Path) -> None:
        """Read a dump into an empty database."""
        command = [program("psql"), "--quiet", "--no-psqlrc", "--single-transaction"]
        command += ["--set", "ON_ERROR_STOP=1", "--file", str(dump)]
        subprocess.run(
            [*command, "--dbname", self.address(database)], check=True, stdout=subprocess.DEVNULL
        )

    def create_database(self, name: str) -> None:
        """An empty database."""
        import psycopg2

        connection = psycopg2.connect(host=HOST, port=self.port, user="postgres", dbname="postgres")
        connection.autocommit = True
        connection.cursor().execute(f'CREATE DATABASE "{name}"')
        connection.close()

    def stop(self) -> None:
        """Stop by process, wait, and kill only what does not listen."""
        for process, number in self.running:
            process.send_signal(number)
        for process, _number in self.running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def _start_postgres(self, initdb: str, postgres: str) -> None:
        self.make_cluster(initdb)
        self.serve_cluster(postgres)

    def make_cluster(self, initdb: str) -> None:
        """The folder of an empty PostgreSQL."""
        data = str(self.folder / "data")
        plain = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = self._spawn([initdb, "-D", data, *plain])
        if made.wait(60):
            raise Missing(f"initdb failed: {(self.folder / 'log').read_text()[-500:]}")

    def serve_cluster(self, postgres: str, *settings: str) -> None:
        """Start it, and answer when it serves; ``settings`` go before the quick ones."""
        options = [word for option in (*QUICK, *settings) for word in ("-c", option)]
        options += ["-c", f"listen_addresses={HOST}", "-k", str(self.folder)]
        data = str(self.folder / "data")
        self._run([postgres, "-D", data, "-p", str(self.port), *options], signal.SIGINT)
        wait_for(self.port, "PostgreSQL", self.folder / "log")
        for _attempt in range(100):  # the port listens a moment before it serves
            try:
                self.create_database("portal")
                return
            except Exception as error:
                if "already exists" in str(error):
                    return
                if not any(words in str(error) for words in RISING):
                    raise Missing(f"PostgreSQL does not serve: {error}") from None
                time.sleep(0.05)

    def _run(self, command: Sequence[str], end: signal.Signals = signal.SIGTERM) -> None:
        self.running.append((self._spawn(command), end))

    def _spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        owner: dict[str, Any] = {}
        if is_root():  # PostgreSQL refuses root
            entry = pwd.getpwnam("postgres")
            owner = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        with (self.folder / "log").open("ab") as log:
            # Both outputs go to the file: an orphan holding the pipe would hang a CI shell.
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
                **owner,
            )


def program(name: str) -> str:
    """Where it is; Debian keeps PostgreSQL's in a folder by version, outside PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3])
    )
    found = shutil.which(name) or (str(versions[-1]) if versions else None)
    if not found:
        raise Missing(f"{name} is not installed (Debian: postgresql redis-server).")
    return found


def is_root() -> bool:
    """Started as root, as in most containers."""
    return os.geteuid() == 0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, name: str, log: Path) -> None:
    """Until it listens, ten seconds at most."""
    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise Missing(f"{name} does not start: {log.read_text()[-500:]}")


def die_with_parent() -> None:
    """Runs in the child just before it becomes the server."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGTERM)
