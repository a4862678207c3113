"""No room on the disk of the papers: said, nothing half kept, and done when there is room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models.functions import Now
from django.test import Client

from certificates.models import Certificate
from portal.lib import documents
from portal.lib.documents import Failure
from projects.models import IndicatorValue
from tests import factories
from tests.faults.services import ballast, mounted
from tests.faults.world import papers, whole

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_disk(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    """Papers and uploads lie on two megabytes."""
    folder = tmp_path / "media"
    with mounted(folder, "2m") as is_mounted:
        if not is_mounted:
            pytest.skip("only root mounts a disk of its own")
        settings.MEDIA_ROOT = folder
        yield folder


def files(disk: Path) -> list[str]:
    return [path.name for path in disk.rglob("*") if path.is_file() and path.name != "ballast"]


def test_paper_waits_for_room_on_the_disk(small_disk: Path) -> None:
    whole(people=2).issue()
    with ballast(small_disk):
        assert documents.produce(documents.claim(Certificate, 5, owner="test")) == 0
        assert papers() == [("waiting", 1, Failure.DISK)] * 2
        assert files(small_disk) == []
    Certificate.objects.update(lease_until=Now() - timedelta(seconds=1))
    while rows := documents.claim(Certificate, 5, owner="test"):
        documents.produce(rows)
    assert papers() == [("ready", 2, "")] * 2
    call_command("check_invariants")


def test_upload_to_a_full_disk_is_answered_and_leaves_nothing(small_disk: Path) -> None:
    world = whole(people=1)
    indicator = factories.IndicatorFactory(project=world.project, code="R1", method="entered")
    desk = Client(raise_request_exception=False)
    desk.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/projects/{world.project.code}/indicators/{indicator.code}/values/add/"

    def send() -> int:
        list_ = SimpleUploadedFile("list.pdf", b"%PDF-1.7" + bytes(200_000))
        return desk.post(address, {"on": "2010-06-18", "value": "3", "evidence": list_}).status_code

    with ballast(small_disk):
        assert send() == 503
        assert (IndicatorValue.objects.count(), files(small_disk)) == (0, [])
    assert send() == 302
    assert IndicatorValue.objects.count() == len(files(small_disk)) == 1
    call_command("check_invariants")
