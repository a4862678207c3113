"""The usual tables beside which the register is measured; in the database of a bench alone."""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from training.models import AttendanceStatus, Enrolment, Session


class PeerMark(models.Model):
    """One person in one session, as most projects keep it."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=AttendanceStatus)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        unique_together = (("enrolment", "session"),)

    def __str__(self) -> str:
        return self.status


class TrackedMark(PeerMark):
    """With django-simple-history: every change is kept with its user and moment."""

    history: Any = HistoricalRecords()


class PlainMark(PeerMark):
    """Only what stands now."""
