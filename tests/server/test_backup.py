"""A backup of a real portal fills an empty server, and everything in it still proves itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from certificates.actions import issue_certificates
from certificates.models import Certificate, CertificateTemplate
from portal import backup
from portal.lib import documents
from tests import prepared
from tests.certificates.workers import ROOT
from tests.factories import MembershipFactory, OrganisationFactory
from tests.plugin import READY
from tests.servers import Servers
from tests.sizes import either
from tests.training import world
from training.actions import close_sessions
from training.models import AttendanceStatus, Enrolment

PEOPLE = either(6, 100)

# Asked in a process of its own that knows the restored portal alone.
PROVE = """
import django; django.setup()
import random
from django.test import Client
from certificates.models import Certificate
rows = list(Certificate.objects.ready())
good = 0
for row in random.sample(rows, min(100, len(rows))):
    page = Client(SERVER_NAME="127.0.0.1").get(f"/v/{row.token}/")
    good += page.status_code == 200 and row.holder in page.content.decode() and len(row.read()) > 5000
from django.contrib.sessions.models import Session
print(good, Session.objects.count())
"""


def fill(people: int) -> None:
    """A portal at work: papers ready, somebody signed in, a paper made after the dump."""
    MembershipFactory()  # somebody administers
    filled = world.fill(world.empty_world(lead=OrganisationFactory()), people=people)
    close_sessions(user=None, sessions=filled.sessions, rest=AttendanceStatus.PRESENT)
    template = CertificateTemplate.objects.create(project=filled.project, series="LPR")
    enrolments = Enrolment.objects.filter(pk__in=[each.pk for each in filled.enrolments])
    issue_certificates(enrolments=enrolments, template=template, issued_by=None)
    while rows := documents.claim(Certificate, 20, owner="test"):
        documents.produce(rows)
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now())
    default_storage.save("certificate/0000/later.pdf", ContentFile(b"%PDF-"))
    default_storage.save("logos/kept.svg", ContentFile(b"<svg/>"))


def place(var: Path) -> None:
    """A VAR_DIR; the fonts of pages are cut already."""
    var.mkdir(parents=True)
    (var / "vendor").symlink_to(ROOT / "var/vendor")


def run(*words: str, **environment: str) -> str:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-1000:] + told.stderr[-2000:]
    return told.stdout


@pytest.fixture
def empty_server() -> Iterator[dict[str, str]]:
    """A PostgreSQL nobody has ever written to."""
    folder = Path(os.environ[READY]) / f"restored-{uuid.uuid4().hex[:8]}"
    servers = Servers(folder / "servers")
    place(folder / "var")
    yield {**servers.start(), "VAR_DIR": str(folder / "var")}
    servers.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_backup_fills_an_empty_server(
    settings: LazySettings, tmp_path: Path, empty_server: dict[str, str]
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    fill(PEOPLE)
    folder = backup.back_up(tmp_path / "backups")

    told = run("manage.py", "restore", str(folder), **empty_server)
    assert "Everything holds." in told
    assert run("-c", PROVE, **empty_server).split() == [str(PEOPLE), "0"]
    media = Path(empty_server["VAR_DIR"]) / "media"
    assert (media / "logos/kept.svg").read_bytes() == b"<svg/>"
    assert not (media / "certificate/0000/later.pdf").exists()

    again = subprocess.run(
        [sys.executable, "manage.py", "restore", str(folder)],
        cwd=ROOT,
        env={**os.environ, **empty_server},
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 1 and "is not empty" in again.stderr


def test_backup_of_the_demo_fills_another(tmp_path: Path) -> None:
    """SQLite: the same two commands."""
    first, second = (
        {"DATABASE_URL": "", "CELERY_BROKER_URL": "filesystem://", "VAR_DIR": str(tmp_path / name)}
        for name in ("first", "second")
    )
    for name in ("first", "second"):
        place(tmp_path / name)
    migrated = prepared.kept("sqlite3", prepared.migrated_sqlite)
    shutil.copy(migrated, tmp_path / "first" / "db.sqlite3")
    made = "import django; django.setup(); from tests.server import test_backup as t; t.fill(2)"
    run("-c", made, **first)
    folder = run("manage.py", "backup", "--to", str(tmp_path / "backups"), **first).strip()

    assert "Everything holds." in run("manage.py", "restore", folder, **second)
    assert run("-c", PROVE, **second).split() == ["2", "0"]


@pytest.mark.django_db(transaction=True)
class TestFolder:
    @pytest.fixture
    def folder(self, settings: LazySettings, tmp_path: Path) -> Path:
        settings.MEDIA_ROOT = tmp_path / "media"
        default_storage.save("logos/one.svg", ContentFile(b"<svg/>"))
        return backup.back_up(tmp_path / "backups")

    def test_folder_is_whole_and_private(self, folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_text())
        dump = backup.DUMPS[connection.vendor]

        assert {path.name for path in folder.iterdir()} == {dump, "media.tar", "manifest.json"}
        assert set(manifest["files"]) == {dump, "media.tar"}
        assert "portal.0002_heartbeat" in manifest["migrations"]
        assert folder.stat().st_mode & 0o077 == 0
        assert list(folder.parent.glob("*.part")) == []
        with tarfile.open(folder / "media.tar") as tar:
            assert "logos/one.svg" in tar.getnames()

    def test_backup_that_breaks_leaves_nothing(
        self, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        monkeypatch.setitem(connection.settings_dict, "NAME", "nowhere")
        if connection.vendor == "postgresql":
            with pytest.raises(CommandError, match="pg_dump is not installed"):
                call_command("backup", "--to", str(tmp_path / "none"))
            assert list((tmp_path / "none").iterdir()) == []

    def test_nothing_is_restored_over_data(self, folder: Path) -> None:
        with pytest.raises(CommandError, match="is not empty"):
            call_command("restore", str(folder))

    @pytest.mark.parametrize("name", ["media.tar", "dump"])
    def test_changed_file_is_noticed_before_anything_is_done(self, folder: Path, name: str) -> None:
        path = folder / name.replace("dump", backup.DUMPS[connection.vendor])
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

        with pytest.raises(CommandError, match="is missing or was changed"):
            call_command("restore", str(folder))

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"format": 2}, "Format 2"),
            ({"database": "oracle"}, "A backup of oracle"),
            (None, "holds no manifest.json"),
        ],
    )
    def test_foreign_folder_is_refused(self, folder: Path, change: dict | None, words: str) -> None:
        path = folder / "manifest.json"
        if change is None:
            path.unlink()
        else:
            path.write_text(json.dumps(json.loads(path.read_text()) | change))

        with pytest.raises(CommandError, match=words):
            call_command("restore", str(folder))
