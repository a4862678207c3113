"""The letters a demo has sent: files in a folder, because no mail server is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.utils import timezone

# Django's file backend ends each letter with this line.
END = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
MOST = 200


@dataclass(frozen=True)
class Letter:
    """One letter as its reader would see it."""

    to: str
    subject: str
    body: str
    sent: datetime


def letters(folder: Path) -> list[Letter]:
    """The last letters, newest first; a file that is not a letter is passed over."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = [letter for file in files[:MOST] for letter in _read(file)]
    return sorted(found, key=lambda letter: letter.sent, reverse=True)[:MOST]


def _read(file: Path) -> Iterator[Letter]:
    for raw in END.split(file.read_bytes()):
        if raw.strip():
            message = message_from_bytes(raw, policy=default)
            body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
            if body and message["to"]:
                yield Letter(
                    str(message["to"]),
                    str(message["subject"] or ""),
                    body.get_content().strip(),
                    _moment(str(message["date"] or ""), file),
                )


def _moment(header: str, file: Path) -> datetime:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_current_timezone())
