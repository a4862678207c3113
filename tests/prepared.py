"""A migrated database, made once for each set of migrations and copied by every run after that."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.servers import Servers

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var/tests"
MOST_KEPT = 4  # branches come and go
NAME = "portal_prepared"


def prepare(servers: Servers | None) -> str:
    """Bring the prepared database into place; the answer is what a test database is copied from."""
    if servers and servers.running:
        return prepare_postgres(servers)
    return str(kept("sqlite3", migrated_sqlite))


def prepare_postgres(servers: Servers) -> str:
    """Restore the dump into the run's own server, or migrate and keep the dump."""

    def dump_of_fresh(target: Path) -> None:
        migrate(DATABASE_URL=servers.address(NAME))
        target.write_bytes(servers.dump(NAME))

    servers.create_database(NAME)
    before = set(KEPT.glob("*.sql"))
    dump = kept("sql", dump_of_fresh)
    if dump in before:
        servers.restore(NAME, dump)
    return NAME


def migrated_sqlite(target: Path) -> None:
    """Write a migrated SQLite file."""
    with tempfile.TemporaryDirectory() as var:
        migrate(VAR_DIR=var, DATABASE_URL="")
        shutil.copy(Path(var) / "db.sqlite3", target)


def migrate(**environment: str) -> None:
    """Run every migration in a process of its own, before the tests' own Django is there."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    )


def kept(kind: str, make: Callable[[Path], None]) -> Path:
    """The file for today's migrations; made under another name and then renamed."""
    path = KEPT / f"{key()}.{kind}"
    if path.exists():
        path.touch()
        return path
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    make(fresh)
    fresh.rename(path)
    for old in sorted(KEPT.glob(f"*.{kind}"), key=lambda p: p.stat().st_mtime)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return path


def key() -> str:
    """Changes with any migration and with any package that brings some."""
    files = [ROOT / "requirements.lock", *sorted(ROOT.glob("*/migrations/*.py"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]
