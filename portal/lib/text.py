"""Text as people write it, turned into what a database can sort, search and store.

Neither database sorts Latvian the same way as the other, or as a Latvian does, so
the order is computed here once and stored (see `portal.lib.fields`).
"""

import re
import unicodedata

from django.utils.translation import get_language

# Every Latvian letter with a mark is a letter of its own and follows its plain one,
# so "ā" becomes "a~": "~" stands after every letter and digit of ASCII. The old ō and
# ŗ are still met in names.
_OWN_LETTERS = {
    letter: f"{plain}~" for letter, plain in zip("āčēģīķļņōŗšūž", "acegiklnorsuz", strict=True)
}
# CLDR puts y between i and ī; "}" is the last sign before "~".
_OWN_LETTERS["y"] = "i}"
# Letters that Unicode does not take apart.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"})
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_DIGITS = re.compile(r"[0-9]+")
_QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›")

_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
# No-break and other typographic spaces come along when text is copied from a page.
_SPACES = re.compile(r"[ \t\n\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
# Bidirectional marks, overrides and isolates: they make a name read otherwise than stored.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def nfc(text: str) -> str:
    """Compose letters and their marks (Unicode NFC), so that equal words are equal strings."""
    return unicodedata.normalize("NFC", text)


def tidy_line(text: str) -> str:
    """One clean line: NFC, invisible marks dropped, every run of blanks one space, ends trimmed."""
    return nfc(_SPACES.sub(" ", tidy_text(text))).strip(" ")


def tidy_text(text: str) -> str:
    """Clean text of several lines: NFC, invisible marks dropped, line ends "\\n", ends trimmed."""
    return nfc(_LINE_BREAKS.sub("\n", text.translate(_INVISIBLE))).strip(" \t\n")


def forbidden_characters(text: str) -> list[str]:
    """The characters no stored text may hold, as "U+0000" names in order of appearance, each once.

    They are control characters other than tab and line feed, lone surrogates (no file or
    database can hold one), bidirectional marks and code points that are no characters.
    """
    return list(dict.fromkeys(f"U+{ord(c):04X}" for c in text if _is_forbidden(c)))


def is_latvian(language: str | None = None) -> bool:
    """Whether words and figures are wanted in Latvian, by the active language if none is named."""
    return (language or get_language() or "lv").startswith("lv")


def sort_key(text: str) -> str:
    """A string whose code-point order is the order of the Latvian alphabet.

    Long vowels and soft consonants are letters of their own, y stands between i and ī,
    capitals and foreign accents count for nothing, numbers sort by size ("2. grupa" before
    "10. grupa"), a space before a hyphen before a letter; other signs only part words.
    Texts alike but for case or accents tie: order by the primary key after it.
    """
    weights = "".join(map(_weight, nfc(nfc(text).casefold()).translate(_DASHES).translate(_PLAIN)))
    return _DIGITS.sub(_by_size, " ".join(weights.split()))


def search_key(text: str) -> str:
    """Text folded for searching: no case, accents, quotes or control characters, single spaces.

    Fold the stored text and what the person typed alike, then look for the one in the other.
    """
    folded = unicodedata.normalize("NFKD", nfc(text).casefold()).casefold()
    folded = folded.translate(_DASHES).translate(_PLAIN)
    kept = (" " if c.isspace() else c for c in folded if c not in _QUOTES and not _is_unseen(c))
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def _weight(letter: str) -> str:
    """What one folded character adds to a sort key; "" for marks and quotes."""
    if letter in _OWN_LETTERS:
        return _OWN_LETTERS[letter]
    parts = (c for c in unicodedata.normalize("NFKD", letter) if c.isalnum())
    if plain := "".join(str(unicodedata.decimal(c, c)) for c in parts):
        return plain
    if letter == "-":
        return "-"
    return "" if letter in _QUOTES or _is_unseen(letter) else " "


def _by_size(digits: re.Match[str]) -> str:
    """Digits led by their count, so that numbers compare by size: 9 is "19", 10 is "210"."""
    number = digits.group().lstrip("0") or "0"
    return chr(ord("0") + min(len(number), 48)) + number


def _is_unseen(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Mn", "Me"}


def _is_forbidden(letter: str) -> bool:
    is_control = letter not in "\n\t" and unicodedata.category(letter) in {"Cc", "Cs"}
    is_no_character = 0xFDD0 <= ord(letter) <= 0xFDEF or ord(letter) & 0xFFFE == 0xFFFE
    return is_control or is_no_character or letter in _BIDI
