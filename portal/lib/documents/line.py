"""The line of waiting papers: leases, the doorbell, and asking again."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils import timezone

from .model import Document, DocumentState, Failure, Priority, document_models

DOORBELL = "portal.tasks.produce_waiting"
MOST_ATTEMPTS = 3


def ring() -> None:
    """After the commit tell a worker that papers wait; if nobody hears it, the beat rings again."""
    transaction.on_commit(partial(current_app.send_task, DOORBELL), robust=True)


def lease_end() -> ExpressionWrapper:
    return ExpressionWrapper(
        Now() + Value(timedelta(seconds=settings.DOCUMENT_LEASE_SECONDS)),
        output_field=models.DateTimeField(),
    )


def _new_token(owner: str) -> str:
    return f"{owner[:100]}/{secrets.token_hex(6)}"


def _take(rows: models.QuerySet[Any], token: str) -> int:
    """The conditional update that makes free rows ours."""
    return rows.free().update(  # type: ignore[attr-defined]
        lease_owner=token, lease_until=lease_end(), attempts=F("attempts") + 1
    )


def claim[D: Document](model: type[D], most: int, *, owner: str) -> list[D]:
    """Take up to ``most`` free rows of one language; a row that was tried before is taken alone.

    A worker that died took its whole chunk with it: taken alone, the row that kills workers
    spends only its own attempts.
    """
    token = _new_token(owner)
    with transaction.atomic():
        _give_up(model)
        free = model.objects.free().in_line().select_for_update(skip_locked=True)  # type: ignore[attr-defined]
        first = free.first()
        if first is None:
            return []
        wanted = [first.pk]
        if first.attempts == 0 and most > 1:
            alike = free.filter(attempts=0, language=first.language)
            wanted = list(alike.values_list("pk", flat=True)[:most])
        _take(model.objects.filter(pk__in=wanted), token)  # type: ignore[attr-defined]
    return list(model.objects.filter(lease_owner=token).in_line())  # type: ignore[attr-defined]


def claim_this[D: Document](row: D, *, owner: str) -> D | None:
    """Take one row out of turn, unless somebody is making it right now."""
    token = _new_token(owner)
    model = type(row)
    if not _take(model.objects.filter(pk=row.pk), token):  # type: ignore[attr-defined]
        return None
    return model.objects.get(pk=row.pk, lease_owner=token)  # type: ignore[attr-defined]


def _give_up(model: type[Document]) -> None:
    """Rows whose last allowed attempt ended without a word are failed, visibly."""
    model.objects.free().filter(attempts__gte=MOST_ATTEMPTS).update(  # type: ignore[attr-defined]
        state=DocumentState.FAILED,
        failure=Failure.STOPPED,
        failure_detail="",
        lease_owner="",
        lease_until=None,
    )


def free_leases(owner: str) -> int:
    """What a dead worker of this name held becomes free; called by its successor at the start."""
    return sum(
        model.objects.waiting()  # type: ignore[attr-defined]
        .filter(lease_owner__startswith=f"{owner[:100]}/")
        .update(lease_owner="", lease_until=None)
        for model in document_models()
    )


def ask_again(row: Document) -> None:
    """Put a failed or damaged paper back in line; called inside an action's transaction.

    A replacement for a file that was lost or damaged is a new rendition from the same facts:
    the fingerprint of the former one is kept beside it.
    """
    if row.state == DocumentState.READY:
        row.earlier_files = [*row.earlier_files, {"file": row.file.name, "sha256": row.sha256}]
        row.rendition += 1
        row.file, row.sha256, row.ready_at = "", "", None
    row.state, row.attempts, row.priority = DocumentState.WAITING, 0, Priority.SOMEONE_WAITS
    row.failure = row.failure_detail = row.lease_owner = ""
    row.lease_until, row.requested_at = None, timezone.now()
    row.save()
    ring()
