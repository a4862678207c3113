"""Keeping what proves a session: scans of the signed sheet, and comparing it with the marks."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.models import (
    Enrolment,
    PaperCheck,
    PaperDifference,
    Session,
    SessionScan,
    SessionState,
)

from .locks import create_all, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

log = logging.getLogger(__name__)

MOST_SCANS = 20


def add_scans(*, user: Any, session: Session, files: Sequence[UploadedFile]) -> list[SessionScan]:
    """Keep files beside a session; one that is there already is not kept twice.

    Whatever state the session is in: the paper proves what was done, and changes no mark.
    """
    with _forgotten_when_refused() as written, transaction.atomic():
        row = locked(Session.objects.filter(pk=session.pk))[session.pk]
        if row.state == SessionState.CANCELLED:
            raise ValidationError(_("The session has been cancelled: nobody signed for it."))
        known = set(row.scans.standing().values_list("sha256", flat=True))  # type: ignore[attr-defined]
        added = []
        for file in files:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest in known:
                continue
            if len(known) >= MOST_SCANS:
                raise ValidationError(_too_many())
            known.add(digest)
            file.seek(0)
            scan = SessionScan(session=row, added_by=user, sha256=digest, size=file.size or 0)
            scan.file.save(file.name or "", file, save=False)
            written.append(str(scan.file.name))
            scan.save()
            added.append(scan)
    return added


@contextmanager
def _forgotten_when_refused() -> Iterator[list[str]]:
    """Files that were written for rows that do not stand are nobody's: they go again."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def _too_many() -> str:
    words = ngettext(
        "A session holds at most %(count)s file: put the pages into one PDF.",
        "A session holds at most %(count)s files: put the pages into one PDF.",
        MOST_SCANS,
    )
    return words % {"count": MOST_SCANS}


@transaction.atomic
def remove_scan(*, user: Any, scan: SessionScan, reason: str) -> SessionScan:
    """Take a wrong file away; its row stays and tells that it was there, who removed it and why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the file is removed.")})
    row = locked(SessionScan.objects.filter(pk=scan.pk))[scan.pk]
    if row.removed_at is not None:
        return row
    name = str(row.file.name)
    row.file, row.reason = "", reason  # type: ignore[assignment]
    row.removed_at, row.removed_by = timezone.now(), user
    row.clean_fields(exclude=["session", "added_by", "removed_by"])
    row.save(update_fields=["file", "reason", "removed_at", "removed_by"])
    transaction.on_commit(lambda: _forget(name))
    return row


def _forget(name: str) -> None:
    try:
        default_storage.delete(name)
    except OSError as error:  # the row no longer leads to it; the disk is somebody's to look at
        log.warning("a removed scan is still on the disk: %s", type(error).__name__)


@transaction.atomic
def compare_with_paper(
    *, user: Any, session: Session, differences: Mapping[int, str]
) -> PaperCheck:
    """Note that the signed sheet was laid beside the marks, and whose row says something else.

    ``differences``: by enrolment what the paper says. A mark is not changed by it.
    """
    row = locked(Session.objects.filter(pk=session.pk))[session.pk]
    if row.state != SessionState.CLOSED:
        raise ValidationError(_("The session is not closed: mark first, then compare."))
    people = dict(Enrolment.objects.concerned_by(row).values_list("pk", "pk"))
    if not set(differences) <= set(people):
        raise ValidationError(_("Somebody left this session meanwhile. Look at the list again."))
    check = PaperCheck.objects.create(session=row, user=user, people_count=len(people))
    create_all(
        [
            PaperDifference(paper_check=check, enrolment_id=pk, note=note)
            for pk, note in differences.items()
        ]
    )
    return check
