"""The press: it fetches nothing, prints with one face, and refuses rather than leave things out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pydyf
import pytest

from portal.lib import pdf
from portal.lib.paper import PaperError, Resources
from tests.certificates import pdfs
from tests.plugin import ROOT

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

    assert (caught.value.code, caught.value.detail) == ("picture", "")


BROKEN = b"not a picture"
IMPORTS = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><style>@\\69mport "http://x.invalid/";</style></svg>'
)
POINTS = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<image href="http://x.invalid/x.png" width="9" height="9"/></svg>"""


@pytest.mark.parametrize(
    ("data", "mime", "code"),
    [
        (BROKEN, "image/png", "picture"),
        (IMPORTS, "image/svg+xml", "picture"),
        (POINTS, "image/svg+xml", "refused"),
    ],
)
def test_second_paper_is_refused_as_the_first_was(data: bytes, mime: str, code: str) -> None:
    """What a process has met once it must not leave out the next time."""
    codes = []
    for _ in range(2):
        resources = Resources()
        address = resources.add(data, mime)
        with pytest.raises(PaperError) as caught:
            printed(f'<img src="{address}" alt="x">', resources)
        codes.append(caught.value.code)

    assert codes == [code] * 2


def test_letters_the_face_lacks_neither_come_from_the_machine_nor_become_boxes() -> None:
    with pytest.raises(PaperError) as caught:
        printed("<p>Ķirša 漢字 漢</p>")

    assert (caught.value.code, caught.value.detail) == ("letter", "漢 字")


MANY_AT_ONCE = """
import os, threading
import django; django.setup()
from portal.lib import pdf
from portal.lib.paper import Resources

start, failed = threading.Barrier(8), []
def draw(number):
    start.wait()
    try:
        laid = pdf.lay_out(f'<html lang="lv"><title>x</title><p id="a">{number}', Resources())
        laid.write("a", {"a"}, title="x", identifier="x")
    except Exception as error:
        failed.append(error)
threads = [threading.Thread(target=draw, args=[n]) for n in range(8)]
for each in threads: each.start()
for each in threads: each.join()
print(failed, pdf._press.cache_info().misses, os.environ.get("FONTCONFIG_FILE"))
"""


def test_first_papers_of_a_process_share_one_press(tmp_path: Path) -> None:
    """Eight requests at once in a new web process: one press, and the machine's fonts untouched."""
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MANY_AT_ONCE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["[]", "1", "None"]


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


def test_every_stream_is_as_long_as_it_says_up_to_a_whole_line_break() -> None:
    made = printed("<p>x</p>")
    heads = list(re.finditer(rb"/Length (\d+)>>\nstream\n", made))

    assert len(heads) == made.count(b"endstream") > 5
    for head in heads:
        assert made[head.end() + int(head[1]) :].startswith(b"\r\nendstream\n")


def test_a_stream_keeps_the_carriage_return_it_ends_in() -> None:
    """Behind LF alone it would be half of the line break, and the stream one byte too short."""
    streams = (pydyf.Stream([bytes(range(n))], compress=True).data for n in range(256))
    ending = [data for data in streams if data.removesuffix(b"\r\nendstream").endswith(b"\r")]

    assert ending and all(data.endswith(b"\r\r\nendstream") for data in ending)
