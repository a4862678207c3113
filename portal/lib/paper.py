"""What a paper is made of, before anything is drawn: its face, its files, and what can go wrong."""

from __future__ import annotations

import functools
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import fontpkg_noto_sans

FAMILY = "Paper Sans"
type Style = Literal["normal", "italic"]

_FILES: dict[Style, str] = {
    "normal": "NotoSans[wdth,wght].ttf",
    "italic": "NotoSans-Italic[wdth,wght].ttf",
}
# The weights papers use; any other would be made up by the renderer.
CUTS: tuple[tuple[int, Style], ...] = (
    (300, "normal"),
    (400, "normal"),
    (500, "normal"),
    (600, "normal"),
    (400, "italic"),
)


class PaperError(Exception):
    """A paper that must not leave the house: `code` is the kind of trouble, `detail` the thing."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


def font_path(style: Style = "normal") -> Path:
    """Where the bundled variable face lies; the only font that ever reaches a paper."""
    return Path(fontpkg_noto_sans.ROOT) / "files" / _FILES[style]


def missing_fonts() -> list[Path]:
    """The files of the face that are not installed."""
    return [path for style in _FILES if not (path := font_path(style)).is_file()]


@functools.cache
def cut(weight: int, style: Style = "normal") -> bytes:
    """One weight of the face as a font of its own.

    A variable face would be cut anew into every single file, a third of the cost of a paper.
    """
    import uharfbuzz

    face = _variable(style)
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.pin_axis_location(face, "wght", weight)
    wanted.pin_axis_location(face, "wdth", 100)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


@functools.cache
def letters() -> frozenset[int]:
    """The code points for which both the upright and the italic have a shape."""
    return frozenset.intersection(*(frozenset(_variable(style).unicodes) for style in _FILES))


def _variable(style: Style) -> Any:
    import uharfbuzz

    path = font_path(style)
    if not path.is_file():
        raise PaperError("font", path.name)
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


@dataclass(frozen=True)
class Attached:
    """A file that travels inside a paper: its name, its bytes, and what it is."""

    name: str
    data: bytes
    about: str


class Resources:
    """The files one paper may use, by the fingerprint of their bytes: all that can be fetched."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[bytes, str]] = {}

    def add(self, data: bytes, mime: str) -> str:
        """Take a file in and return the address under which the page may show it."""
        address = f"paper:{hashlib.sha256(data).hexdigest()}"
        self._files[address] = (data, mime)
        return address

    def get(self, address: str) -> tuple[bytes, str] | None:
        """The bytes and type behind an address, if they were taken in."""
        return self._files.get(address)


def store(path: Path, data: bytes, *, by: str = "") -> None:
    """Write a private file that is there whole or not at all, even when the power fails meanwhile.

    ``by`` tells apart those who may write one and the same file at once.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}{by}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
