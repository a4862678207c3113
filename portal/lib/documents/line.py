"""The line of waiting papers: leases, the doorbell, and asking again."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta
from threading import Thread
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils import timezone

from .model import (
    DamagedFileError,
    Document,
    DocumentQuerySet,
    DocumentState,
    Failure,
    Priority,
    document_models,
    read_issued,
)

log = logging.getLogger(__name__)

DOORBELL = "portal.tasks.produce_waiting"
MOST_ATTEMPTS = 3


def ring() -> None:
    """After the commit tell a worker that papers wait; if nobody hears it, the beat rings again.

    Told by a thread of its own: a click must never wait for a broker that does not answer.
    """
    transaction.on_commit(lambda: Thread(target=_tell, name="doorbell", daemon=True).start())


def _tell() -> None:
    try:
        current_app.send_task(DOORBELL, expires=settings.DOCUMENT_RING_SECONDS)
    except Exception as error:  # whatever keeps the broker away, the rows remember the work
        log.warning("The doorbell did not ring: %s", type(error).__name__)


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


def note_slow(owner: str) -> None:
    """What a maker held who was ended because he took too long; the last attempt fails so."""
    for model in document_models():
        held = model.objects.waiting().filter(lease_owner__startswith=f"{owner[:100]}/")  # type: ignore[attr-defined]
        told = {"failure": Failure.SLOW, "failure_detail": "", "lease_owner": ""}
        held.filter(attempts__gte=MOST_ATTEMPTS).update(
            state=DocumentState.FAILED, lease_until=None, **told
        )
        held.update(lease_until=None, **told)


def give_back(rows: Sequence[Document], *, untried: bool = False) -> None:
    """End the lease of rows whose maker has to stop; those he never came to keep their attempt."""
    for row in rows:
        type(row).objects.waiting().filter(pk=row.pk, lease_owner=row.lease_owner).update(  # type: ignore[attr-defined]
            attempts=F("attempts") - int(untried), lease_owner="", lease_until=None
        )


@transaction.atomic
def retry_paper[Paper: Document](*, paper: Paper) -> Paper:
    """Put a failed paper back in line, or one whose stored file is lost or damaged; no other moves.

    An OSError says that nothing can be known of the file now; it is passed on.
    """
    rows: Any = type(paper)._default_manager
    row: Paper = rows.select_for_update(of=("self",)).get(pk=paper.pk)
    if row.state == DocumentState.FAILED or (row.is_ready and row.is_damaged()):
        ask_again(row)
    return row


def ask_again(row: Document) -> None:
    """Put a failed or damaged paper back in line; called inside an action's transaction.

    A replacement for a file that was lost or damaged is a new rendition from the same facts:
    the fingerprint of the former one is kept beside it. If an earlier file is whole again, as
    after a restored backup, that one is handed out and nothing is made.
    """
    if row.state == DocumentState.READY:
        row.earlier_files = [*row.earlier_files, _kept(row)]
        row.file, row.sha256, row.ready_at = "", "", None
    if earlier := next(filter(_is_whole, row.earlier_files), None):
        row.earlier_files.remove(earlier)
        row.file, row.sha256, row.rendition = earlier["file"], earlier["sha256"], earlier["n"]
        row.state, row.ready_at = DocumentState.READY, timezone.now()
        row.failure = row.failure_detail = ""
        row.save()
        return
    row.rendition = len(row.earlier_files) + 1
    row.state, row.attempts, row.priority = DocumentState.WAITING, 0, Priority.SOMEONE_WAITS
    row.failure = row.failure_detail = row.lease_owner = ""
    row.lease_until, row.requested_at = None, timezone.now()
    row.save()
    ring()


def ask_all_again(rows: DocumentQuerySet, priority: Priority = Priority.ISSUED) -> int:
    """Put failed papers of one kind back in line and ring once; called inside an action's transaction.

    Those that have earlier files are looked at one by one, as one of these may be whole again.
    """
    failed = rows.failed()
    renewed = list(failed.exclude(earlier_files=[]).select_for_update(of=("self",)))
    for row in renewed:
        ask_again(row)
    count = failed.filter(earlier_files=[]).update(
        state=DocumentState.WAITING,
        priority=priority,
        attempts=0,
        requested_at=Now(),
        failure="",
        failure_detail="",
        lease_owner="",
        lease_until=None,
    )
    ring()
    return count + len(renewed)


def _kept(row: Document) -> dict[str, Any]:
    return {"file": row.file.name, "sha256": row.sha256, "n": row.rendition}


def _is_whole(earlier: dict[str, Any]) -> bool:
    try:
        read_issued(earlier["file"], earlier["sha256"])
    except (DamagedFileError, OSError):
        return False
    return True
