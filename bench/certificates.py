"""Certificates of one group: from waiting rows to stored papers."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from bench.measuring import Contest, Line
from bench.place import Place
from certificates.models import Certificate
from portal.lib import paper
from portal.lib.documents import DocumentState, Priority, claim, produce

COUNT = 26
OUT = settings.VAR_DIR / "usual"


def run(place: Place) -> Iterator[Line]:
    """One line for each usual way."""
    yield from contest().lines(place.clock)


def contest() -> Contest:
    """The whole road of ours against the drawing alone, as its documentation shows it."""
    OUT.mkdir()
    for weight, style in paper.CUTS:  # as somebody would download them: one file per weight
        (OUT / f"{weight}-{style}.ttf").write_bytes(paper.cut(weight, style))
    return Contest(
        "certificates",
        f"{COUNT} certificates: claimed, laid out as one, an archive PDF each, stored, hashed",
        ours,
        {
            # For the same archive PDF it would take a little longer still (tried).
            "write_pdf() per person, a plain PDF without tags": usual,
        },
        wait_again,
    )


def the_group() -> list[Certificate]:
    first = Certificate.objects.order_by("pk").first()
    rows = Certificate.objects.filter(group=first.group_id if first else None)
    return list(rows.order_by("pk"))[:COUNT]


def wait_again() -> None:
    """The rows of one group stand first in line, as on the day they were issued."""
    Certificate.objects.filter(pk__in=[row.pk for row in the_group()]).update(
        state=DocumentState.WAITING,
        priority=Priority.SOMEONE_WAITS,
        file="",
        sha256="",
        ready_at=None,
        attempts=0,
        lease_owner="",
        lease_until=None,
    )


def ours() -> None:
    """What the worker does: a few first, then all that are left."""
    for most in (5, COUNT - 5):
        produce(claim(Certificate, most, owner="bench"))
    ready = [row for row in the_group() if row.is_ready]
    assert len(ready) == COUNT
    assert all(row.read().startswith(b"%PDF") for row in ready)


def usual() -> None:
    """One call of WeasyPrint per person; the same words, the same pages."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    for row in the_group():
        fonts = FontConfiguration()
        sheets = [
            CSS(string=text, font_config=fonts, base_url=str(OUT) + "/")
            for text in (faces(), (settings.BASE_DIR / "static/css/pdf.css").read_text())
        ]
        html = HTML(string=page(row), base_url=str(OUT))
        path = OUT / f"{row.pk}.pdf"
        html.write_pdf(path, stylesheets=sheets, font_config=fonts)
        assert path.read_bytes().startswith(b"%PDF")


def page(row: Certificate) -> str:
    """The same page with its pictures inside it, as one does without a fetcher of one's own."""
    resources = paper.Resources()
    context = {**row.paper(resources), "anchor": row.anchor}
    language = row.language[:2]
    with override(language):
        html = render_to_string(row.template_name, {"papers": [context], "language": language})
    for address in [context["qr"], *(logo["url"] for logo in context["logos"] if logo.get("url"))]:
        data, mime = resources.get(address) or (b"", "")
        html = html.replace(address, f"data:{mime};base64,{base64.b64encode(data).decode()}")
    return html


def faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{paper.FAMILY}';src:url('{Path(OUT, f'{weight}-{style}.ttf')}');"
        f"font-style:{style};font-weight:{weight}}}"
        for weight, style in paper.CUTS
    )
