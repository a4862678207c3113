"""Numbers and codes: how they are printed, and how a typed one is understood."""

from __future__ import annotations

import io
import re
import secrets
from typing import NamedTuple

import segno

SERIES_PATTERN = r"^[0-9A-ZĀČĒĢĪĶĻŅŠŪŽ]{1,12}$"

# Crockford's letters: no I, L, O, U, so that a code survives being read aloud and typed.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN_LENGTH = 26  # × 5 bits = 130 random bits
_LOOKALIKES = str.maketrans("ILO", "110")


class Number(NamedTuple):
    series: str
    year: int
    number: int


def format_number(series: str, year: int, number: int) -> str:
    """The number as printed: LPR-2010/0341. Past 9999 it simply grows."""
    return f"{series}-{year}/{number:04d}"


def parse_number(text: str) -> Number | None:
    """The reverse: accepts what people type, such as "lpr 2010/341" or "Nr. LPR-2010/0341"."""
    match = re.fullmatch(
        r"\s*(?:n(?:r|o)\.?\s*)?([^\W_]{1,12})\s*[-–—\s]\s*([0-9]{4})\s*[/\\]\s*([0-9]{1,9})\s*",
        text,
        re.IGNORECASE,
    )
    if not match or not int(match[3]):
        return None
    series = match[1].upper()
    if not re.fullmatch(SERIES_PATTERN, series):
        return None
    return Number(series, int(match[2]), int(match[3]))


def new_token() -> str:
    """A secret nobody can guess, in letters a person can type."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_TOKEN_LENGTH))


def printed_code(token: str) -> list[str]:
    """The token in two lines of three groups: 7KQF-2M9D-XT4R8."""
    half = _TOKEN_LENGTH // 2
    return [f"{part[:4]}-{part[4:8]}-{part[8:]}" for part in (token[:half], token[half:])]


def token_of(typed: str) -> str:
    """The token a person typed: case, spaces, dashes and look-alike letters do not matter."""
    letters = re.sub(r"[\s\-–—]", "", typed[:200]).upper().translate(_LOOKALIKES)
    return letters if re.fullmatch(f"[{_LETTERS}]{{{_TOKEN_LENGTH}}}", letters) else ""


def verification_image(address: str) -> bytes:
    """The QR code of an address as a drawing."""
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        image, kind="svg", border=0, dark="#15242b", xmldecl=False, svgns=True, scale=4
    )
    return image.getvalue()
