"""What a project promised to reach, and what was known on which day."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.lib.calendar import short_date
from portal.lib.fields import AT_MOST_10_000, LongTextField, NameField, validate_address
from portal.lib.money import format_number
from portal.lib.names import Archivable, ArchivableQuerySet, Named, in_language
from projects.rules import Fact

from .activities import Activity
from .organisations import Organisation
from .projects import Project
from .sources import Sourced, StatementKind


class IndicatorKind(models.TextChoices):
    OUTPUT = "output", _("output")
    RESULT = "result", _("result")


class IndicatorMethod(models.TextChoices):
    MEASURED = "measured", _("measured from the portal's rows")
    ENTERED = "entered", _("entered with evidence")


MEASURED_FROM_NOUGHT = _(
    "A measured figure counts the portal's rows from nought; it has no baseline."
)


class Indicator(Named, Archivable, Sourced):
    """A promised figure. Measured: the named measure counts rows. Entered: typed with evidence.

    ``activity`` narrows a measure to the rows of that activity. ``parent`` says "of which".
    ``target`` and ``baseline`` are in ``unit``; null means that nobody stated one. A baseline is
    where an entered figure stood before the project; a measured one counts rows from nought.
    """

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="indicators", verbose_name=_("project")
    )
    code = models.CharField(_("code"), max_length=40, validators=[validate_address])
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    kind = models.CharField(
        _("kind"), max_length=10, choices=IndicatorKind, default=IndicatorKind.OUTPUT
    )
    method = models.CharField(
        _("method"), max_length=10, choices=IndicatorMethod, default=IndicatorMethod.ENTERED
    )
    measure = models.CharField(_("measure"), max_length=60, blank=True)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("activity"),
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("of which part"),
    )
    unit_lv = NameField(_("unit in Latvian"), max_length=60, blank=True)
    unit_en = NameField(_("unit in English"), max_length=60, blank=True)
    baseline = models.DecimalField(
        _("baseline"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    is_headline = models.BooleanField(_("shown on the public page"), default=False)
    history = HistoricalRecords()

    objects = ArchivableQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["project", "position", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                name="projects_indicator_code_once_per_project",
                violation_error_message=_("This code is taken in the project."),
            ),
            models.CheckConstraint(
                condition=Q(method="measured") & ~Q(measure="") | Q(method="entered", measure=""),
                name="projects_indicator_names_a_measure_or_is_entered",
                violation_error_message=_(
                    "A measured indicator names its measure; an entered one has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(method="entered") | Q(baseline__isnull=True) | Q(baseline=0),
                name="projects_indicator_measured_from_nought",
                violation_error_message=MEASURED_FROM_NOUGHT,
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("projects:indicator_detail", args=[self.project.code, self.code])

    @property
    def unit(self) -> str:
        return in_language(self.unit_lv, self.unit_en)

    def fact(self) -> Fact:
        """The target as its source states it, to be compared with what others say of it."""
        return Fact(
            subject=self.code,
            kind=StatementKind.PLANNED,
            whose=None,
            source=self.source_id,
            value=self.target,
            unit=self.unit,
            row=self,
        )

    # What a published fact shows of its row, whichever table the row stands in.
    organisation = None
    note = ""

    @property
    def label(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return str(StatementKind.PLANNED.label)


class IndicatorTarget(models.Model):
    """The plan to a date, of the project or of one partner."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    until = models.DateField(_("until"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
    )
    value = models.DecimalField(_("planned value"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("plan to a date")
        verbose_name_plural = _("plan by dates")
        ordering = ["indicator", "until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "until", "organisation"], name="projects_indicatortarget_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "until"],
                condition=Q(organisation__isnull=True),
                name="projects_indicatortarget_whole_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.until}: {self.value}"


class IndicatorValueQuerySet(models.QuerySet):
    def counted(self) -> Self:
        """Approved by somebody other than who typed them, or brought by a project file."""
        return self.filter(Q(approved_at__isnull=False) | Q(entered_by__isnull=True))

    def waiting(self) -> Self:
        """Typed here and not approved yet."""
        return self.filter(approved_at__isnull=True, entered_by__isnull=False)


class IndicatorValue(Sourced):
    """A typed increment of an entered indicator, up to a date; typed here it waits for approval.

    Whoever typed it stays named: without a name it would count as brought by a project file.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
    )
    note = LongTextField(_("note"), blank=True)
    evidence = models.FileField(_("evidence"), upload_to="evidence/", blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    entered_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("entered value")
        verbose_name_plural = _("entered values")
        ordering = ["indicator", "on", "pk"]

    def __str__(self) -> str:
        return f"{short_date(self.on)}: {format_number(self.value)}"

    @property
    def is_counted(self) -> bool:
        """Whether it stands in the figure; then it is corrected by a further value, not changed."""
        return self.approved_at is not None or self.entered_by_id is None

    @property
    def revision(self) -> str:
        """Changes whenever the value is entered anew: who approves names by it what he saw."""
        return self.entered_at.isoformat()

    def waits_for(self, user: Any) -> bool:
        """Whether ``user`` may be the other pair of eyes: it waits, and somebody else entered it."""
        return not self.is_counted and self.entered_by_id != user.pk


class FigureSnapshot(models.Model):
    """What was known on a day: append-only, written nightly and at each submission.

    ``version`` is the submission that remembered it; none for the nightly memory.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="snapshots")
    known_on = models.DateField(_("known on"))
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    is_demo = models.BooleanField(default=False)
    version = models.ForeignKey(
        "projects.ReportVersion",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="snapshots",
    )

    class Meta:
        verbose_name = _("figure known on a day")
        verbose_name_plural = _("figures known by day")
        ordering = ["indicator", "known_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "known_on"], name="projects_figuresnapshot_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_on}: {self.value}"
