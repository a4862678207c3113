"""The whole portal on one machine with invented data: `make demo`."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from portal import demo
from portal.models import User
from portal.processes import Child, end_all

HOST = "127.0.0.1"
# All that a demo ever writes; nothing else is removed by --reset, whatever VAR_DIR points to.
SECRETS = ("demo-password", "demo-secret-key", "demo-token-key")
FILES = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", *SECRETS)
FOLDERS = ("media", "mails", "queue")


class Stop(Exception):  # noqa: N818 - a wish, not an error
    """Somebody wants the demo to end."""


class Command(BaseCommand):
    """Fills an empty database once, then keeps a web server and a worker running until Ctrl-C."""

    help = "Run the portal with invented data: web server and worker, until Ctrl-C."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with DEMO=1: this command invents data and accounts.")
        with translation.override("en"), only_one():
            self.reset() if options["reset"] else self.run()

    def reset(self) -> None:
        """Remove what earlier demos stored."""
        if connection.vendor != "sqlite":
            raise CommandError("The demo's data are in PostgreSQL: drop that database yourself.")
        connection.close()
        clear(settings.VAR_DIR)
        self.stdout.write("The demo is empty; `make demo` begins anew.")

    def run(self) -> None:
        """Bring everything up, then watch until somebody wants it to end."""
        must_be_free(settings.PORT)
        os.environ.setdefault("SECRET_KEY", demo.secret_key())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        web, worker = web_server(), background_worker()
        try:
            self.migrate()
            web.start()  # it loads while the data are filled in
            self.fill()
            demo.give_password(demo.password())
            demo.give_tokens()
            worker.start()
            self.wait_for(web)
            self.announce()
            self.watch([web, worker])
        except Stop:
            pass
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # ending is under way, let it finish
            end_all([worker, web])
        self.stdout.write("\nThe demo has ended; `make demo` goes on where it stopped.")

    def migrate(self) -> None:
        """Bring the tables up to date; a second start finds nothing to do and loses no time."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, database=DEFAULT_DB_ALIAS)

    def fill(self) -> None:
        """Give an empty portal its projects and people, all or nothing."""
        if User.objects.exists():
            return
        self.stdout.write("Filling in the projects and their invented people…")
        self.stdout.flush()
        call_command("fill_demo", stdout=self.stdout)

    def announce(self) -> None:
        """Say where, who and with which password."""
        lines = ["", f"The portal is at {settings.SITE_URL}", ""]
        width = max((len(user.email) for user in demo.accounts()), default=0)
        lines += [f"  {user.email:<{width}}  {demo.work_of(user)}" for user in demo.accounts()]
        lines += ["", "Tokens for programs (docs/api.md):", ""]
        lines += [f"  {demo.token_of(user)}  {user.email}" for user in demo.accounts()]
        lines += ["", f"Password of all accounts: {demo.password()}", "Ctrl-C ends everything.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def wait_for(self, web: Child) -> None:
        """Name no address before a browser can open it."""
        while not listens(settings.PORT):
            self.mind(web)
            time.sleep(0.1)

    def watch(self, children: list[Child]) -> None:
        """Mind them until somebody wants it to end."""
        while True:
            time.sleep(0.5)
            for child in children:
                self.mind(child)

    def mind(self, child: Child) -> None:
        """Start again what fell; give up when it keeps falling."""
        if child.has_fallen():
            self.stderr.write(f"The {child.name} has stopped; starting it again.")
            if not child.restart():
                raise CommandError(f"The {child.name} keeps stopping; see its words above.")


def stop(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an ordinary exception."""
    raise Stop


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the folder: two demos would fight over one database."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"A demo is running on {settings.VAR_DIR} already.") from None
        yield


def clear(folder: Path) -> None:
    """Remove what demos have written into the folder, and nothing else."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob("celerybeat-schedule*"):
        path.unlink()


def must_be_free(port: int) -> None:
    """Say it now and plainly, not from inside a server."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CommandError(
                f"Port {port} is taken. Choose another: PORT={port + 1} make demo"
            ) from None


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def web_server() -> Child:
    """One process, eight threads: what SQLite bears well."""
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{settings.PORT}"]
    command += ["--workers", "1", "--threads", "8", "--graceful-timeout", "3"]
    command += ["--no-control-socket", "--log-level", "warning"]  # the socket would be under HOME
    return Child("web server", command, os.environ)


def background_worker() -> Child:
    """One pool process with the clock inside, and polite towards the web server."""
    quiet = ["-W", "ignore::UserWarning:celery.platforms"]  # in a container everybody is root
    command = [sys.executable, *quiet, "-m", "celery", "--quiet", "-A", "portal", "worker", "-B"]
    command += ["--concurrency", "1", "--pool", "prefork", "--loglevel", "WARNING"]
    command += ["--without-gossip", "--without-mingle", "--queues", "celery,mails"]
    # Celery takes six seconds to say goodbye even when idle. What it was doing is remembered in
    # the rows and done at the next start, so nobody has to wait for it.
    return Child("worker", command, os.environ, nice=5, patience=2)
