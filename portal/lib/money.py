"""Money to the cent and numbers in words: tolerant when read, strict when written.

Amounts are `Decimal` with two places and a currency beside them; nothing here rounds an
amount that somebody declared.
"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.lib.text import is_latvian

CENT = Decimal("0.01")
# Digits before the comma in a column of Decimal(14, 2).
WHOLE_DIGITS = 12
# One euro in the money of Latvia before 2014 and of Lithuania before 2015, fixed for ever
# by Council Regulations (EU) No 870/2013 and No 851/2014.
FIXED_RATES = {"LVL": Decimal("0.702804"), "LTL": Decimal("3.45280")}

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_SPACES = re.compile(r"[ \t\n\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# The words people put beside a number; a currency not named here is written by its code.
_CURRENCIES = {"€": "EUR", "euro": "EUR", "euros": "EUR", "eiro": "EUR", "ls": "LVL", "lt": "LTL"}
_AMOUNT = re.compile(
    r"(?P<before>[^\W\d_]+|€)?[ ]?(?P<sign>[-−]?)"
    r"(?P<whole>[0-9]{1,3}(?P<group>[ '.,])[0-9]{3}(?:(?P=group)[0-9]{3})*|[0-9]+)"
    r"(?:(?P<point>[.,])[ ]?(?P<cents>[0-9]+))?[ ]?(?P<after>[^\W\d_]+|€)?"
)


def parse_amount(text: str, currency: str = "EUR") -> Decimal:
    """Read an amount as people write it: "76 500, 00", "EUR 93273.01", "12 470 000 euro".

    Comma or point may part the cents; spaces, apostrophes, commas or points may part the
    thousands. The currency may stand before or after the number or be left out.
    Returns a Decimal with two places, in `currency`. Raises ValidationError (codes "invalid",
    "currency", "ambiguous" as in "1.234", "decimals", "too_large") and never guesses.
    """
    params = {"typed": text.strip()[:40], "expected": currency}
    found = _AMOUNT.fullmatch(_SPACES.sub(" ", text).strip())
    if not found or (found["before"] and found["after"]):
        message = _("“%(typed)s” is not an amount. Write it like 1 234,56.")
        raise ValidationError(message, code="invalid", params=params)
    word = (found["before"] or found["after"] or currency).lower()
    if _CURRENCIES.get(word, word.upper()) != currency:
        message = _("“%(typed)s” names another currency than %(expected)s.")
        raise ValidationError(message, code="currency", params=params)
    return _exact(found, params)


def _exact(found: re.Match[str], params: dict[str, str]) -> Decimal:
    """The digits of an amount as a number, if they can be read in one way only."""
    group, cents = found["group"], found["cents"] or ""
    lone = group in {".", ","} and found["whole"].count(group) == 1 and not cents
    if lone or (group and group == found["point"]):
        message = _("“%(typed)s” can be read in two ways. Write it like 1 234,56.")
        raise ValidationError(message, code="ambiguous", params=params)
    if len(cents) > 2:
        message = _("“%(typed)s” has more than two decimals.")
        raise ValidationError(message, code="decimals", params=params)
    whole = re.sub(r"[^0-9]", "", found["whole"])
    if len(whole.lstrip("0")) > WHOLE_DIGITS:
        raise ValidationError(_("“%(typed)s” is too large."), code="too_large", params=params)
    value = Decimal(f"{whole}.{cents:0<2}")
    return -value if found["sign"] else value


def share_truncated(total: Decimal, percent: Decimal) -> Decimal:
    """`percent` (0–100) of `total`, the rest of a cent cut off, as funders' tables do."""
    return (total * percent / 100).quantize(CENT, ROUND_DOWN)


def in_euro(amount: Decimal, currency: str) -> Decimal:
    """An amount in lats or litas as euro, rounded to the cent as the changeover laws ask.

    Raises ValueError for a currency without an irrevocably fixed rate.
    """
    if currency == "EUR":
        return amount
    if currency not in FIXED_RATES:
        raise ValueError(f"{currency} has no fixed rate to the euro.")
    return (amount / FIXED_RATES[currency]).quantize(CENT, ROUND_HALF_UP)


def format_number(
    value: Decimal | int | float, places: int | None = None, language: str | None = None
) -> str:
    """A number as Latvians write it ("3 099", "92,67"), or as the English do ("3,099", "92.67").

    `places` fixes the number of decimals (half up); without it they stand as they are, zeros
    at the end left out. Spaces are no-break, the minus is a real one. `language` is "lv" or
    "en"; the active one if left out.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(exact):,f}"
    if places is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    if is_latvian(language):
        digits = digits.replace(",", _NO_BREAK).replace(".", ",")
    return f"{_MINUS}{digits}" if exact < 0 else digits


def format_amount(amount: Decimal, currency: str = "EUR", language: str | None = None) -> str:
    """An amount to the cent: "791 256,19 €" in Latvian, "€791,256.19" in English."""
    number = format_number(amount, 2, language)
    if is_latvian(language):
        return f"{number}{_NO_BREAK}{'€' if currency == 'EUR' else currency}"
    if currency != "EUR":
        return f"{currency}{_NO_BREAK}{number}"
    return f"{_MINUS}€{number[1:]}" if amount < 0 else f"€{number}"


def format_millions(amount: Decimal, currency: str = "EUR", language: str | None = None) -> str:
    """An amount for a headline: "13,26 milj. €", "€13.26 million"; exact ones stand elsewhere."""
    number = format_number(amount / 1_000_000, 2, language)
    sign = "€" if currency == "EUR" else currency
    if is_latvian(language):
        return f"{number}{_NO_BREAK}milj.{_NO_BREAK}{sign}"
    return f"{sign}{'' if sign == '€' else _NO_BREAK}{number}{_NO_BREAK}million"


def format_percent(
    percent: Decimal | int | float, places: int = 1, language: str | None = None
) -> str:
    """Percent points as text: 64.12 is "64,1 %" or "64.1%".

    What is short of the whole never reads 100 %: 99.97 is "99,9 %".
    """
    exact = percent if isinstance(percent, Decimal) else Decimal(str(percent))
    step = Decimal(1).scaleb(-places)
    if 100 - step < exact < 100:
        exact = 100 - step
    number = format_number(exact, places, language)
    return f"{number}{_NO_BREAK}%" if is_latvian(language) else f"{number}%"
