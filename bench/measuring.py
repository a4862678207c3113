"""Processor time of this process and of the database's; a figure is a ratio, never a time."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

ROUNDS = 3
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Line:
    """One figure as it is printed; without a goal it only informs, and ``holds`` is null."""

    bench: str
    figure: str
    value: float | None
    unit: str
    goal: str | None = None
    holds: bool | None = None

    def __str__(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def at_most(bench: str, figure: str, value: float, most: float, unit: str) -> Line:
    """A figure with a goal."""
    return Line(bench, figure, round(value, 2), unit, f"≤ {most}", value <= most)


def at_least(line: Line, least: float) -> Line:
    """The same figure held to a goal."""
    return replace(line, goal=f"≥ {least}", holds=(line.value or 0) >= least)


def of_family(pid: int) -> float:
    """Processor seconds of a process, of its children, and of those of them that have ended."""
    family, spent = [pid], 0
    for member in family:
        stat = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        spent += sum(map(int, stat[11:15]))
        family += map(int, Path(f"/proc/{member}/task/{member}/children").read_text().split())
    return spent / TICKS


@dataclass(frozen=True)
class Clock:
    """What this process and a database server, if there is one, have spent."""

    database: int | None = None

    def spent(self) -> float:
        served = of_family(self.database) if self.database else 0.0
        return time.process_time() + served


@dataclass(frozen=True)
class Contest:
    """A job done in our way and in usual ones, in turns; ``prepare`` runs before each, uncounted.

    All ways are checked to give the same result.
    """

    bench: str
    job: str
    ours: Callable[[], object]
    usual: Mapping[str, Callable[[], object]]
    prepare: Callable[[], object] = lambda: None
    repeat: int = 1  # so that a short job outlasts the ticks of a server's clock

    def lines(self, clock: Clock) -> Iterator[Line]:
        """How many times our processor time each usual way takes: the median of the rounds."""
        ways = ["", *self.usual]
        for way in ways:  # imports, caches and fonts cost every way once
            self._spent(way, clock)
        rounds = [{way: self._spent(way, clock) for way in ways} for _round in range(ROUNDS)]
        for way in self.usual:
            ratio = median(spent[way] / spent[""] for spent in rounds)
            figure = f"{self.job}; beside it: {way}"
            yield Line(self.bench, figure, round(ratio, 2), "× our processor time")

    def _spent(self, way: str, clock: Clock) -> float:
        total = 0.0
        for _time in range(self.repeat):
            self.prepare()
            gc.collect()
            begun = clock.spent()
            (self.usual[way] if way else self.ours)()
            total += clock.spent() - begun
        return total
