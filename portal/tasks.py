"""The one task that makes papers, and the few chores of the beat."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import after_task_publish, beat_init, worker_ready
from celery.worker.request import Request
from django import db
from django.conf import settings
from django.db import connections
from django.utils import timezone

from portal import heartbeat
from portal.lib import documents
from portal.models import Part
from projects.actions import Delivery
from projects.actions import take_snapshots as take_figures
from projects.models import FigureSnapshot
from training.actions import remind_trainers as remind

log = logging.getLogger(__name__)

CHUNK = 5  # more costs memory (10 MB a paper), saves no time, and lets urgent papers wait


class PaperRequest(Request):
    """A ring in the eyes of the worker's main process, which ends a child that never ends."""

    def on_timeout(self, soft: bool, timeout: float) -> None:
        """Killed at the hard limit, the child can tell nobody why; so it is said here."""
        super().on_timeout(soft, timeout)
        if soft:
            return
        try:
            documents.note_slow(f"{self.hostname}/{self.id}")
        except db.Error as error:  # the leases will run out
            log.warning("Nobody was told what took too long: %s", type(error).__name__)
        finally:
            connections.close_all()


class PaperTask(Task):
    """Celery asks the class of a task how its requests are made."""

    Request = PaperRequest


@shared_task(bind=True, base=PaperTask, name=documents.DOORBELL)
def produce_waiting(self: Task) -> int:
    """Make a few of what waits, and ring again while rows wait: urgent papers get their turn soon."""
    owner, done = f"{self.request.hostname}/{self.request.id}", 0
    for model in documents.document_models():
        rows = documents.claim(model, CHUNK, owner=owner)
        if not rows:
            continue
        documents.ring()
        try:
            done += documents.produce(rows)
        except SoftTimeLimitExceeded:
            log.warning("Papers took too long: %d were made, the others are in line again", done)
            break
    return done


@shared_task(name="portal.tasks.take_snapshots")
def take_snapshots() -> int:
    """Keep what was known about every indicator when yesterday ended, once.

    An indicator that came since then was not known yesterday: what is kept is not added to. What
    was remembered when a report was submitted yesterday stays; the others are remembered beside it.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    if FigureSnapshot.objects.filter(known_on=yesterday, version__isnull=True).exists():
        return 0
    return take_figures(on=yesterday)


@shared_task(name="portal.tasks.remind_trainers")
def remind_trainers() -> int:
    """Write to the trainers whose sessions wait for marks; rung twice, it writes once a day."""
    told = remind()
    log.info("reminders: %s", ", ".join(f"{key} {count}" for key, count in told.items()) or "none")
    return told[Delivery.SENT]


@shared_task(name="portal.tasks.pulse")
def pulse() -> None:
    """The worker has heard its own ring."""
    heartbeat.note(Part.WORKER)


@beat_init.connect
def follow_the_beat(**_kwargs: Any) -> None:
    """In the process of the beat alone: what it publishes shows that it works."""
    after_task_publish.connect(heartbeat.note_beat)
    heartbeat.note_beat()  # else the silence of a long stop would be held against it


@worker_ready.connect
def take_over(sender: Any, **_kwargs: Any) -> None:
    """A starting worker frees what its dead predecessor of the same name held, and rings once.

    The one that only sends mails has no papers, and its role may not speak for the worker.
    """
    if settings.CELERY_TASK_DEFAULT_QUEUE not in sender.app.amqp.queues.consume_from:
        return
    freed = documents.free_leases(str(sender.hostname))
    if freed:
        log.info("Freed %d papers of the former worker", freed)
    documents.ring()
    heartbeat.note(Part.WORKER)  # else the silence of a long stop would be held against it
    connections.close_all()
