"""What proves a session beside its marks: scans of the signed sheet, and comparing it with them."""

from __future__ import annotations

from pathlib import PurePath
from secrets import token_hex
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.documents import read_issued
from portal.lib.fields import NameField

from .enrolments import Enrolment
from .sessions import Session


def scan_path(scan: SessionScan, name: str) -> str:
    """A name of our own: what a person called his file may hold anybody's name."""
    return f"scans/{scan.session_id}/{token_hex(12)}{PurePath(name).suffix.lower()}"


class SessionScanQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that have not been removed."""
        return self.filter(removed_at__isnull=True)


class SessionScan(models.Model):
    """A scan or photograph of the signed sheet, or of some pages of it.

    Removed, it keeps its row with the fingerprint, who, when and why; its bytes are gone.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="scans")
    file = models.FileField(
        gettext_lazy("file"), upload_to=scan_path, max_length=200, blank=True, editable=False
    )
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(gettext_lazy("bytes"), editable=False)
    added_at = models.DateTimeField(gettext_lazy("added"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    removed_at = models.DateTimeField(gettext_lazy("removed"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    reason = NameField(gettext_lazy("reason"), blank=True, is_printed=False)

    objects = SessionScanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("scan of a session")
        verbose_name_plural = gettext_lazy("scans of sessions")
        ordering = ["session", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="training_sessionscan_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False) | ~Q(file=""),
                name="training_sessionscan_has_a_file_until_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.sha256[:12]}"

    def get_absolute_url(self) -> str:
        return reverse("training:scan_file", args=[self.pk])

    @property
    def kind(self) -> str:
        """How its name ends, as people say it: PDF, JPG, PNG."""
        return PurePath(str(self.file.name)).suffix[1:].upper()

    @property
    def file_name(self) -> str:
        """The name under which it is handed out."""
        words = {"day": f"{self.session.date:%Y-%m-%d}", "number": self.pk}
        return f"{_('attendance-sheet-%(day)s-%(number)s') % words}.{self.kind.lower()}"

    def read(self) -> bytes:
        """The bytes as uploaded; raises DamagedFileError if they are not the very ones."""
        return read_issued(str(self.file.name), self.sha256)


class PaperCheck(models.Model):
    """That somebody laid the signed sheet beside the marks, once: append-only, the last one counts."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="paper_checks")
    at = models.DateTimeField(gettext_lazy("compared"), default=timezone.now, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    people_count = models.PositiveIntegerField(gettext_lazy("people"), editable=False)

    class Meta:
        verbose_name = gettext_lazy("comparison with the paper")
        verbose_name_plural = gettext_lazy("comparisons with the paper")
        ordering = ["session", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.session}"

    @property
    def words(self) -> str:
        """What was done, in the portal's words; beside ``SessionChange`` in one history."""
        return _("Compared with the paper")


class PaperDifference(models.Model):
    """A person whose row on paper says something else than the mark did when they were compared."""

    paper_check = models.ForeignKey(PaperCheck, models.CASCADE, related_name="differences")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="paper_differences")
    note = NameField(gettext_lazy("on paper"), is_printed=False)

    class Meta:
        verbose_name = gettext_lazy("difference from the paper")
        verbose_name_plural = gettext_lazy("differences from the paper")
        ordering = ["paper_check", "enrolment__participant__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper_check", "enrolment"], name="training_paperdifference_once"
            )
        ]

    def __str__(self) -> str:
        return self.note
