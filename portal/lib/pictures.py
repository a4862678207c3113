"""Pictures of papers: judged at the upload, frozen at the issue, checked at each use."""

from __future__ import annotations

import hashlib
import io
import math
import re
import secrets
from pathlib import Path
from typing import TypedDict
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image

from portal.lib.paper import PaperError, Resources, store

LARGEST = (1200, 360)  # 9 mm high at 600 dpi is 213 px; more only makes files heavy
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)
_MIME = {"png": "image/png", "svg": "image/svg+xml"}

# What a paper may draw: shapes, text and colour; nothing that runs, links out or loads.
_ELEMENTS = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"),
    *("tspan", "defs", "title", "desc", "metadata", "use", "linearGradient", "radialGradient"),
    *("stop", "clipPath", "mask", "symbol", "style", "pattern"),
}
_REACHES_OUT = re.compile(r"url\((?!\s*['\"]?#)|@import|javascript:", re.I)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|(.))", re.I | re.S)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(%|[a-z]*)\s*", re.I)


class Frozen(TypedDict):
    """Where a frozen picture lies, the fingerprint it must have, and width over height."""

    file: str
    sha256: str
    mime: str
    ratio: float


def freeze(data: bytes) -> Frozen:
    """Keep a picture as papers will show it for ever; PaperError if it cannot be read."""
    frozen, data = prepare(data)
    path = Path(default_storage.path(frozen["file"]))
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != frozen["sha256"]:
        store(path, data, by=f"-{secrets.token_hex(4)}")
    return frozen


def prepare(data: bytes) -> tuple[Frozen, bytes]:
    """A picture as papers show it, with the name it would be kept under; PaperError as above."""
    kind, data, ratio = _clean(data)
    digest = hashlib.sha256(data).hexdigest()
    name = f"frozen/{digest}.{kind}"
    return Frozen(file=name, sha256=digest, mime=_MIME[kind], ratio=round(ratio, 2)), data


def show(frozen: Frozen, resources: Resources, *, label: str) -> str:
    """The address under which a paper shows a frozen picture; PaperError if it is not the same."""
    address = f"paper:{frozen['sha256']}"
    if resources.get(address) is None:
        try:
            with default_storage.open(frozen["file"]) as file:
                data = file.read()
        except OSError as error:
            raise PaperError("missing", label) from error
        if hashlib.sha256(data).hexdigest() != frozen["sha256"]:
            raise PaperError("missing", label)
        resources.add(data, frozen["mime"])
    return address


def _clean(data: bytes) -> tuple[str, bytes, float]:
    if is_drawing(data):
        try:
            root = read_drawing(data)
        except ValidationError as error:
            raise PaperError("picture") from error
        return "svg", ElementTree.tostring(root), _ratio(root)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            picture.load()
            flat = Image.new("RGB", picture.size, "white")  # transparency costs 30 ms per paper
            shown = picture.convert("RGBA")
            flat.paste(shown, mask=shown.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PaperError("picture") from error
    flat.thumbnail(LARGEST)
    kept = io.BytesIO()
    flat.save(kept, "PNG", optimize=True)
    return "png", kept.getvalue(), flat.width / flat.height


def is_drawing(content: bytes) -> bool:
    """Whether the file begins as an SVG does; whether it is one, ``read_drawing`` says."""
    return content[:1024].lstrip().startswith((b"<", b"\xef\xbb\xbf<"))


def read_drawing(content: bytes) -> ElementTree.Element:
    """An SVG that papers can draw; ValidationError for one that could run, load or hide anything.

    Uploads and papers ask this one judge, so that what was taken in is never refused later.
    """
    try:
        # As text: another encoding named inside could hide what is looked for here.
        text = content.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text or "\x00" in text:
            raise ValidationError(_("The SVG declares entities; save it as “plain SVG”."))
        root = ElementTree.fromstring(text)  # noqa: S314  entities are refused above
    except (ElementTree.ParseError, ValueError, LookupError):
        root = None
    if root is None or root.tag != f"{{{_SVG}}}svg" or not _has_a_shape(root):
        raise ValidationError(_("This is not a picture in PNG, JPEG or SVG."))
    for element in root.iter():
        if not _is_plain(element):
            raise ValidationError(
                _("The SVG holds more than shapes and text (%(element)s); save it as “plain SVG”."),
                params={"element": _local(element.tag)},
            )
    return root


def _is_plain(element: ElementTree.Element) -> bool:
    attributes = {_local(name): value for name, value in element.attrib.items()}
    texts = [_unescaped(text) for text in (element.text or "", *attributes.values())]
    return (
        _local(element.tag) in _ELEMENTS
        and not any(name.lower().startswith("on") for name in attributes)
        and attributes.get("href", "#").startswith("#")
        and not any(_REACHES_OUT.search(text) for text in texts)
    )


def _unescaped(text: str) -> str:
    """Style as its reader takes it: ``@\\69mport`` is an import too."""
    return _ESCAPE.sub(
        lambda found: chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2], text
    )


def _has_a_shape(root: ElementTree.Element) -> bool:
    """Whether the sizes, where stated, are numbers that something can be drawn in."""
    boxes = [each.get("viewBox", "0 0 1 1") for each in root.iter()]
    sides = [root.get(name, "1") for name in ("width", "height")]
    return all(map(_box, boxes)) and all(map(_LENGTH.fullmatch, sides)) and 0 < _ratio(root) < 1000


def _box(text: str) -> list[float]:
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", text.strip())]
    except ValueError:
        return []
    fits = len(numbers) == 4 and all(map(math.isfinite, numbers)) and min(numbers[2:]) > 0
    return numbers if fits else []


def _ratio(root: ElementTree.Element) -> float:
    """Width over height by the view box, else by sizes in one unit; a square where neither says."""
    if box := _box(root.get("viewBox", "")):
        return box[2] / box[3]
    width, height = (_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height"))
    if not width or not height or width[2] != height[2] or width[2] == "%":
        return 1.0
    return float(width[1]) / (float(height[1]) or math.inf)


def _local(name: str) -> str:
    return str(name).rsplit("}", 1)[-1]
