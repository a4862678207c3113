"""A whole portal in one folder: the database of one moment, the files, and what they must hash to.

The database is dumped first and the files after it: a file is there before the row that names it,
so each row of the dump finds its file. Papers made in between belong to nobody and are left out
when the folder is restored. Sessions are not kept: after a restore everybody signs in anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.lib.documents import document_models, known_files

FORMAT = 1
MANIFEST, MEDIA = "manifest.json", "media.tar"
DUMPS = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}
NOT_KEPT = ("django_session", "portal_cache", "portal_heartbeat")


class BackupError(Exception):
    """Why it cannot be done, said to a person; nothing was changed."""


# --- Out ------------------------------------------------------------------------------------------


def back_up(into: Path) -> Path:
    """Make a folder below ``into``; it has its name only once it is whole."""
    now = datetime.now(UTC)
    folder = into / now.strftime("%Y-%m-%dT%H%M%SZ")
    part = folder.with_suffix(".part")
    before = os.umask(0o077)  # the whole portal lies in it
    try:
        part.mkdir(parents=True)
        dump(part / DUMPS[connection.vendor])
        pack_media(part / MEDIA)
        manifest = {
            "format": FORMAT,
            "made_at": now.isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": sorted(".".join(key) for key in applied_migrations()),
            "files": {path.name: fingerprint(path) for path in sorted(part.iterdir())},
        }
        (part / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        part.rename(folder)
    finally:
        os.umask(before)
        shutil.rmtree(part, ignore_errors=True)
    return folder


def applied_migrations() -> list[tuple[str, str]]:
    """What the tables look like, in the words of Django."""
    return list(MigrationRecorder(connection).applied_migrations())


def fingerprint(path: Path) -> dict[str, Any]:
    """Size and sha256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def dump(target: Path) -> None:
    """Everything of one moment, without sessions."""
    if connection.vendor == "postgresql":
        left_out = [f"--exclude-table-data={table}" for table in NOT_KEPT]
        postgres("pg_dump", "--format=custom", *PLAIN, *left_out, f"--file={target}")
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    connection.connection.backup(copy)
    for table in set(NOT_KEPT) & set(connection.introspection.table_names()):
        copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own
    copy.commit()
    copy.execute("VACUUM")  # what was deleted leaves the file, too
    copy.close()


def pack_media(target: Path) -> None:
    """Uploads and papers; PDFs do not shrink, so nothing is packed tighter."""
    root = Path(settings.MEDIA_ROOT)
    with tarfile.open(target, "w") as tar:
        for path in sorted(root.rglob("*")):
            try:
                tar.add(path, path.relative_to(root), recursive=False)
            except FileNotFoundError:
                continue  # an earlier attempt at a paper, swept away just now


# --- In -------------------------------------------------------------------------------------------


def restore(folder: Path) -> dict[str, Any]:
    """Fill an empty portal from a folder; the answer is its manifest."""
    manifest = checked(folder)
    must_be_empty()
    source = folder / DUMPS[connection.vendor]
    if connection.vendor == "postgresql":
        postgres("pg_restore", "--exit-on-error", "--single-transaction", *PLAIN, str(source))
    else:
        connection.close()
        shutil.copyfile(source, connection.settings_dict["NAME"])
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(folder / MEDIA) as tar:
        tar.extractall(root, filter="data")
    remove_later_papers(root)
    return manifest


def checked(folder: Path) -> dict[str, Any]:
    """The manifest, if the folder is what it says."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BackupError(f"{folder} holds no {MANIFEST}: it is no backup, or not whole.") from None
    if manifest["format"] != FORMAT:
        raise BackupError(f"Format {manifest['format']}: made by another release of the portal.")
    if manifest["database"] != connection.vendor:
        raise BackupError(f"A backup of {manifest['database']}, but this is {connection.vendor}.")
    for name, known in manifest["files"].items():
        path = folder / name
        if not path.is_file() or fingerprint(path) != known:
            raise BackupError(f"{name} is missing or was changed since the backup.")
    return manifest


def must_be_empty() -> None:
    """Never over data: whoever means to replace a portal moves the old one away first."""
    if tables := connection.introspection.table_names():
        name = connection.settings_dict["NAME"]
        raise BackupError(f"The database {name} is not empty: it has {len(tables)} tables.")
    root = Path(settings.MEDIA_ROOT)
    if root.is_dir() and any(root.iterdir()):
        raise BackupError(f"The folder {root} is not empty.")


def remove_later_papers(root: Path) -> None:
    """Papers that became ready after the dump: their rows wait and are made again."""
    known = known_files()
    for model in document_models():
        for path in (root / str(model._meta.model_name)).rglob("*"):
            if path.is_file() and str(path.relative_to(root)) not in known:
                path.unlink()


# --- PostgreSQL's own programs ---------------------------------------------------------------------
PLAIN = ("--no-owner", "--no-privileges")


def postgres(program: str, *words: str) -> None:
    """Run one of them on the portal's database; the password goes by the environment."""
    path = shutil.which(program)
    if not path:
        raise BackupError(f"{program} is not installed (Debian: postgresql-client).")
    database = connection.settings_dict
    place = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    known = {name: str(database[key]) for name, key in place.items() if database[key]}
    told = subprocess.run(
        [path, *words, f"--dbname={database['NAME']}"],
        env={**os.environ, **known},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BackupError(f"{program} failed: {told.stderr.strip()[-500:]}")
