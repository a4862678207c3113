"""The stylesheet and the face that come from installed packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from portal.finders import FILES, VendorFinder


@pytest.fixture
def finder(tmp_path: Path, settings: object) -> VendorFinder:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    return VendorFinder()


def test_face_is_small_and_holds_every_latvian_letter(finder: VendorFinder) -> None:
    path = Path(finder.find("vendor/noto-sans.woff2"))
    font = TTFont(path)

    letters = "AĀBCČDEĒFGĢHIĪJKĶLĻMNŅOPRSŠTUŪVZŽaābcčdeēfgģhiījkķlļmnņoprsštuūvzž–—“”€№ĄĖĮŲŪ"
    assert {ord(letter) for letter in letters} <= set(font.getBestCmap())
    assert path.stat().st_size < 60_000
    weights = next(axis for axis in font["fvar"].axes if axis.axisTag == "wght")
    assert (weights.minValue, weights.maxValue) == (400, 700)


def test_stylesheet_points_to_no_file_that_is_not_served(finder: VendorFinder) -> None:
    css = Path(finder.find("vendor/tabler.min.css")).read_text()

    assert "sourceMappingURL" not in css
    assert ".form-control{" in css


def test_files_are_made_once(finder: VendorFinder) -> None:
    first = Path(finder.find("vendor/tabler.min.css")).stat().st_mtime_ns

    assert Path(finder.find("vendor/tabler.min.css")).stat().st_mtime_ns == first
    assert [path for path, _storage in finder.list(None)] == list(FILES)


def test_other_paths_are_left_to_other_finders(finder: VendorFinder) -> None:
    assert finder.find("vendor/../settings.py") == []
    assert finders.find("css/portal.css").endswith("static/css/portal.css")  # type: ignore[union-attr]
