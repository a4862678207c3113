"""How invented people attend: mostly there, sometimes ill, sometimes half a day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

PRESENT, PARTIAL, ABSENT, EXCUSED = "present", "partial", "absent", "excused"
LESSON = 45
# How often a person misses a day, and how common such people are.
HABITS = ((0.02, 55), (0.06, 30), (0.11, 15))
MOST_MISSED_PERCENT = 17


@dataclass(frozen=True)
class Marked:
    """A mark: what it is called and, for half a day, the minutes the person was there."""

    status: str
    minutes: int | None = None

    def attended(self, planned: int) -> int:
        """Minutes met of a day of ``planned`` minutes."""
        if self.status in (ABSENT, EXCUSED):
            return 0
        return planned if self.minutes is None else self.minutes


THERE = Marked(PRESENT)


def ordinary(chance: random.Random, days: Sequence[int]) -> list[Marked]:
    """Marks for days of so many minutes each; the person misses at most 17 % of them all."""
    often = chance.choices([each for each, _ in HABITS], [weight for _, weight in HABITS])[0]
    left = sum(days) * MOST_MISSED_PERCENT // 100
    marks = []
    for planned in days:
        mark = _missing(chance, planned) if chance.random() < often else THERE
        missed = planned - mark.attended(planned)
        if missed > left:
            mark, missed = THERE, 0
        left -= missed
        marks.append(mark)
    return marks


def only_just(chance: random.Random, days: Sequence[int], may_miss: int) -> list[Marked]:
    """Marks of a person who misses ``may_miss`` minutes, down to the last whole lesson."""
    marks = [THERE] * len(days)
    for index in chance.sample(range(len(days)), len(days)):
        planned = days[index]
        if planned <= may_miss:
            marks[index] = Marked(chance.choice((ABSENT, EXCUSED)))
            may_miss -= planned
        elif may_miss >= LESSON:
            missed = may_miss // LESSON * LESSON
            marks[index] = Marked(PARTIAL, planned - missed)
            may_miss = 0
    return marks


def _missing(chance: random.Random, planned: int) -> Marked:
    """One way of not being there the whole day."""
    kind = chance.choices((ABSENT, EXCUSED, PARTIAL), (40, 35, 25))[0]
    if kind == PARTIAL:
        return Marked(PARTIAL, chance.randrange(2 * LESSON, planned, LESSON))
    return Marked(kind)
