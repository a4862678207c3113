"""Turns HTML into archive PDFs (PDF/A-3a and PDF/UA-1); the only place that knows WeasyPrint.

Importing it costs more than a second: import it where a paper is drawn, not at the top.
"""

from __future__ import annotations

import copy
import functools
import logging
import os
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources as packages
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from portal.lib.paper import CUTS, FAMILY, Attached, PaperError, Resources, cut

VARIANT = "pdf/a-3a"
log = logging.getLogger(__name__)

# One thread of a process draws at a time: neither Pango's font map nor the variable by which
# fontconfig finds its fonts bears two.
_drawing = threading.RLock()


@contextmanager
def _no_system_fonts() -> Iterator[None]:
    """Keep fontconfig from the machine's fonts, so that papers look the same on every machine.

    The variable is put back at once: a browser started by the same process needs its fonts.
    """
    with _drawing, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
with _no_system_fonts():
    from weasyprint import CSS, HTML, Attachment, Document
    from weasyprint.css import ColorProfile
    from weasyprint.pdf import tags
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse


def _speaking(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Let the tree that screen readers follow keep what WeasyPrint forgets in it.

    That is ``lang``, and the ``aria-label`` of a drawing, which tells its figures.
    """

    def tree(box: Any, *rest: Any) -> Iterator[Any]:
        own = {} if box.element is None or box.element_tag == "html" else box.element.attrib
        drawing = own.get("aria-label") if str(box.element_tag).endswith("svg") else None
        for element in build(box, *rest):
            if own.get("lang"):
                element["Lang"] = tags.pydyf.String(own["lang"])
            if drawing:
                element["Alt"] = tags.pydyf.String(drawing)
            yield element

    return tree


def _ending_in_a_whole_line_break(plain: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """Put CR LF between a stream and its ``endstream``, where pydyf puts LF alone.

    A stream that happens to end in CR would make one line break with that LF: a validator reads
    it as one byte too short.
    """

    def data(stream: Any) -> bytes:
        return plain(stream).removesuffix(b"\nendstream") + b"\r\nendstream"

    return data


tags._build_box_tree = _speaking(tags._build_box_tree)
tags.pydyf.Stream.data = property(_ending_in_a_whole_line_break(tags.pydyf.Stream.data.fget))


class ClosedFetcher(URLFetcher):
    """Serves what it was given and refuses all else: no network, no file system, no data URIs.

    The parent's initialiser is left out on purpose: it opens an SSL context (21 ms) for
    connections that must never be made.
    """

    def __init__(self, resources: Resources) -> None:
        self._fail_on_errors = False  # what was refused is judged after the layout
        self.resources = resources
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Answer from the given files; remember and refuse every other address."""
        found = self.resources.get(url)
        if found is None:
            self.refused.append(url[:200])
            raise ValueError("This address is not open to papers")
        data, mime = found
        return URLFetcherResponse(url, body=data, headers={"Content-Type": mime})

    def open(self, url: Any, data: Any = None, timeout: Any = None) -> URLFetcherResponse:
        return self.fetch(getattr(url, "full_url", url))


class _Complaints(logging.Handler):
    """Collects what WeasyPrint only logs: a broken picture that it would leave out, a lost letter."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.said: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and (record.levelno >= logging.ERROR or _is_lost(record)):
            self.said.append(record)


def _is_lost(record: logging.LogRecord) -> bool:
    """Whether a box stands where the face has no shape for a letter."""
    return str(record.msg).startswith(".notdef")


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    logger, ears = logging.getLogger("weasyprint"), _Complaints()
    logger.addHandler(ears)
    try:
        yield ears.said
    finally:
        logger.removeHandler(ears)


class _Press:
    """What is dear to build and the same for every paper of a process: fonts and style sheet."""

    def __init__(self) -> None:
        fonts = Resources()
        faces = ""
        for weight, style in CUTS:
            address = fonts.add(cut(weight, style), "font/ttf")
            faces += (
                f"@font-face{{font-family:'{FAMILY}';src:url('{address}');"
                f"font-style:{style};font-weight:{weight}}}"
            )
        with _no_system_fonts():
            self.fonts = FontConfiguration()
        with packages.files("weasyprint.pdf").joinpath("sRGB2014.icc").open("rb") as profile:
            self.colours = ColorProfile(
                profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
            )
        fetcher = ClosedFetcher(fonts)
        self.styles = [
            CSS(string=text, font_config=self.fonts, url_fetcher=fetcher)
            for text in (faces, Path(str(finders.find("css/pdf.css"))).read_text())
        ]


@functools.cache
def _press() -> _Press:
    """The press of this process; asked for while drawing, so that there is never a second one."""
    return _Press()


def _judge(fetcher: ClosedFetcher, complaints: list[logging.LogRecord]) -> None:
    if fetcher.refused:
        raise PaperError("refused", fetcher.refused[0])
    if lost := [
        str(each.args[0]) for each in complaints if isinstance(each.args, tuple) and _is_lost(each)
    ]:
        raise PaperError("letter", " ".join(dict.fromkeys(lost)))
    if complaints:  # in WeasyPrint's own words they stand in the log
        raise PaperError("picture" if "image" in complaints[0].getMessage() else "drawing")


class Printed:
    """Several papers laid out as one document, each to be written to a file of its own."""

    def __init__(self, document: Document, fetcher: ClosedFetcher) -> None:
        self._document, self._fetcher = document, fetcher

    def pages(self, anchor: str, others: set[str]) -> list[Any]:
        """The pages from the one that holds `anchor` up to the next paper's first."""
        found: list[Any] = []
        for page in self._document.pages:
            if anchor in page.anchors:
                found = [page]
            elif found and others.isdisjoint(page.anchors):
                found.append(page)
            elif found:
                break
        return found

    def write(
        self,
        anchor: str,
        others: set[str],
        *,
        title: str,
        identifier: str,
        attached: Sequence[Attached] = (),
    ) -> bytes:
        """One paper as a finished archive file, with the files that travel inside it."""
        pages = self.pages(anchor, others)
        if not pages:
            log.warning("No page holds %s", anchor)
            raise PaperError("drawing")
        paper = self._document.copy(pages)
        paper.metadata = copy.copy(paper.metadata)
        paper.metadata.title = title
        paper.metadata.created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with _drawing, _listening() as complaints:
            data: bytes = paper.write_pdf(
                pdf_variant=VARIANT,
                pdf_identifier=identifier.encode(),
                attachments=[_travelling(each) for each in attached],
                output_intent="given",  # came with the layout; "srgb" would read the file anew
                finisher=_name_both_standards,
            )
        _judge(self._fetcher, complaints)
        return data


def _travelling(file: Attached) -> Attachment:
    """What a paper was made from, as archives want it told (PDF/A-3)."""
    return Attachment(
        string=file.data,
        name=file.name,
        description=file.about,
        relationship="Source",
        url_fetcher=ClosedFetcher(Resources()),
    )


def lay_out(html: str, resources: Resources) -> Printed:
    """Lay out a page of HTML; raises PaperError rather than leave anything out.

    Pictures are kept for this one document: what another was refused must be refused here too.
    """
    fetcher = ClosedFetcher(resources)
    with _drawing, _listening() as complaints:
        press = _press()
        document = HTML(string=html, url_fetcher=fetcher, base_url=None).render(
            font_config=press.fonts,
            stylesheets=press.styles,
            color_profiles={"srgb": press.colours},
            pdf_variant=VARIANT,
        )
    _judge(fetcher, complaints)
    return Printed(document, fetcher)


_UA = packages.files(__package__).joinpath("pdfua.xml").read_bytes()


def _name_both_standards(_document: Document, pdf: Any) -> None:
    """WeasyPrint names one standard per file: add PDF/UA-1 to the PDF/A packet.

    Written uncompressed, since an archive's reader must find it without a filter.
    """
    reference = pdf.catalog["Metadata"]
    number = int(
        re.split(rb"\s", reference if isinstance(reference, bytes) else reference.encode())[0]
    )
    stream = pdf.objects[number]
    packet = b"".join(part if isinstance(part, bytes) else part.encode() for part in stream.stream)
    stream.stream = [packet.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>", 1)]
    stream.compress = False
