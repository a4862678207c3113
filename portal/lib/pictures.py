"""Pictures frozen into papers: re-encoded once, kept by fingerprint, checked at each use."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TypedDict
from xml.etree import ElementTree

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from portal.lib.paper import PaperError, Resources

LARGEST = (1200, 360)  # 9 mm high at 600 dpi is 213 px; more only makes files heavy
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)
_MIME = {"png": "image/png", "svg": "image/svg+xml"}


class Frozen(TypedDict):
    """Where a frozen picture lies, the fingerprint it must have, and width over height."""

    file: str
    sha256: str
    mime: str
    ratio: float


def freeze(data: bytes) -> Frozen:
    """Keep a picture as papers will show it for ever; PaperError if it cannot be read."""
    kind, data, ratio = _clean(data)
    digest = hashlib.sha256(data).hexdigest()
    name = f"frozen/{digest}.{kind}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return Frozen(file=name, sha256=digest, mime=_MIME[kind], ratio=round(ratio, 2))


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
    if b"<svg" in data[:2000].lower():
        return "svg", *_clean_svg(data)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            picture.load()
            flat = Image.new("RGB", picture.size, "white")  # transparency costs 30 ms per paper
            shown = picture.convert("RGBA")
            flat.paste(shown, mask=shown.getchannel("A"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise PaperError("picture") from error
    flat.thumbnail(LARGEST)
    kept = io.BytesIO()
    flat.save(kept, "PNG", optimize=True)
    return "png", kept.getvalue(), flat.width / flat.height


def _clean_svg(data: bytes) -> tuple[bytes, float]:
    """A drawing without document type or entities; what it refers to is the fetcher's business."""
    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise PaperError("picture")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise PaperError("picture") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise PaperError("picture")
    box = [float(part) for part in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    ratio = box[2] / box[3] if len(box) == 4 and box[3] > 0 else 1.0
    return ElementTree.tostring(root), ratio
