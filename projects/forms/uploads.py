"""Uploaded pictures and evidence: judged by what is in the file, never by its name."""

from __future__ import annotations

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from portal.lib.pictures import is_drawing, read_drawing

PICTURE_BYTES = 2 * 1024 * 1024
EVIDENCE_BYTES = 20 * 1024 * 1024
PICTURE_PIXELS = 25_000_000
EVIDENCE_BEGINS = {
    b"%PDF-": {".pdf"},
    b"\x89PNG": {".png"},
    b"\xff\xd8\xff": {".jpg", ".jpeg"},
    b"PK\x03\x04": {".docx", ".xlsx", ".odt", ".ods", ".edoc", ".asice"},
}


def clean_picture(upload: UploadedFile) -> ContentFile | UploadedFile:
    """A logo fit for paper: a small safe SVG as it is, or a raster picture written anew."""
    if upload.size and upload.size > PICTURE_BYTES:
        raise ValidationError(_("The picture is larger than 2 MB."))
    head = upload.read(1024)
    upload.seek(0)
    if is_drawing(head):
        read_drawing(upload.read())
        upload.seek(0)
        upload.name = f"{PurePath(upload.name or 'logo').stem}.svg"
        return upload
    return _written_anew(upload)


def _written_anew(upload: UploadedFile) -> ContentFile:
    """The same picture without whatever else the file carried."""
    refusal = ValidationError(_("This is not a picture in PNG, JPEG or SVG."))
    try:
        with Image.open(upload, formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > PICTURE_PIXELS:
                raise ValidationError(_("The picture has too many pixels."))
            picture.load()
            clean = _drawn(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise refusal from None
    clean.info.clear()
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name=f"{PurePath(upload.name or 'logo').stem}.png")


def _drawn(picture: Image.Image) -> Image.Image:
    """The picture by its pixels alone: a colour said to be transparent becomes transparent pixels."""
    if "transparency" in picture.info:
        return picture.convert("RGBA")
    is_plain = picture.mode in {"1", "L", "LA", "RGB", "RGBA", "P"}
    return picture.copy() if is_plain else picture.convert("RGB")


def clean_evidence(upload: UploadedFile) -> UploadedFile:
    """A scan, a document or a signed container, of a kind that matches its name."""
    if upload.size and upload.size > EVIDENCE_BYTES:
        raise ValidationError(_("The file is larger than 20 MB."))
    head = upload.read(8)
    upload.seek(0)
    suffix = PurePath(upload.name or "").suffix.lower()
    known = (suffixes for begin, suffixes in EVIDENCE_BEGINS.items() if head.startswith(begin))
    if suffix not in next(known, set()):
        raise ValidationError(
            _("Upload a PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS or EDOC file; this one is not.")
        )
    return upload
