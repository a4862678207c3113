"""What proves a session, gathered for its page: scans, comparison with the paper, every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from training.models import Mark, PaperCheck, PaperDifference, Session, SessionChange, SessionScan


@dataclass(frozen=True)
class Evidence:
    """The scans that stand, those removed, and the last comparison with what it found."""

    scans: Sequence[SessionScan]
    removed: Sequence[SessionScan]
    check: PaperCheck | None
    differences: Sequence[PaperDifference]
    changed_since: bool


def evidence_of(session: Session) -> Evidence:
    """In four queries at most, however many files there are."""
    scans = list(session.scans.select_related("added_by", "removed_by", "session"))
    check = session.paper_checks.select_related("user").order_by("-at", "-pk").first()
    differing: Sequence[PaperDifference] = []
    changed = False
    if check is not None:
        differing = list(check.differences.select_related("enrolment__participant"))
        changed = Mark.objects.filter(session=session, at__gt=check.at).exists()
    return Evidence(
        [each for each in scans if each.removed_at is None],
        [each for each in scans if each.removed_at is not None],
        check,
        differing,
        changed,
    )


@dataclass(frozen=True)
class Step:
    """One line of a session's history: a change of its state, or a comparison with its paper."""

    at: datetime
    user: Any
    words: str
    reason: str = ""
    differing: int | None = None


def history_of(session: Session, changes: Sequence[SessionChange]) -> list[Step]:
    """Every change of the session and every comparison with its paper, the newest first."""
    steps = [Step(each.at, each.user, each.words, each.reason) for each in changes]
    checks = session.paper_checks.select_related("user").annotate(differing=Count("differences"))
    steps += [Step(each.at, each.user, each.words, differing=each.differing) for each in checks]
    return sorted(steps, key=lambda each: each.at)[::-1]  # of one moment the later step first
