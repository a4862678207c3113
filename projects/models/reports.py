"""Reporting periods of a project."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import AT_MOST_10_000

from .projects import Project


class ReportState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


# A report in one of these states is still to be sent in.
OPEN_STATES = (ReportState.DRAFT, ReportState.RETURNED)


class Report(models.Model):
    """A reporting period of a project and the state of its report."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="reports", verbose_name=_("project")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[AT_MOST_10_000])
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="projects_report_number_once_per_project"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="projects_report_ends_after_it_begins",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        words = {"number": self.number, "project": self.project.short}
        return gettext("Report %(number)s, %(project)s") % words

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent in; after that its period stands."""
        return self.state in OPEN_STATES
