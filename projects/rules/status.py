"""In what state a project is: what its sources said last, and what its dates say since."""

from __future__ import annotations

from datetime import date

# These are over by themselves; any other state ends with the project's period.
ENDED = frozenset({"finished", "rejected", "stopped"})


def status_now(stated: str | None, last_day: date | None, today: date) -> str | None:
    """The last stated status; once the period is over, "finished", whatever was said before."""
    if stated not in ENDED and last_day is not None and last_day < today:
        return "finished"
    return stated
