"""Log lines for machines: one JSON object each, and nothing in them that names a person.

What an exception says is left out, for databases repeat in it the value they refuse; what was
asked is told by its route, for an address may hold a name or the code of a certificate.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_LETTERS = 2000
MAILBOX = re.compile(r"[^\s@<>\"'(),:;=]+@[^\s@<>\"'(),:;=]+")
PERSON_CODE = re.compile(r"\b\d{6}-?\d{5}\b")
# Loggers that repeat what an exception says in their own words; their context tells the rest.
REPEATING = {"celery.app.trace": "Task {name} {description}"}


class JsonFormatter(logging.Formatter):
    """One line per event, in plain ASCII: every kind of line break is escaped, nobody writes a second one."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(words_of(record)),
        }
        line |= asked(getattr(record, "request", None))
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line)


def words_of(record: logging.LogRecord) -> str:
    """The message; of a page only what became of it, of a failed task only its name."""
    if record.name in REPEATING and isinstance(record.args, dict) and "exc" in record.args:
        return REPEATING[record.name].format_map(defaultdict(str, record.args)).strip()
    if hasattr(record, "request") and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # arguments that do not fit: the words without them
        return str(record.msg)


def masked(words: str) -> str:
    """Without addresses and personal codes, and of bounded length."""
    words = MAILBOX.sub("[mailbox]", words[: 2 * MOST_LETTERS])
    return PERSON_CODE.sub("[code]", words)[:MOST_LETTERS]


def asked(request: Any) -> dict[str, Any]:
    """Method and route of a page; an address without a route says nothing about itself."""
    if not hasattr(request, "method"):
        return {}
    match = getattr(request, "resolver_match", None)
    return {"method": request.method, "route": match.route if match else ""}


def told(error: BaseException) -> list[dict[str, Any]]:
    """Every error of the chain, the last one first: its kind and where it arose."""
    chain: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(chain) < 5:
        frames = traceback.extract_tb(current.__traceback__)[-30:]
        where = [f"{short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"kind": type(current).__name__, "where": where})
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return chain


def short(file: str) -> str:
    """A path below the portal or below its packages."""
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(ROOT))
    return file.rpartition("/site-packages/")[2]
