"""What a certificate says when it is printed and looked at."""

from __future__ import annotations

import subprocess

import pypdfium2
import zxingcpp


def text_of(paper: bytes) -> str:
    """Its words, in one line."""
    command = ["pdftotext", "-", "-"]
    done = subprocess.run(command, input=paper, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def code_of(paper: bytes) -> str:
    """The address in its QR code, read from the picture of page one."""
    document = pypdfium2.PdfDocument(paper)
    try:
        picture = document[0].render(scale=3).to_pil()
    finally:
        document.close()
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)
