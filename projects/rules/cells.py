"""Small cells of public tables: what could point at a person is not shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

SMALL = 5


def suppress[K: Hashable](cells: Mapping[K, int], *, threshold: int = SMALL) -> dict[K, int | None]:
    """Counts of one table row whose total is public, with None where a count must not be shown.

    Counts from 1 to below ``threshold`` are hidden. The total would give some of them away, so
    the next larger counts are hidden too, equal ones together, until even a reader who knows
    this rule cannot tell. A nought tells of nobody and stays. A total below ``threshold`` must
    not be published beside it.
    """
    hidden = {key for key, count in cells.items() if 0 < count < threshold}
    for step in sorted({count for count in cells.values() if count >= threshold}):
        if not _gives_away([cells[key] for key in hidden], threshold):
            break
        hidden |= {key for key, count in cells.items() if count == step}
    return {key: None if key in hidden else count for key, count in cells.items()}


def _gives_away(counts: list[int], threshold: int) -> bool:
    """Whether the sum of the hidden counts, which anyone can work out, tells the counts.

    It does if there is one, and if all must be ones or all as large as a small count can be.
    """
    if len(counts) < 2:
        return bool(counts)
    return sum(counts) in {len(counts), (threshold - 1) * len(counts)}
