"""Two people in one sheet, in real browsers: what stands in the end is what one after the other
would have made of it, also where answers are lost. Without the check of revisions it is not."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from projects.models import Role
from tests.sizes import either
from tests.training import browsing, world
from tests.training.browsing import register
from training.models import Mark
from training.views import register as door

pytestmark = pytest.mark.django_db(transaction=True)

EDITS = either(50, 500)
ROWS, COLUMNS = 4, 3


class Model:
    """The register with one person at a time: a cell, its revision, and who has seen which."""

    def __init__(self) -> None:
        cells = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
        self.minutes: dict[tuple[int, int], int] = {}
        self.revision = dict.fromkeys(cells, 0)
        self.seen: list[dict[tuple[int, int], int | None]] = [dict(self.revision) for _ in range(2)]

    def is_stale(self, who: int, cell: tuple[int, int]) -> bool | None:
        """Whether somebody else has changed what this one sees; None: it cannot be told."""
        seen = self.seen[who][cell]
        return None if seen is None else seen != self.revision[cell]

    def enter(self, who: int, cell: tuple[int, int], minutes: int, choice: str) -> None:
        """One enters a number; asked, he takes his own or the other's."""
        if choice == "mine" or not self.is_stale(who, cell):
            self.minutes[cell] = minutes
            self.revision[cell] += 1
        self.seen[who][cell] = self.revision[cell]


class Both:
    """Two browsers and the model, step by step."""

    def __init__(self, pages: list[Any], seed: int) -> None:
        self.pages, self.model, self.chance = pages, Model(), random.Random(seed)
        self.asked = self.expected = self.edits = self.met = 0

    def number(self) -> int:
        """Another one than stands in any cell, so that no two wishes agree by chance."""
        self.edits += 1
        number = 10 + self.edits % 340
        return number if number not in self.model.minutes.values() else self.number()

    def cell(self) -> tuple[int, int]:
        return self.chance.randrange(ROWS), self.chance.randrange(COLUMNS)

    def step(self) -> None:
        self.chance.choice([self.alone, self.together, self.at_the_same_cell])()

    def choice(self, who: int, cell: tuple[int, int]) -> str:
        """What this one will choose if asked; where that cannot be told before, his own."""
        if self.model.is_stale(who, cell) is None:
            return "mine"
        return self.chance.choice(["mine", "theirs"])

    def alone(self) -> None:
        who, cell, minutes = self.chance.randrange(2), self.cell(), self.number()
        choice = self.choice(who, cell)
        expected = self.model.is_stale(who, cell)
        browsing.type_minutes(self.pages[who], *cell, minutes)
        browsing.send_now(self.pages[who])
        asked = self.settle(who, choice)
        if expected is not None:
            self.asked, self.expected = self.asked + asked, self.expected + expected
        self.model.enter(who, cell, minutes, choice)

    def together(self) -> None:
        """Different cells at the same moment: both are kept."""
        cells = [self.cell()]
        while len(cells) < 2:
            cells += [cell for cell in [self.cell()] if cell not in cells]
        wishes = [(cell, self.number(), self.choice(who, cell)) for who, cell in enumerate(cells)]
        self.type_at_once([(cell, minutes) for cell, minutes, _choice in wishes])
        for who, (cell, minutes, choice) in enumerate(wishes):
            self.settle(who, choice)
            self.model.enter(who, cell, minutes, choice)

    def at_the_same_cell(self) -> None:
        """One insists and the other gives way: then it does not matter who came first."""
        cell, winner = self.cell(), self.chance.randrange(2)
        numbers = [self.number(), self.number()]
        self.type_at_once([(cell, minutes) for minutes in numbers])
        for who in (1 - winner, winner):
            self.settle(who, "mine" if who == winner else "theirs")
        self.model.enter(winner, cell, numbers[winner], "mine")
        self.model.revision[cell] = Mark.objects.filter(
            enrolment=self.row_keys[cell[0]], session=self.column_keys[cell[1]]
        ).count()
        self.model.seen[winner][cell] = self.model.revision[cell]
        self.model.seen[1 - winner][cell] = None

    def settle(self, who: int, choice: str) -> int:
        asked = browsing.settle(self.pages[who], choice)
        self.met += asked
        return asked

    def type_at_once(self, wishes: list[tuple[tuple[int, int], int]]) -> None:
        for page, (cell, minutes) in zip(self.pages, wishes, strict=True):
            browsing.type_minutes(page, *cell, minutes)
        for page in self.pages:
            browsing.send_now(page)

    def run(self) -> None:
        keys = (
            "() => [...document.querySelectorAll('tbody tr')].map((row) => +row.dataset.enrolment)"
        )
        self.row_keys = self.pages[0].evaluate(keys)
        heads = "() => [...document.querySelectorAll('th[data-session]')].map((each) => +each.dataset.session)"
        self.column_keys = self.pages[0].evaluate(heads)
        while self.edits < EDITS:
            self.step()

    def judge(self) -> None:
        stored = browsing.minutes_stored(self.row_keys, self.column_keys)
        assert stored == self.model.minutes
        assert self.asked == self.expected


@pytest.fixture
def both(group: Any, trainer: Any, open_as: Any) -> Any:
    other = world.member("c@x.invalid", Role.COORDINATOR, project=group.project)

    def opener(**options: Any) -> Both:
        people = (trainer, other)
        return Both([open_as(each, register(group), **options) for each in people], seed=24)

    return opener


def test_two_people_end_where_one_after_the_other_would(both: Any) -> None:
    two = both()
    two.run()
    two.judge()
    assert two.met > EDITS // 5


def last_write_wins(**given: Any) -> Any:
    """The same door, but nobody looks which revision a mark is based on."""
    commands = [
        replace(
            each,
            base_revision=Mark.objects.filter(
                enrolment=each.enrolment, session=each.session
            ).count(),
        )
        for each in given.pop("commands")
    ]
    return RECORD(commands=commands, **given)


RECORD = door.record_marks


def test_without_the_check_of_revisions_they_do_not(
    both: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "record_marks", last_write_wins)
    two = both()
    two.run()
    with pytest.raises(AssertionError):
        two.judge()


def test_two_people_whose_answers_are_lost(both: Any, live_server: Any) -> None:
    with browsing.dropping(live_server.url) as (line, lost):
        two = both(base_url=line)
        two.run()
        two.judge()
    assert lost.dropped > EDITS // 10
    assert two.met > EDITS // 5
