"""Bytes to a document: the tables of a TOML file and the line each of them stands on."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from .problems import Problem, ProjectFileError

FORMAT = 1
# The largest file a person could have meant; more is a mistake or an attack.
LARGEST_FILE = 5 * 1024 * 1024

type Path_ = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w\-]+(?:\s*\.\s*[\w\-]+)*)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w\-]+)\s*=")
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Document:
    """The tables of a file under its short name, and where each table and key stands."""

    name: str
    data: dict[str, Any]
    lines: dict[Path_, int] = field(default_factory=dict, repr=False)

    def line(self, *path: str | int) -> int | None:
        """The line of a key or table, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            # A list of tables stands where its first table does.
            if found := self.lines.get(path[:length]) or self.lines.get((*path[:length], 0)):
                return found
        return None


def read_file(path: Path) -> Document:
    """The document in the file at ``path``; raises ProjectFileError where there is none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _cannot(path.name, f"is larger than {LARGEST_FILE // 1024 // 1024} MB.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise _cannot(path.name, f"There is no file {path}.") from None
    except OSError as error:
        raise _cannot(path.name, f"cannot be read: {error.strerror}.") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "This is not UTF-8 text. Save the file with the encoding UTF-8."
        raise ProjectFileError(path.name, [Problem("", message, line)]) from None
    return read_text(text, path.name)


def read_text(text: str, name: str) -> Document:
    """The document that ``text`` holds; raises ProjectFileError if it is not TOML of our format."""
    # TOML knows two line ends; a lone carriage return would be refused in a puzzling way.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = tomllib.loads(text, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise ProjectFileError(name, [_not_toml(error)]) from None
    document = Document(name, data, _find_lines(text))
    if data.get("format") != FORMAT or isinstance(data.get("format"), bool):
        found = f"found {data['format']!r}" if "format" in data else "there is none"
        message = f"Expected format = {FORMAT} at the top of the file; {found}."
        raise ProjectFileError(name, [Problem("format", message, document.line("format"))])
    return document


def _cannot(name: str, message: str) -> ProjectFileError:
    return ProjectFileError(name, [Problem("", message)])


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:20]} is too large for a number") from None


def _not_toml(error: Exception) -> Problem:
    """What tomllib said, with its line; its other errors speak of Python, not of the file."""
    if isinstance(error, RecursionError):
        return Problem("", "The tables are nested too deeply.")
    found = _ERROR_LINE.search(str(error))
    words = _ERROR_LINE.sub("", str(error)).strip()
    if "Exceeds the limit" in words:
        words = "a number has too many digits"
    line = int(found.group(1)) if found else None
    return Problem("", f"This is not valid TOML: {words}.", line)


def _find_lines(text: str) -> dict[Path_, int]:
    """Where tables and keys stand; tomllib tells it only for errors of its own."""
    lines: dict[Path_, int] = {}
    counts: dict[Path_, int] = {}
    here: Path_ = ()
    inside = ""  # the quotes of a text of several lines we are in
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside:
            if header := _HEADER.match(line):
                here = _enter(header.group(1), header.group(2), counts)
                lines.setdefault(here, number)
            elif key := _KEY.match(line):
                lines.setdefault((*here, key.group(1)), number)
        inside = _quotes_open_after(line, inside)
    return lines


def _enter(brackets: str, name: str, counts: dict[Path_, int]) -> Path_:
    """The path of the table a header opens, counting the tables of a list."""
    path: Path_ = ()
    words = [word.strip() for word in name.split(".")]
    for word in words[:-1]:
        path = (*path, word)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, words[-1])
    if brackets == "[[":
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path


def _quotes_open_after(line: str, inside: str) -> str:
    """The quotes still open at the end of a line, or nothing."""
    for quotes in re.findall(r'"""|\'\'\'', line):
        if not inside:
            inside = quotes
        elif quotes == inside:
            inside = ""
    return inside
