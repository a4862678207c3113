"""The press: it fetches nothing, prints with one face, and refuses rather than leave things out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.lib import pdf
from portal.lib.paper import PaperError, Resources
from tests.certificates import pdfs

CANARY = "CANARY-IN-THE-FILE"


def printed(body: str, resources: Resources | None = None, head: str = "") -> bytes:
    html = f'<html lang="lv"><head><title>x</title>{head}</head><body>{body}</body></html>'
    paper = pdf.lay_out(
        html.replace("<body>", '<body><p id="a">sākums</p>'), resources or Resources()
    )
    return paper.write("a", {"a"}, title="Paraugs", identifier="paraugs")


def test_paper_names_both_standards_its_title_and_language(tmp_path: Path) -> None:
    made = printed("<h1>Āboltiņš</h1>")

    assert pdfs.violations(made) == []
    assert b'pdfuaid:part="1"' in made
    assert "Title:           Paraugs" in pdfs.run(made, tmp_path, "pdfinfo", "@")


@pytest.mark.parametrize("address", ["file://{path}", "http://127.0.0.1:9/x", "//x/y", "{path}"])
@pytest.mark.parametrize(
    "channel",
    [
        '<img src="{address}" alt="x">',
        "<style>p {{ background: url('{address}') }}</style><p>x</p>",
        "<style>@import '{address}';</style>",
        "<style>@font-face {{ font-family: y; src: url('{address}') }} p {{ font: 9pt y }}</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}" width="9" height="9"/></svg>',
        '<link rel="attachment" href="{address}">',
        '<object data="{address}"></object>',
        '<link rel="stylesheet" href="{address}">',
    ],
)
def test_paper_reaches_no_file_and_no_network(channel: str, address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{CANARY}</text></svg>')
    body = channel.format(address=address.format(path=secret))

    try:
        made = printed(body)
    except PaperError:
        return  # refused: the paper is never made without it

    assert CANARY not in pdfs.text_of(made, tmp_path)
    assert "0 embedded files" in pdfs.run(made, tmp_path, "pdfdetach", "-list", "@")


def test_refused_picture_is_not_silently_left_out() -> None:
    with pytest.raises(PaperError) as caught:
        printed('<img src="file:///etc/hostname" alt="x">')

    assert caught.value.code == "refused"


def test_broken_picture_is_not_silently_left_out() -> None:
    resources = Resources()
    address = resources.add(b"not a picture", "image/png")

    with pytest.raises(PaperError) as caught:
        printed(f'<img src="{address}" alt="x">', resources)

    assert caught.value.code == "picture"


def test_letters_the_face_lacks_do_not_come_from_the_machine(tmp_path: Path) -> None:
    made = printed("<p>Ķirša 漢字</p>")

    assert {name.partition("-")[0] for name in pdfs.fonts_of(made, tmp_path)} == {"Paper"}


def test_programs_started_later_keep_their_fonts() -> None:
    assert os.environ.get("FONTCONFIG_FILE", "") != str(Path(pdf.__file__).with_name("fonts.conf"))


def test_papers_laid_out_together_are_cut_at_their_own_pages(tmp_path: Path) -> None:
    body = "".join(
        f'<section id="p{n}" style="break-before: page">paper {n} begins</section>'
        + f'<div style="break-before: page">paper {n} goes on</div>' * n
        for n in range(3)
    )
    laid = pdf.lay_out(f'<html lang="lv"><title>x</title>{body}', Resources())
    names = {f"p{n}" for n in range(3)}

    for n in range(3):
        made = laid.write(f"p{n}", names, title=f"{n}", identifier=f"{n}")
        text = pdfs.text_of(made, tmp_path)
        assert text.count("begins") == 1
        assert text.count(f"paper {n} goes on") == n == text.count("goes on")
        assert pdfs.violations(made) == []


def test_no_stream_ends_where_its_line_break_could_swallow_a_byte() -> None:
    for n in range(60):
        assert b"\r\nendstream" not in printed(f"<p>{n}</p>")
