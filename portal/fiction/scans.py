"""What stands for the scans of signed sheets: a drawn page of grey lines; nobody has signed it."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from portal.models import User
from training.actions import add_scans
from training.models import Session

SIZE = (620, 877)  # A4 at 75 dpi
INK, LINE, PAPER = "#8a969c", "#c9d2d6", "#fbfbf9"


@functools.cache
def placeholder() -> bytes:
    """A sheet with a table and strokes where names and signatures would be, marked DEMO."""
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    for column in (60, 180, 300):
        draw.rectangle((column, 40, column + 70, 62), outline=LINE)
    draw.rectangle((60, 90, 330, 100), fill=INK)
    for row in range(3):
        draw.rectangle((60, 116 + 14 * row, 420 - 60 * row, 121 + 14 * row), fill=LINE)
    for row in range(27):
        y = 180 + 22 * row
        draw.line((60, y, 560, y), fill=LINE)
        if row < 26:
            draw.rectangle((90, y + 8, 190 + 37 * row % 60, y + 13), fill=INK)
            draw.line((430, y + 14, 470, y + 6, 490 + 23 * row % 40, y + 14), fill=INK, width=2)
    for x in (60, 84, 280, 420, 560):
        draw.line((x, 180, x, 752), fill=LINE)
    draw.text((470, 90), "DEMO", fill="#855000")
    kept = io.BytesIO()
    page.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def attach(user: User, sessions: Iterable[Session]) -> None:
    """Put the placeholder beside each of these sessions."""
    for session in sessions:
        page = SimpleUploadedFile("page.png", placeholder())
        add_scans(user=user, session=session, files=[page])
