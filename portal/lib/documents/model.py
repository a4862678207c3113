"""The abstract row that becomes a paper: its frozen facts, its state, its file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.paper import Attached, Resources


class DocumentState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class Priority(models.IntegerChoices):
    """Papers someone waits for are made before those made behind."""

    SOMEONE_WAITS = 10, _("someone waits")
    ISSUED = 50, _("just issued")
    BEHIND = 90, _("behind")


class Failure(models.TextChoices):
    """Why a paper could not be made, in words for the person who asked for it."""

    FONT = "font", _("The paper's font is not installed.")
    MISSING = "missing", _("A picture of the visual set is missing or was changed.")
    PICTURE = "picture", _("A picture cannot be read.")
    REFUSED = "refused", _("The paper refers to a file outside the portal.")
    LETTER = "letter", _("The font has no shape for a character.")
    DRAWING = "drawing", _("The page could not be drawn.")
    SLOW = "slow", _("It took too long.")
    DISK = "disk", _("The file could not be written: is the disk full?")
    STOPPED = "stopped", _("The work was stopped before it was done, three times.")


class DamagedFileError(Exception):
    """The stored file is missing or is not the one that was issued; it must not be served."""


class DocumentQuerySet(models.QuerySet):
    """Papers; each kind says itself who may see them and who may have them made again."""

    def visible_to(self, user: Any) -> Self:
        """The papers this person may know of: nobody's, until the kind says whose."""
        return self.none()

    def with_names(self) -> Self:
        """With what a list needs to name each row."""
        return self

    def run_by(self, user: Any) -> Self:
        """Those he answers for, and may put back in line: nobody's, until the kind says whose."""
        return self.none()

    def waiting(self) -> Self:
        return self.filter(state=DocumentState.WAITING)

    def ready(self) -> Self:
        return self.filter(state=DocumentState.READY)

    def failed(self) -> Self:
        return self.filter(state=DocumentState.FAILED)

    def free(self) -> Self:
        """Waiting and held by nobody: no lease, or one that ran out."""
        return self.waiting().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=Now()))

    def in_line(self) -> Self:
        return self.order_by("priority", "requested_at", "pk")


class Document(models.Model):
    """A row that becomes a paper. ``facts`` hold every word and figure on it and never change.

    In the list of jobs a row goes by ``str()``, which names nobody, and leads to its address.
    """

    template_name: ClassVar[str]

    facts = models.JSONField(_("facts"), editable=False)
    language = models.CharField(_("language"), max_length=5, editable=False)
    state = models.CharField(
        _("paper"),
        max_length=8,
        choices=DocumentState,
        default=DocumentState.WAITING,
        editable=False,
    )
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.ISSUED, editable=False
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now, editable=False)
    ready_at = models.DateTimeField(_("ready since"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    lease_owner = models.CharField(max_length=120, blank=True, db_index=True, editable=False)
    failure = models.CharField(
        _("reason"), max_length=10, choices=Failure, blank=True, editable=False
    )
    failure_detail = models.CharField(max_length=200, blank=True, editable=False)
    file = models.FileField(_("file"), max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    rendition = models.PositiveSmallIntegerField(_("rendition"), default=1, editable=False)
    earlier_files = models.JSONField(default=list, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["priority", "requested_at"],
                condition=Q(state="waiting"),
                name="%(app_label)s_%(class)s_queue",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(file="") & ~Q(sha256=""),
                name="%(app_label)s_%(class)s_ready_has_a_file",
            )
        ]

    @property
    def paper_title(self) -> str:
        """What a reader's window shows as the name of the paper."""
        raise NotImplementedError

    @property
    def kind_of_paper(self) -> str:
        """What sort of paper it is, as lists say it."""
        return str(self._meta.verbose_name)

    @property
    def anchor(self) -> str:
        return f"paper-{self.pk}"

    def paper(self, resources: Resources) -> dict[str, Any]:
        """What the template needs for this paper; pictures go into ``resources``."""
        raise NotImplementedError

    @property
    def ending(self) -> str:
        """How the name of its file ends."""
        return "pdf"

    def contents(self) -> bytes | None:
        """The bytes of a file that has no pages, as a workbook; None for pages to be drawn."""
        return None

    def attached(self) -> list[Attached]:
        """Files that travel inside the pages."""
        return []

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def failure_in_words(self) -> str:
        """The reason with the thing it is about, for whoever presses "try again"."""
        return in_words(self.failure, self.failure_detail)

    def read(self) -> bytes:
        """The issued bytes; raises DamagedFileError if they are not the very ones."""
        return read_issued(str(self.file.name), self.sha256)

    def is_damaged(self) -> bool:
        """Whether the stored file is missing or is not the one that was made.

        An OSError says that nothing can be known now; it is passed on.
        """
        try:
            self.read()
        except DamagedFileError:
            return True
        return False


def in_words(failure: str, detail: str = "") -> str:
    """The kind of trouble in the reader's language, and the thing it is about."""
    label = str(Failure(failure).label) if failure else ""
    return " ".join(filter(None, [label, detail]))


def read_issued(name: str, sha256: str) -> bytes:
    """The bytes that were stored under this name; DamagedFileError if they are lost or others.

    Any other OSError says nothing about the file: its disk does not answer now, or its whole
    folder is away as when a disk is not mounted.
    """
    path = Path(default_storage.path(name))
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        if not path.parent.is_dir():
            raise
        raise DamagedFileError(name) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedFileError(name)
    return data


def document_models() -> list[type[Document]]:
    """Every kind of paper the portal knows."""
    return [model for model in apps.get_models() if issubclass(model, Document)]


def known_files() -> set[str]:
    """Every stored file some row knows: whatever else lies in the folders is an orphan."""
    known: set[str] = set()
    for model in document_models():
        for file, earlier in model.objects.exclude(  # type: ignore[attr-defined]
            file="", earlier_files=[]
        ).values_list("file", "earlier_files"):
            known |= {file, *(each["file"] for each in earlier)} - {""}
    return known
