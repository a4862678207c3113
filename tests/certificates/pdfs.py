"""Judges of a paper: two validators, qpdf, the fonts in it, and words that must not collide."""

from __future__ import annotations

import html
import io
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import page
import pikepdf


def violations(data: bytes) -> list[str]:
    """What PDF/A-3a and PDF/UA-1 find wrong."""
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    reports = (page.validate_pdf_bytes(data, profile=profile) for profile in profiles)
    return [f"{f.rule_id}: {f.message}" for report in reports for f in report.failures]


def run(data: bytes, tmp_path: Path, *command: str) -> str:
    """Output of a command-line tool that reads the paper."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    arguments = [str(path) if word == "@" else word for word in command]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def text_of(data: bytes, tmp_path: Path) -> str:
    """All text with single spaces, as a reader would copy it."""
    return re.sub(r"\s+", " ", run(data, tmp_path, "pdftotext", "@", "-"))


def fonts_of(data: bytes, tmp_path: Path) -> set[str]:
    """Names of the fonts without their subset mark."""
    lines = run(data, tmp_path, "pdffonts", "@").splitlines()[2:]
    return {line.split()[0].partition("+")[2] for line in lines}


def languages_of(data: bytes) -> Counter[str]:
    """How many parts of the paper a screen reader is told to read in which other language."""
    with pikepdf.open(io.BytesIO(data)) as paper:
        parts = [each for each in paper.objects if isinstance(each, pikepdf.Dictionary)]
        return Counter(
            str(part.Lang)
            for part in parts
            if part.get("/Type") == "/StructElem" and "/Lang" in part
        )


@dataclass(frozen=True)
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: Word) -> bool:
        """By more than a hair, on the same page."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        # Boxes reach from ascender to descender: lines set close touch by a part of them.
        height = min(self.bottom - self.top, other.bottom - other.top)
        return self.page == other.page and across > 0.5 and down > height * 0.45


def words_of(data: bytes, tmp_path: Path) -> list[Word]:
    """Every word with its box in points."""
    found, number = [], 0
    box = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    for line in run(data, tmp_path, "pdftotext", "-bbox", "@", "-").splitlines():
        number += "<page " in line
        if match := box.search(line):
            left, top, right, bottom = (float(match[each]) for each in range(1, 5))
            found.append(Word(number, left, top, right, bottom, html.unescape(match[5])))
    return found


def collisions(words: list[Word]) -> list[tuple[str, str]]:
    """Pairs of words that lie on each other."""
    return [
        (one.text, other.text)
        for index, one in enumerate(words)
        for other in words[index + 1 :]
        if one.overlaps(other)
    ]


def outside(words: list[Word], *, margin: float = 30.5) -> list[str]:
    """Words that leave the frame: 10.8 mm from the edge of an A4 on its side, in points."""
    wide, high = 841.9 - margin, 595.3 - margin
    return [
        word.text
        for word in words
        if word.left < margin or word.top < margin or word.right > wide or word.bottom > high
    ]
