"""Two ways of doing one job, run in turns in one process, told as a ratio and never as a time."""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

ROUNDS = 3
HEADING = f"""
How many times the processor time of our way a usual way takes: median of {ROUNDS} rounds, each way run
in turn (smallest and largest ratio of a round). Python {platform.python_version()},
{os.cpu_count()} processors, SQLite. All ways are checked to give the same result.
"""


@dataclass(frozen=True)
class Contest:
    """A job done in our way and in usual ones; ``prepare`` runs before each, uncounted."""

    job: str
    ours: Callable[[], object]
    usual: Mapping[str, Callable[[], object]]
    prepare: Callable[[], object] = lambda: None

    def lines(self) -> Iterator[str]:
        """The job, then one line with the ratio for each usual way."""
        ways = ["", *self.usual]
        for way in ways:  # imports, caches and fonts cost every way once
            self._spent(way)
        rounds = [{way: self._spent(way) for way in ways} for _round in range(ROUNDS)]
        yield f"{self.job}; beside it"
        for way in self.usual:
            ratios = sorted(spent[way] / spent[""] for spent in rounds)
            spread = f"({ratios[0]:.1f} to {ratios[-1]:.1f})"
            yield f"{median(ratios):8.1f} x  {spread:<16}{way}"

    def _spent(self, way: str) -> float:
        """Seconds of this process's own time, which other processes cannot lengthen."""
        self.prepare()
        gc.collect()
        begun = time.process_time()
        (self.usual[way] if way else self.ours)()
        return time.process_time() - begun
