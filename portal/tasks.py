"""The one task that makes papers, and the few chores of the beat."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_ready
from django.db import connections
from django.utils import timezone

from portal.lib import documents
from projects.actions import take_snapshots as take_figures

log = logging.getLogger(__name__)

FIRST_CHUNK, CHUNK = 5, 20  # more costs memory (10 MB a paper) and saves no time


@shared_task(bind=True, name=documents.DOORBELL)
def produce_waiting(self: Task) -> int:
    """Make what waits: a few at once, so that the first are there soon, then many together.

    It rings again while rows wait, so that no run is long and urgent papers get their turn.
    """
    owner, done = str(self.request.hostname), 0
    for model in documents.document_models():
        for most in (FIRST_CHUNK, CHUNK):
            rows = documents.claim(model, most, owner=owner)
            done += documents.produce(rows)
        if rows:
            documents.ring()
    return done


@shared_task(name="portal.tasks.take_snapshots")
def take_snapshots() -> int:
    """Keep what was known about every indicator when yesterday ended; it runs in the small hours."""
    return take_figures(on=timezone.localdate() - timedelta(days=1))


@worker_ready.connect
def take_over(sender: Any, **_kwargs: Any) -> None:
    """A starting worker frees what its dead predecessor of the same name held, and rings once."""
    freed = documents.free_leases(str(sender.hostname))
    if freed:
        log.info("Freed %d papers of the former worker", freed)
    documents.ring()
    connections.close_all()
