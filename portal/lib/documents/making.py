"""Making the papers of claimed rows: laid out together, each written to a file of its own."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from celery.exceptions import SoftTimeLimitExceeded
from django import db
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import override

from portal.lib.paper import PaperError, Resources, store

if TYPE_CHECKING:
    from portal.lib.pdf import Printed

from .line import MOST_ATTEMPTS, give_back, lease_end
from .model import Document, DocumentState, Failure

log = logging.getLogger(__name__)


def _step(name: str, row: Document) -> None:
    """A place at which a test may let the worker die; nothing outside tests."""
    if settings.TESTING and (hook := getattr(settings, "DOCUMENT_STEP_HOOK", "")):
        import_string(hook)(name, row.pk)


def produce(rows: Sequence[Document]) -> int:
    """Make the papers of claimed rows of one language; answers how many became ready.

    Laid out together, outside any transaction; if that fails, one by one, so that only the
    row at fault fails. Trouble that is no paper's fault is passed on: a database that does not
    answer, and the end of the time a task may take, for which the leases are given back.
    """
    made = 0
    if len(rows) > 1:
        try:
            for _row in _make(rows):
                made += 1
            return made
        except db.Error:
            raise
        except SoftTimeLimitExceeded:
            give_back(rows)  # tried together they took too long: each is taken alone next time
            raise
        except Exception as error:  # whatever it was, each row is judged by itself now
            log.warning("A batch of %d papers is redone one by one (%s)", len(rows), _kind(error))
    for number, row in enumerate(rows, start=1):
        try:
            made += _make_alone(row)
        except SoftTimeLimitExceeded:
            give_back(rows[number:], untried=True)
            raise
    return made


def _make(rows: Sequence[Document]) -> Iterator[Document]:
    """Draw the rows as one document and store each paper; yields those that became ready.

    What has no pages gives its own bytes.
    """
    whole = {row.pk: data for row in rows if (data := row.contents()) is not None}
    drawn = [row for row in rows if row.pk not in whole]
    printed, others = _lay_out(drawn) if drawn else None, {row.anchor for row in drawn}
    for row in rows:
        data = whole[row.pk] if row.pk in whole else _write(printed, row, others)
        if _store(row, data):
            yield row


def _write(printed: Any, row: Document, others: set[str]) -> bytes:
    with override(row.language[:2]):
        title, files = row.paper_title, row.attached()
    written: bytes = printed.write(
        row.anchor, others, title=title, identifier=title, attached=files
    )
    return written


def print_one(row: Document, resources: Resources | None = None) -> bytes:
    """One paper as bytes and nothing stored: for previews and for what is handed over at once.

    ``resources`` may hold pictures that were never kept.
    """
    return print_together([row], title=row.paper_title, resources=resources)


class Sheet(Protocol):
    """What can be drawn: a row that becomes a paper, or one that is drawn on demand and not kept."""

    template_name: ClassVar[str]

    @property
    def language(self) -> str: ...

    @property
    def anchor(self) -> str: ...

    def paper(self, resources: Resources) -> dict[str, Any]: ...


def print_together(
    sheets: Sequence[Sheet], *, title: str, resources: Resources | None = None
) -> bytes:
    """Sheets of one template and language as one file, as bytes and nothing stored."""
    first = sheets[0].anchor
    written: bytes = _lay_out(sheets, resources).write(
        first, {first}, title=title, identifier=first
    )
    return written


def _make_alone(row: Document) -> int:
    current = type(row).objects.filter(pk=row.pk, lease_owner=row.lease_owner)  # type: ignore[attr-defined]
    if not current.waiting().update(lease_until=lease_end()):
        return 0  # done in the batch, or no longer ours
    try:
        return len(list(_make([row])))
    except db.Error:
        raise
    except SoftTimeLimitExceeded as error:
        _note_failure(row, error)
        raise
    except Exception as error:
        _note_failure(row, error)
        return 0


def _lay_out(rows: Sequence[Sheet], resources: Resources | None = None) -> Printed:
    from portal.lib import pdf  # more than a second: only a process that draws pays it

    resources = resources or Resources()
    papers = [{**row.paper(resources), "anchor": row.anchor} for row in rows]
    language = rows[0].language[:2]
    with override(language):
        html = render_to_string(rows[0].template_name, {"papers": papers, "language": language})
    return pdf.lay_out(html, resources)


def _store(row: Document, data: bytes) -> bool:
    """File first, then one short commit that succeeds only while the lease is still ours."""
    name = _file_name(row)
    path = Path(default_storage.path(name))
    _step("drawn", row)
    store(path, data)
    _step("written", row)
    stored = (
        type(row)
        .objects.waiting()  # type: ignore[attr-defined]
        .filter(pk=row.pk, lease_owner=row.lease_owner)
        .update(
            state=DocumentState.READY,
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            ready_at=Now(),
            lease_owner="",
            lease_until=None,
            failure="",
            failure_detail="",
        )
    )
    if not stored:
        path.unlink(missing_ok=True)
        return False
    _sweep(path, row)
    _step("committed", row)
    return True


def _file_name(row: Document) -> str:
    """A name of its own per claim, so that two makers can never write the same file."""
    claim_id = row.lease_owner.rpartition("/")[2]
    return f"{row._meta.model_name}/{row.pk // 1000:04d}/{row.pk}-{claim_id}.{row.ending}"


def _sweep(path: Path, row: Document) -> None:
    """Remove what earlier attempts at this row left behind; former renditions stay."""
    kept = {path.name, *(Path(each["file"]).name for each in row.earlier_files)}
    for left in path.parent.glob(f"{row.pk}-*"):
        if left.name not in kept:
            left.unlink(missing_ok=True)


def _kind(error: Exception) -> tuple[str, str]:
    """What to tell the person: a kind of trouble and the thing it is about, never personal data."""
    if isinstance(error, PaperError):
        return error.code, error.detail
    if isinstance(error, OSError):
        return Failure.DISK, ""
    if isinstance(error, SoftTimeLimitExceeded):
        return Failure.SLOW, ""
    return Failure.DRAWING, ""


def _where(error: Exception) -> str:
    """The kind of an error and the lines it came by; not its words, which may hold a name."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def _note_failure(row: Document, error: Exception) -> None:
    """The attempt is spent: wait a little before the next, or fail for good."""
    code, detail = _kind(error)
    told = _where(error) if code == Failure.DRAWING else detail
    log.warning("Paper %s %s: attempt %d: %s %s", row._meta.label, row.pk, row.attempts, code, told)
    last = row.attempts >= MOST_ATTEMPTS
    type(row).objects.waiting().filter(pk=row.pk, lease_owner=row.lease_owner).update(  # type: ignore[attr-defined]
        state=DocumentState.FAILED if last else DocumentState.WAITING,
        failure=code,
        failure_detail=detail[:200],
        lease_owner="",
        lease_until=None if last else lease_end(),
    )
