"""The face of the papers is there, or the start says so."""

from pathlib import Path

import pytest

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
