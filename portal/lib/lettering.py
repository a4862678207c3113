"""Measures words in the paper's own face, so that long names shrink before they collide."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass

from PIL import ImageFont

from portal.lib.paper import Style, cut, letters

_UNITS = 200  # measured at this size, then scaled: one opened face per weight is enough
_MM_PER_PT = 25.4 / 72


@functools.cache
def _face(weight: int, style: Style) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        io.BytesIO(cut(weight, style)), _UNITS, layout_engine=ImageFont.Layout.BASIC
    )


def width(
    text: str, size: float, *, weight: int = 400, style: Style = "normal", tracking: float = 0
) -> float:
    """Width in millimetres of one line set at `size` points, tracking in em."""
    return (
        (_face(weight, style).getlength(text) / _UNITS + tracking * len(text)) * size * _MM_PER_PT
    )


def lines(
    text: str, size: float, room: float, *, weight: int = 400, style: Style = "normal"
) -> int:
    """How many lines the text takes, broken between words or within one too long for a line."""
    count, used = 1, 0.0
    space = width(" ", size, weight=weight, style=style)
    for word in text.split():
        long = width(word, size, weight=weight, style=style)
        if used and used + space + long > room:
            count, used = count + 1, 0.0
        if long > room:
            count, used = count + int(long / room), long % room
        else:
            used += long + (space if used else 0)
    return count


@dataclass(frozen=True)
class Fit:
    """The size in points at which a text keeps within its room, and the lines it then takes."""

    size: float
    lines: int


def fit(
    text: str,
    room: float,
    *,
    largest: float,
    smallest: float,
    most_lines: int = 1,
    weight: int = 400,
    style: Style = "normal",
) -> Fit:
    """The largest size that needs the fewest lines: one down to `smallest`, then two, and so on.

    A text that fits nowhere is set at the size at which `most_lines` hold it, however small.
    """
    room *= 0.985  # Pango rounds glyph positions; a hair of air keeps the last word on its line
    for wanted in range(1, most_lines + 1):
        size = largest
        while size >= smallest - 0.01:
            if lines(text, size, room, weight=weight, style=style) <= wanted:
                return Fit(round(size, 1), wanted)
            size -= 0.5
    size = smallest
    while size > 2 and lines(text, size, room, weight=weight, style=style) > most_lines:
        size -= 0.25
    return Fit(round(size, 2), most_lines)


def unprintable(text: str) -> str:
    """The letters of a text that the face cannot draw, each once, in order."""
    return "".join(
        dict.fromkeys(ch for ch in text if ord(ch) not in letters() and ch not in "\n\t")
    )
