"""Published facts side by side: where sources agree, and where they do not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.lib.money import format_amount, format_number
from portal.lib.text import search_key


class Agreement(StrEnum):
    """What the facts about one subject say to each other."""

    SINGLE = "single"  # one source alone speaks of it
    AGREE = "agree"
    UNLIKE = "unlike"  # planned against achieved, or one partner against the whole
    DISAGREE = "disagree"  # the same thing, different values


def is_currency(unit: str) -> bool:
    """Three capital letters; any other unit is a word of the page's language."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def in_unit(value: Decimal, unit: str) -> str:
    """Money to the cent with its sign, anything else with its unit as a word."""
    if is_currency(unit):
        return format_amount(value, unit)
    return " ".join(filter(None, (format_number(value), unit)))


@dataclass(frozen=True)
class Fact:
    """One value as one source states it. ``row`` is whatever the page needs to show of it."""

    subject: str
    kind: str
    whose: Hashable
    source: Hashable
    value: Decimal | str | None
    unit: str = ""
    row: Any = None

    @property
    def comparable(self) -> tuple[object, str]:
        """Figures compare as numbers, money in its currency, words without case and quotes."""
        if isinstance(self.value, Decimal):
            return self.value.normalize(), self.unit if is_currency(self.unit) else ""
        return search_key(self.value or ""), ""

    @property
    def sense(self) -> tuple[str, Hashable, bool]:
        """Facts of one sense speak of the very same thing, both in figures or both in words."""
        return self.kind, self.whose, isinstance(self.value, Decimal)


@dataclass(frozen=True)
class Comparison:
    """All that is said about one subject."""

    subject: str
    facts: tuple[Fact, ...]

    @property
    def agreement(self) -> Agreement:
        """A thing named without a value agrees with everything; words and figures never clash."""
        by_sense: dict[tuple[str, Hashable, bool], set[tuple[object, str]]] = {}
        for fact in self.facts:
            if fact.value not in {None, ""}:
                by_sense.setdefault(fact.sense, set()).add(fact.comparable)
        if any(len(values) > 1 for values in by_sense.values()):
            return Agreement.DISAGREE
        figures = {values.pop() for sense, values in by_sense.items() if sense[2]}
        if len(figures) > 1:
            return Agreement.UNLIKE
        return Agreement.SINGLE if len(self.facts) < 2 else Agreement.AGREE

    @property
    def is_open(self) -> bool:
        return self.agreement in {Agreement.UNLIKE, Agreement.DISAGREE}

    @property
    def difference(self) -> Decimal | None:
        """How far the figures lie apart; achieved less planned where those two are unlike."""
        figures = [
            (fact.kind, fact.value) for fact in self.facts if isinstance(fact.value, Decimal)
        ]
        if len(figures) < 2 or not self.is_open:
            return None
        kinds = dict(figures)
        if len(set(figures)) == 2 and kinds.keys() == {"planned", "achieved"}:
            return kinds["achieved"] - kinds["planned"]
        values = [value for _kind, value in figures]
        return max(values) - min(values)

    def said_by(self, source: Hashable) -> tuple[Fact, ...]:
        """What this source says of the subject, each once; empty where it is silent."""
        said = [fact for fact in self.facts if fact.source == source]
        return tuple({(fact.sense, fact.comparable): fact for fact in said}.values())


def compare(facts: Iterable[Fact]) -> Sequence[Comparison]:
    """The facts by subject, in the order the subjects first appear."""
    by_subject: dict[str, list[Fact]] = {}
    for fact in facts:
        by_subject.setdefault(fact.subject, []).append(fact)
    return [Comparison(subject, tuple(found)) for subject, found in by_subject.items()]
