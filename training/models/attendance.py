"""Marks: what stands in the register now, and the append-only log it follows from."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import NameField
from training.rules import NOT_MET, AttendanceStatus

from .enrolments import Enrolment
from .sessions import Session


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def with_minutes_attended(self) -> Self:
        """Annotates ``minutes_attended``: own minutes if given, else the whole session, else 0."""
        return self.annotate(
            minutes_attended=models.Case(
                models.When(status__in=sorted(NOT_MET), then=models.Value(0)),
                default=Coalesce(F("minutes"), F("session__minutes")),
                output_field=models.IntegerField(),
            )
        )


class Attendance(models.Model):
    """The mark of one person in one session. No row: not marked.

    ``minutes`` holds the person's own minutes when they differ from the session's (partial),
    so that a change of the session's length never overwrites them; otherwise it is null.
    ``revision`` counts the changes of this cell: whoever writes names the one he saw.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendance")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    status = models.CharField(_("mark"), max_length=10, choices=AttendanceStatus)
    minutes = models.PositiveSmallIntegerField(_("own minutes"), null=True, blank=True)
    comment = NameField(_("comment"), blank=True, is_printed=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark in the register")
        verbose_name_plural = _("register")
        # By number: to order by what these rows are ordered by would join six tables.
        ordering = ["session_id", "enrolment_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "session"], name="training_attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(status="partial", minutes__isnull=False)
                | ~Q(status="partial") & Q(minutes__isnull=True),
                name="training_attendance_minutes_only_when_partial",
                violation_error_message=_(
                    "Minutes belong to a partial mark, and a partial mark needs them."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()


class MarkQuerySet(models.QuerySet):
    def clearings(self) -> models.QuerySet[Any, Any]:
        """Of each cell that was ever cleared: enrolment, session, and the revision it had then."""
        rows = self.filter(new_status="").order_by().values_list("enrolment", "session")
        return rows.annotate(last=models.Max("base_revision"))


class Mark(models.Model):
    """One command upon one cell, kept for ever: idempotency, conflict, undo and proof."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="marks")
    session = models.ForeignKey(Session, models.PROTECT, related_name="marks")
    old_status = models.CharField(max_length=10, choices=AttendanceStatus, blank=True)
    old_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    new_status = models.CharField(max_length=10, choices=AttendanceStatus, blank=True)
    new_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = NameField(blank=True, is_printed=False)
    base_revision = models.PositiveIntegerField(default=0)
    reason = NameField(_("reason"), blank=True, is_printed=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["at", "pk"]
        constraints = [
            # Each change follows the one before it: two writers can never both follow the same.
            models.UniqueConstraint(
                fields=["enrolment", "session", "base_revision"],
                name="training_mark_once_per_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_status or '–'} → {self.new_status or '–'}"
