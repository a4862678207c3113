"""Pictures of papers: cleaned once, kept by their fingerprint, never shown when they changed."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
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


@pytest.mark.parametrize("harm", [b"", SVG[:40], SVG.replace(b"9", b"8")])
def test_half_written_picture_is_written_anew(harm: bytes, own_store: Path) -> None:
    frozen = pictures.freeze(SVG)
    (own_store / frozen["file"]).write_bytes(harm)
    again = pictures.freeze(SVG)

    assert again == frozen
    assert pictures.show(again, Resources(), label="x") == f"paper:{frozen['sha256']}"
    assert [path.suffix for path in (own_store / "frozen").iterdir()] == [".svg"]


def drawing(attributes: str, body: str = "", before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


@pytest.mark.parametrize(
    ("attributes", "ratio"),
    [
        ('viewBox="0 0 30 10"', 3.0),
        ('viewBox="0,0,30,10" width="100%" height="100%"', 3.0),
        ('width="40" height="20"', 2.0),
        ('width="40mm" height="16mm"', 2.5),
        ('width="40mm" height="16px"', 1.0),
        ('width="100%" height="50%"', 1.0),
        ("", 1.0),
    ],
)
def test_drawing_knows_its_shape(attributes: str, ratio: float) -> None:
    assert pictures.freeze(drawing(attributes))["ratio"] == ratio


@pytest.mark.parametrize(
    "data",
    [
        drawing('viewBox="0 0 . 10"'),
        drawing('viewBox="1.2.3"'),
        drawing('viewBox="0 0 nan 10"'),
        drawing('viewBox="0 0 10 0"'),
        drawing('viewBox="0 0 1e300 1e-300"'),
        drawing('width="wide" height="10"'),
        drawing('width="10" height="0"'),
        drawing("", '<symbol viewBox="x"/>'),
        drawing("", before='<?xml version="1.0" encoding="foo"?>').replace(b"</svg>", b""),
        drawing("", '<style>@\\69mport "http://x.invalid/";</style>'),
        drawing("", "<style>@\\000049 mport 'x';</style>"),
        drawing("", '<rect style="fill: u\\72l(http://x.invalid/)"/>'),
        drawing("", '<rect fill="\\75 RL(x.svg)"/>'),
        drawing("", "<script/>"),
    ],
)
def test_drawing_that_papers_cannot_draw_is_refused_by_upload_and_paper(data: bytes) -> None:
    with pytest.raises(ValidationError):
        pictures.read_drawing(data)
    with pytest.raises(PaperError) as caught:
        pictures.freeze(data)

    assert caught.value.code == "picture"


@pytest.mark.parametrize("encoding", ["shift_jis", "foo", "utf-7", "utf-8"])
def test_encoding_named_inside_a_drawing_counts_for_nothing(encoding: str) -> None:
    data = drawing("", "<title>Ķirsis</title>", f'<?xml version="1.0" encoding="{encoding}"?>')
    frozen = pictures.freeze(data)

    with pictures.default_storage.open(frozen["file"]) as file:
        assert "Ķirsis" in ElementTree.fromstring(file.read()).itertext()


def test_drawing_after_a_long_comment_is_one() -> None:
    assert pictures.freeze(drawing("", before=f"<!--{'x' * 3000}-->"))["mime"] == "image/svg+xml"


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
