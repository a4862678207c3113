"""What the page of jobs tells: which papers wait, are being made, or failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone

from portal.lib.documents import Document, DocumentState, document_models

SHOWN = 100  # of each kind; whoever waits for more wants numbers, not rows


@dataclass(frozen=True)
class Job:
    """One paper on its way."""

    paper: Document
    kind: str
    state: str
    may_retry: bool


@dataclass(frozen=True)
class Jobs:
    """All that a person may know of."""

    shown: Sequence[Job]
    waiting: int
    running: int
    failed: int
    made: int  # in the last day

    @property
    def is_going(self) -> bool:
        """Whether the page would tell something else in a moment."""
        return bool(self.waiting or self.running)

    @property
    def more(self) -> int:
        """How many stand behind those shown."""
        return self.waiting + self.running + self.failed - len(self.shown)

    @property
    def retriable(self) -> int:
        return sum(job.may_retry for job in self.shown)


def kinds() -> dict[str, type[Document]]:
    """Every kind of paper by the word that stands for it in addresses."""
    return {f"{m._meta.app_label}-{m._meta.model_name}": m for m in document_models()}


def jobs_of(user: Any) -> Jobs:
    """Two questions to each kind of paper: how many, and the first of them."""
    counts = {"waiting": 0, "running": 0, "failed": 0, "made": 0}
    shown: list[Job] = []
    for kind, model in kinds().items():
        papers: Any = model.objects.visible_to(user)  # type: ignore[attr-defined]
        for name, count in _count(papers).items():
            counts[name] += count
        shown += [_job(kind, paper) for paper in _first(papers, user)]
    order = {"failed": 0, "being_made": 1, "waiting": 2}
    shown.sort(key=lambda job: (order[job.state], job.paper.priority, job.paper.requested_at))
    return Jobs(shown, **counts)


def _count(papers: Any) -> dict[str, int]:
    yesterday = timezone.now() - timedelta(days=1)
    waiting = Q(state=DocumentState.WAITING)
    found: dict[str, int] = papers.order_by().aggregate(
        waiting=Count("pk", filter=waiting & ~_held()),
        running=Count("pk", filter=_held()),
        failed=Count("pk", filter=Q(state=DocumentState.FAILED)),
        made=Count("pk", filter=Q(state=DocumentState.READY, ready_at__gte=yesterday)),
    )
    return found


def _first(papers: Any, user: Any) -> Any:
    """Failed ones first, then those in hand, then the line; never the frozen facts of them all."""
    own = papers.model.objects.run_by(user).filter(pk=OuterRef("pk"))
    rows = papers.exclude(state=DocumentState.READY).with_names()
    if papers.model.facts is not None:  # where each paper holds its own
        rows = rows.defer("facts")
    rows = rows.annotate(is_own=Exists(own), is_held=_held_now())
    return rows.order_by("state", "-is_held", "priority", "requested_at", "pk")[:SHOWN]


def _held() -> Q:
    """Somebody makes it right now, by the database's clock."""
    return Q(state=DocumentState.WAITING, lease_owner__gt="", lease_until__gte=Now())


def _held_now() -> Case:
    return Case(When(_held(), then=Value(True)), default=Value(False), output_field=BooleanField())


def _job(kind: str, paper: Any) -> Job:
    is_failed = paper.state == DocumentState.FAILED
    state = "failed" if is_failed else "being_made" if paper.is_held else "waiting"
    return Job(paper, kind, state, is_failed and paper.is_own)
