"""The face of the papers is there, or the start says so; files are whole and private."""

import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from portal.apps import papers_have_their_font
from portal.lib import paper


def test_face_is_installed() -> None:
    assert papers_have_their_font() == []


def test_missing_face_stops_the_start_and_names_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paper.fontpkg_noto_sans, "ROOT", tmp_path)

    found = papers_have_their_font()

    assert [each.id for each in found] == ["portal.E001"] * 2
    assert "NotoSans[wdth,wght].ttf" in found[0].msg


def test_missing_face_is_said_and_not_replaced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paper.fontpkg_noto_sans, "ROOT", tmp_path)

    with pytest.raises(paper.PaperError) as caught:
        paper.cut.__wrapped__(500)

    assert (caught.value.code, caught.value.detail) == ("font", "NotoSans[wdth,wght].ttf")


def test_stored_file_is_for_the_portal_alone(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    paper.store(tmp_path / "media/certificate/1.pdf", b"%PDF")
    default_storage.save("evidence/names.txt", ContentFile(b"names"))

    modes = {
        str(path.relative_to(tmp_path / "media")): oct(stat.S_IMODE(path.stat().st_mode))
        for path in (tmp_path / "media").rglob("*")
    }
    assert modes == {
        "certificate": "0o700",
        "certificate/1.pdf": "0o600",
        "evidence": "0o700",
        "evidence/names.txt": "0o600",
    }


def test_file_half_written_before_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "1.part").write_bytes(b"much longer than what follows")

    paper.store(tmp_path / "1.pdf", b"%PDF")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("1.pdf", b"%PDF")]
