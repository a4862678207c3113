"""Finds the two things the pages take from installed packages: Tabler's stylesheet and the face."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TABLER_CSS = settings.BASE_DIR / "node_modules/@tabler/core/dist/css/tabler.min.css"
FONTS = Path(fontpkg_noto_sans.ROOT) / "files"
# Latin with every Baltic, Nordic and Polish letter, and the signs of a figure or a title.
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x218, 0x219, 0x21A, 0x21B, 0x1E9E),
    *(0x300, 0x301, 0x302, 0x304, 0x306, 0x307, 0x308, 0x30A, 0x30C, 0x326, 0x327, 0x328),
    *range(0x2010, 0x2028),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264, 0x2265),
]


def tabler() -> bytes:
    """The stylesheet without the pointer to a map that is not served."""
    return re.sub(rb"/\*# sourceMappingURL=.*?\*/", b"", TABLER_CSS.read_bytes())


def face(name: str) -> bytes:
    """One face as woff2 with the letters above: 26 kB in place of 2 MB."""
    options = subset.Options()
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    with TTFont(FONTS / name, lazy=True) as font, tempfile.TemporaryFile() as target:
        subsetter.subset(font)
        limits = {"wdth": 100, "wght": (400, 700)}
        instancer.instantiateVariableFont(font, limits, inplace=True)
        font.flavor = "woff2"
        font.save(target)
        target.seek(0)
        return target.read()


FILES: dict[str, Callable[[], bytes]] = {
    "vendor/tabler.min.css": tabler,
    "vendor/noto-sans.woff2": lambda: face("NotoSans[wdth,wght].ttf"),
    "vendor/noto-sans-italic.woff2": lambda: face("NotoSans-Italic[wdth,wght].ttf"),
}


class VendorFinder(BaseFinder):
    """Makes each file on first demand and keeps it under VAR_DIR, by version of its package."""

    @cached_property
    def storage(self) -> FileSystemStorage:
        sources = (TABLER_CSS, FONTS / "NotoSans[wdth,wght].ttf", Path(__file__))
        version = "-".join(f"{path.stat().st_size:x}" for path in sources)
        return FileSystemStorage(settings.VAR_DIR / "vendor" / version)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in FILES:
            return []
        found = str(self._made(path))
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in FILES:
            self._made(path)
            yield path, self.storage

    def _made(self, path: str) -> Path:
        target = Path(self.storage.path(path))
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            # Several server processes may come here at once: each renames a whole file.
            with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
                fresh.write(FILES[path]())
            Path(fresh.name).chmod(0o644)
            Path(fresh.name).replace(target)
        return target
