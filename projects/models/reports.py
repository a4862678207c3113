"""Reporting periods of a project, and what is written in their reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import short_date
from portal.lib.fields import AT_MOST_10_000, LongTextField
from projects.rules import is_final, report_code

from .activities import Activity
from .indicators import Indicator
from .memberships import Role
from .projects import Project


class ReportState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("waiting for sign-off")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


# A report in one of these states is still to be sent in.
OPEN_STATES = (ReportState.DRAFT, ReportState.RETURNED)
# Whoever works at a project reads its drafts; a funder reads what was sent.
DRAFT_READERS = tuple(role for role in Role if role != Role.FUNDER)


def _sent() -> models.QuerySet:
    """The versions of the outer report that the funder got."""
    from .report_versions import ReportVersion

    return ReportVersion.objects.sent().filter(report=OuterRef("pk"))


def _steps() -> models.QuerySet:
    """The history of the outer report."""
    from .report_versions import ReportStep

    return ReportStep.objects.filter(report=OuterRef("pk"))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of one's projects; for a funder those of which a version was sent."""
        return self.filter(
            Q(project__in=Project.objects.for_roles(user, *DRAFT_READERS))
            | Q(Exists(_sent()), project__in=Project.objects.for_roles(user, Role.FUNDER))
        )

    def with_reader(self, user: Any) -> Self:
        """Annotates whether ``user`` may open the report, whether a version was sent, and whether
        its history keeps it from being removed."""
        visible = Report.objects.visible_to(user).filter(pk=OuterRef("pk"))
        return self.annotate(
            is_readable=Exists(visible), is_sent=Exists(_sent()), is_kept=Exists(_steps())
        )


class Report(models.Model):
    """A reporting period of a project and the state of its report.

    ``revision`` counts the changes of its texts: whoever writes names the one he saw.
    """

    # What every version carries in its papers' name and heading, and why it can no longer change.
    frozen: ClassVar = ("number", "period_start", "period_end")
    stands: ClassVar = _("A version of this report was submitted: its number and months stand.")

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
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = ReportQuerySet.as_manager()

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
        return f"{self.name}, {self.project.short}"

    def get_absolute_url(self) -> str:
        return reverse("projects:report_detail", args=[self.project.code, self.pk])

    def clean(self) -> None:
        """What its versions say of themselves no longer changes; what is new has to make sense.

        What is stored and left alone is not judged anew: rules came later than some rows.
        """
        stored = Report.objects.filter(pk=self.pk).first() if self.pk else None
        changed = {
            name
            for name in (*self.frozen, "due")
            if stored is None or getattr(stored, name) != getattr(self, name)
        }
        if stored and changed & set(self.frozen) and stored.versions.exists():
            raise ValidationError(self.stands)
        errors: dict[str, Any] = {}
        if "number" in changed and self._others().filter(number=self.number).exists():
            errors["number"] = _("The project has a report with this number already.")
        if changed & {"period_start", "period_end"}:
            errors |= self._overlap()
        is_early = self.due and self.period_end and self.due < self.period_end
        if is_early and changed & {"due", "period_end"}:
            errors["due"] = _("It cannot be due before its months are over.")
        if errors:
            raise ValidationError(errors)

    def _others(self) -> models.QuerySet:
        """The other reports of its project; of none where no project is chosen yet."""
        return Report.objects.filter(project=self.project_id).exclude(pk=self.pk)

    def _overlap(self) -> dict[str, str]:
        """Two interim reports never tell of the same month; a final one tells of the whole."""
        first, last = self.period_start, self.period_end
        if not (self.project_id and first and last) or last < first or self.is_final:
            return {}
        others = self._others().filter(period_start__lte=last, period_end__gte=first)
        for each in others.order_by("period_start"):
            each.project = self.project
            if not each.is_final:
                told = {
                    "name": each.name,
                    "first": short_date(each.period_start),
                    "last": short_date(each.period_end),
                }
                words = gettext("Overlaps with %(name)s: %(first)s – %(last)s.") % told
                return {"period_start" if each.period_start <= first else "period_end": words}
        return {}

    @property
    def name(self) -> str:
        """What it is called in lists, on its page and on its papers; no two of a project alike."""
        if self.is_final:
            return gettext("Final report (no. %(number)s)") % {"number": self.number}
        return gettext("Interim report %(number)s") % {"number": self.number}

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent in; after that its period stands."""
        return self.state in OPEN_STATES

    @property
    def is_final(self) -> bool:
        """Whether it reports to the very end of the project."""
        return is_final(self.period_end, self.project.period.last_day)

    @property
    def eve(self) -> date:
        """The last evening before the reported months."""
        return self.period_start - timedelta(days=1)

    @property
    def is_over(self) -> bool:
        """Whether its months are over; before that nobody can tell what they brought."""
        return self.period_end < timezone.localdate()

    @property
    def code(self) -> str:
        """The number under which its papers go."""
        return report_code(self.project.code, self.number)


class ReportPart(models.TextChoices):
    SUMMARY = "summary", _("summary")
    NEXT_STEPS = "next_steps", _("next steps")
    STATEMENT = "statement", _("statement of the responsible partner")
    ACTIVITY = "activity", _("what was done in an activity")
    INDICATOR = "indicator", _("comment on a deviation")


class ReportText(models.Model):
    """What people wrote in a report: of the whole, of one activity, or about one indicator."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")
    part = models.CharField(max_length=12, choices=ReportPart)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="report_texts"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="report_texts"
    )
    text_lv = LongTextField(_("text in Latvian"), blank=True)
    text_en = LongTextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("text of a report")
        verbose_name_plural = _("texts of reports")
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part="activity", activity__isnull=False, indicator__isnull=True)
                | Q(part="indicator", activity__isnull=True, indicator__isnull=False)
                | Q(
                    part__in=["summary", "next_steps", "statement"],
                    activity__isnull=True,
                    indicator__isnull=True,
                ),
                name="projects_reporttext_names_what_its_part_is_about",
            ),
            models.UniqueConstraint(
                fields=["report", "part"],
                condition=Q(activity__isnull=True, indicator__isnull=True),
                name="projects_reporttext_part_once",
            ),
            models.UniqueConstraint(
                fields=["report", "activity"], name="projects_reporttext_activity_once"
            ),
            models.UniqueConstraint(
                fields=["report", "indicator"], name="projects_reporttext_indicator_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} · {self.activity or self.indicator or ''}".strip(" ·")
