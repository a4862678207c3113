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


SCAN_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg"}
SCAN_PIXELS = 120_000_000  # a telephone takes 50 million, a scanner of A3 at 600 dpi 70


def clean_evidence(upload: UploadedFile) -> UploadedFile:
    """A scan, a document or a signed container, of a kind that matches its name."""
    if upload.size and upload.size > EVIDENCE_BYTES:
        raise ValidationError(_("The file is larger than 20 MB."))
    if not _suffix_of(upload):
        raise ValidationError(
            _("Upload a PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS or EDOC file; this one is not.")
        )
    return upload


def clean_scan(upload: UploadedFile) -> UploadedFile:
    """A sheet of paper as a PDF or a picture, whole enough to be opened; kept as it is."""
    if upload.size and upload.size > EVIDENCE_BYTES:
        raise ValidationError(_("The file is larger than 20 MB."))
    suffix = _suffix_of(upload)
    if suffix not in SCAN_SUFFIXES:
        raise ValidationError(_("Upload a PDF, JPEG or PNG file; this one is not."))
    if not (_is_whole_pdf(upload) if suffix == ".pdf" else _is_whole_picture(upload)):
        raise ValidationError(_("The file is damaged or not whole. Scan the sheet again."))
    upload.seek(0)
    return upload


def _suffix_of(upload: UploadedFile) -> str:
    """How the name ends, if the file begins as such files do; else nothing."""
    head = upload.read(8)
    upload.seek(0)
    suffix = PurePath(upload.name or "").suffix.lower()
    known = (suffixes for begin, suffixes in EVIDENCE_BEGINS.items() if head.startswith(begin))
    return suffix if suffix in next(known, set()) else ""


def _is_whole_pdf(upload: UploadedFile) -> bool:
    """Whether the end is there: an upload that broke off has none."""
    upload.seek(max(0, (upload.size or 0) - 2048))
    return b"%%EOF" in upload.read()


def _is_whole_picture(upload: UploadedFile) -> bool:
    try:
        with Image.open(upload, formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > SCAN_PIXELS:
                raise ValidationError(_("The picture has too many pixels."))
            picture.draft("L", (picture.width // 8, picture.height // 8))  # a JPEG reads faster so
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
