"""Handing out a stored file: the very bytes, or words in their place."""

from __future__ import annotations

from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.lib.web import download

from .model import DamagedFileError


class Stored(Protocol):
    """A row with a file of which it knows the fingerprint."""

    @property
    def file_name(self) -> str: ...

    def read(self) -> bytes: ...


def hand_out(
    request: HttpRequest, stored: Stored, content_type: str, *, altered: str, back: str
) -> HttpResponse:
    """The file; where its bytes are others, ``altered`` on the page ``back``; 503 without a disk."""
    try:
        data = stored.read()
    except DamagedFileError:
        messages.error(request, altered)
        return redirect(back)
    except OSError:
        words = _("The place where papers are kept does not answer now. Try again later.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return download(data, content_type, stored.file_name)
