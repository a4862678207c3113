"""Pictures of papers: cleaned once, kept by their fingerprint, never shown when they changed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image

from portal.lib import pictures
from portal.lib.paper import PaperError, Resources

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="9" height="9"/></svg>'


@pytest.fixture(autouse=True)
def own_store(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def png(size: tuple[int, int] = (40, 20), mode: str = "RGBA") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "red").save(file, "PNG")
    return file.getvalue()


def test_transparent_picture_lies_on_white() -> None:
    frozen = pictures.freeze(png())
    resources = Resources()
    address = pictures.show(frozen, resources, label="x")
    found = resources.get(address)
    assert found is not None
    picture = Image.open(io.BytesIO(found[0]))

    assert (picture.mode, picture.getpixel((0, 0))) == ("RGB", (255, 255, 255))
    assert frozen["ratio"] == 2.0


def test_large_picture_is_made_as_small_as_paper_needs() -> None:
    frozen = pictures.freeze(png((6000, 3000), "RGB"))

    with pictures.default_storage.open(frozen["file"]) as file, Image.open(file) as picture:
        assert picture.size == (720, 360)


def test_same_picture_is_kept_once(own_store: Path) -> None:
    assert pictures.freeze(SVG) == pictures.freeze(SVG)
    assert len(list((own_store / "frozen").iterdir())) == 1


def test_drawing_knows_its_shape() -> None:
    assert pictures.freeze(SVG)["ratio"] == 3.0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n broken",
        b"<svg",
        b"<html><svg></svg></html>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"GIF89a",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PaperError) as caught:
        pictures.freeze(data)

    assert caught.value.code == "picture"


@pytest.mark.parametrize("harm", ["remove", "change"])
def test_picture_that_changed_after_issue_is_not_shown(harm: str, own_store: Path) -> None:
    frozen = pictures.freeze(SVG)
    if harm == "remove":
        (own_store / frozen["file"]).unlink()
    else:
        (own_store / frozen["file"]).write_bytes(SVG.replace(b"9", b"8"))

    with pytest.raises(PaperError) as caught:
        pictures.show(frozen, Resources(), label="Paraugu fonds")

    assert (caught.value.code, caught.value.detail) == ("missing", "Paraugu fonds")
