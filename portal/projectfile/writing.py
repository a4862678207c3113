"""A document to TOML text, in one canonical form.

Written here because the standard library only reads TOML, and the part of it that project files
need (tables, lists of tables, texts, numbers, dates) is a page of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

# What TOML wants escaped; the control characters never reach the database, the rest may.
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def to_toml(document: dict[str, Any]) -> str:
    """``document`` as text: keys first, then tables, each with an empty line before it."""
    return "\n".join(_lines(document, "")).lstrip("\n") + "\n"


def _lines(table: dict[str, Any], path: str) -> Iterator[str]:
    for key, value in table.items():
        if not _holds_tables(value):
            yield f"{key} = {_value(value)}"
    for key, value in table.items():
        if not _holds_tables(value):
            continue
        name = f"{path}.{key}" if path else key
        brackets = ("[", "]") if isinstance(value, dict) else ("[[", "]]")
        for each in [value] if isinstance(value, dict) else value:
            yield ""
            yield f"{brackets[0]}{name}{brackets[1]}"
            yield from _lines(each, name)


def _holds_tables(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return str(int(whole)) if value == whole else format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    return str(value)


def _text(text: str) -> str:
    """One line in quotes; a text of several lines keeps its lines between triple quotes."""
    if "\n" in text:
        kept = "\n".join(_escape(line) for line in text.split("\n"))
        return f'"""\n{kept}"""'
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda each: _ESCAPES.get(each[0]) or f"\\u{ord(each[0]):04X}", text)
