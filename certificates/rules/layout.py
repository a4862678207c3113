"""Sizes of letters on the paper: as large as the picture asks, smaller where words are long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.lib.lettering import Fit, fit, lines

_MM = 25.4 / 72
_ROOM = 237.0  # between the margins
_MESSAGE_ROOM = 126.0  # the height from the logos to the signatures
_MODULE_ROOM = 134.0  # the column of modules and topics
_BACK_ROOM = 109.0  # the height for table and notes with the issuer still at the foot

type Words = Mapping[str, Any]


def layout(words: Words) -> dict[str, str]:
    """Sizes for the template; written with a point whatever the language."""
    name = _name(words["name"])
    programme = fit(
        words["programme"][0],
        _ROOM,
        largest=15 if name.lines == 1 else 13,
        smallest=12,
        most_lines=3,
        weight=600,
    )
    also = fit(
        "".join(words["programme"][1:]),
        _ROOM,
        largest=10,
        smallest=8.5,
        most_lines=3,
        style="italic",
    )
    kind = fit(words["kind"][0], _ROOM, largest=12.5, smallest=9, most_lines=2)
    funding = fit(" ".join(words["funding"]), _ROOM, largest=7.4, smallest=6.4, most_lines=3)
    used = _message_height(words, name, programme, also, kind)
    return {
        "gap": f"{max(1.5, (_MESSAGE_ROOM - used) / 6):.2f}mm",
        "name": f"{name.size}pt",
        "programme": f"{programme.size}pt",
        "programme_also": f"{also.size}pt",
        "kind": f"{kind.size}pt",
        "funding": f"{funding.size}pt",
        **_overleaf(words),
    }


def _name(text: str) -> Fit:
    """One line down to 26 points; else two lines, whose height needs them smaller."""
    name = fit(text, _ROOM, largest=40, smallest=26, weight=500)
    if lines(text, name.size, _ROOM, weight=500) == 1 and name.size >= 26:
        return name
    return fit(text, _ROOM, largest=24, smallest=13, most_lines=2, weight=500)


def _message_height(words: Words, name: Fit, programme: Fit, also: Fit, kind: Fit) -> float:
    """The height in millimetres of the five blocks of page one without the gaps between them."""
    second = len(words["kind"]) > 1
    kind_also = lines("".join(words["kind"][1:]), 9.5, _ROOM, style="italic") if second else 0
    heading = 34 * 1.15 + kind.lines * kind.size * 1.3 + kind_also * 9.5 * 1.35
    holder = 10.5 * 1.35 + name.lines * name.size * 1.14 + 3.8 / _MM
    course = 11 * 1.35 + (9.5 * 1.35 if second else 0) + programme.lines * programme.size * 1.22
    course += also.lines * also.size * 1.25 + 3.2 / _MM if words["programme"][1:] else 2.6 / _MM
    labels = max(
        sum(lines(label, 8.2, 60.0) for label in figure["labels"]) for figure in words["figures"]
    )
    figures = 11.5 * 1.35 + labels * 8.2 * 1.4
    return (heading + holder + course + figures + 10.5 * 1.35) * _MM


def _overleaf(words: Words) -> dict[str, str]:
    """As airy as one page allows; a table that needs more pages is set at nine points."""
    for size, air in ((10.0, 2.0), (9.5, 1.7), (9.0, 1.4), (8.5, 1.1), (8.0, 0.8)):
        if _table_height(words, size, air) <= _BACK_ROOM:
            return {
                "table": f"{size}pt",
                "air": f"air-{air * 10:.0f}",
                "overleaf": "overleaf-one",
                "issuer": "issuer-foot",
                "pages": "2",
            }
    return {"table": "9pt", "air": "air-14", "overleaf": "", "issuer": "issuer-after", "pages": ""}


def _table_height(words: Words, size: float, air: float) -> float:
    """The height in millimetres of table and notes, a little too much rather than too little."""
    line = size * 1.35 * _MM
    rows = sum(_row_lines(module, size) * line + 2 * air + 0.3 for module in words["modules"])
    notes = sum(lines(text, 8, _ROOM) * 4.0 for note in words["notes"] for text in note)
    return 11 + rows + line + 2 * air + 0.6 + 3 + notes


def _row_lines(module: Mapping[str, Any], size: float) -> int:
    name = " / ".join(module["name"])
    count = lines(name, size, _MODULE_ROOM, weight=600)
    if module["topics"]:
        count += lines(module["topics"], size * 0.9, _MODULE_ROOM - 6)
    return count
