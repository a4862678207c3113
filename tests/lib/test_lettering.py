"""Widths measured for the layout agree with what the press draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.lib import pdf
from portal.lib.lettering import fit, lines, unprintable, width
from portal.lib.paper import Resources
from tests.certificates import pdfs


@pytest.mark.parametrize(
    ("text", "weight", "style"),
    [("Bērziņa-Ķirša", 500, "normal"), ("Mūžizglītība", 600, "normal"), ("Riga", 400, "italic")],
)
def test_width_is_the_width_on_paper(text: str, weight: int, style: str, tmp_path: Path) -> None:
    body = (
        f'<p id="a" style="font: {style} {weight} 40pt Paper Sans">{text}</p>'
        "<style>@page { size: 297mm 210mm }</style>"
    )
    laid = pdf.lay_out(f'<html lang="lv"><title>x</title>{body}', Resources())
    [word] = pdfs.words_of(laid.write("a", {"a"}, title="x", identifier="x"), tmp_path)

    measured = width(text, 40, weight=weight, style=style)  # type: ignore[arg-type]

    assert measured == pytest.approx((word.right - word.left) * 25.4 / 72, rel=0.02)


def test_short_text_keeps_the_largest_size() -> None:
    assert fit("Anna", 200, largest=40, smallest=20).size == 40


def test_long_text_shrinks_before_it_breaks() -> None:
    text = "Wilhelmīna Konstantīnovska-Lielvārdenberga"
    found = fit(text, 237, largest=40, smallest=26, most_lines=2, weight=500)

    assert found.lines == 1
    assert 26 <= found.size < 40
    assert width(text, found.size, weight=500) < 237


def test_text_that_cannot_shrink_enough_breaks_into_the_lines_allowed() -> None:
    found = fit("vārds " * 30, 100, largest=20, smallest=12, most_lines=4)

    assert found.lines > 1
    assert lines("vārds " * 30, found.size, 100) <= found.lines


def test_text_without_spaces_is_broken_anywhere() -> None:
    assert lines("Ļ" * 300, 10, 100) == 1 + int(width("Ļ" * 300, 10) / 100)


def test_text_too_long_for_everything_still_fits_somehow() -> None:
    found = fit("W" * 2000, 100, largest=40, smallest=30, most_lines=2)

    assert found.size < 30


def test_unprintable_names_each_letter_once() -> None:
    assert unprintable("Anna ☺ 漢 ☺ Ķirša №–“”€") == "☺漢"
