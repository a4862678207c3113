"""What is taught: training programmes, their modules, whom a module concerns, where it is held."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import HourUnit
from portal.lib.fields import AT_MOST_10_000, NameField
from portal.lib.names import Archivable, ArchivableQuerySet, Named
from projects.models import EDITOR_ROLES, Activity, Organisation, Project, Role, Sourced

# The roles that see training as a whole; partners, trainers and participants see their share.
STAFF_ROLES = (*EDITOR_ROLES, Role.OFFICER, Role.AUDITOR)


class JobCategory(Named, Archivable):
    """What a person does at work: social worker, carer, head of an institution …"""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])

    objects = ArchivableQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("job category")
        verbose_name_plural = _("job categories")
        ordering = ["position", "sort_key", "pk"]


class OfProjectQuerySet(ArchivableQuerySet):
    """Rows that belong to a project by the path ``project_path``."""

    project_path = "project"

    def of_projects(self, projects: models.QuerySet[Project]) -> Self:
        return self.filter(**{f"{self.project_path}__in": projects})

    def visible_to(self, user: Any) -> Self:
        """Those of the projects whose page the user may open."""
        return self.of_projects(Project.objects.visible_to(user))

    def readable_by(self, user: Any) -> Self:
        """Those of the projects whose training the user runs, checks or sends people to.

        A funder opens the project's page and its figures, not this.
        """
        return self.of_projects(Project.objects.for_roles(user, *STAFF_ROLES, Role.PARTNER))

    def editable_by(self, user: Any) -> Self:
        """Those of the projects the user runs."""
        return self.of_projects(Project.objects.for_roles(user, *EDITOR_ROLES))


class TrainingProgramme(Named, Archivable, Sourced):
    """A curriculum of a project, with the hours and days its contract declares.

    ``declared_hours`` counts ``hour_unit`` units; both declared figures stand beside the sums of
    modules and sessions and never replace them. ``threshold_percent`` is the share of the hours
    that concern a person which earns the certificate.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="training_programmes", verbose_name=_("project")
    )
    code = models.SlugField(_("code"), max_length=60)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("activity"),
    )
    declared_hours = models.DecimalField(
        _("declared hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    hour_unit = models.CharField(
        _("unit of hours"), max_length=10, choices=HourUnit, default=HourUnit.AC45
    )
    declared_days = models.DecimalField(
        _("declared days"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    declared_groups = models.PositiveSmallIntegerField(
        _("declared groups"), null=True, blank=True, validators=[AT_MOST_10_000]
    )
    declared_sites = models.PositiveSmallIntegerField(
        _("declared sites"), null=True, blank=True, validators=[AT_MOST_10_000]
    )
    threshold_percent = models.PositiveSmallIntegerField(
        _("attendance threshold, %"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    objects = OfProjectQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")
        ordering = ["project", "sort_key", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                name="training_trainingprogramme_code_once_per_project",
                violation_error_message=_("This code is taken in the project."),
            ),
            models.CheckConstraint(
                condition=Q(threshold_percent__gte=1, threshold_percent__lte=100),
                name="training_trainingprogramme_threshold_is_a_share",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("training:programme_detail", args=[self.pk])


class ModuleQuerySet(OfProjectQuerySet):
    project_path = "programme__project"


class Module(Named, Archivable, Sourced):
    """A part of a programme. Without an audience it concerns everyone, else those categories."""

    programme = models.ForeignKey(
        TrainingProgramme,
        models.PROTECT,
        related_name="modules",
        verbose_name=_("training programme"),
    )
    code = models.SlugField(_("code"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    days = models.DecimalField(
        _("planned days"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    hours = models.DecimalField(
        _("planned hours"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    audience = models.ManyToManyField(
        JobCategory,
        blank=True,
        related_name="modules",
        verbose_name=_("concerns"),
        help_text=_("Choose nobody in particular if the module concerns everyone."),
    )

    objects = ModuleQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["programme", "position", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="training_module_code_once_per_programme",
                violation_error_message=_("This code is taken in the programme."),
            ),
        ]


class Site(Named, Archivable, Sourced):
    """A place where training is held. Papers say it in the locative: Rēzeknē."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="sites", verbose_name=_("project")
    )
    code = models.SlugField(_("code"), max_length=60)
    locative_lv = NameField(
        _("where, in Latvian"),
        max_length=120,
        blank=True,
        help_text=_("As papers say it: Rēzeknē."),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("municipality"),
    )
    address = NameField(_("address"), blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = OfProjectQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["project", "sort_key", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                name="training_site_code_once_per_project",
                violation_error_message=_("This code is taken in the project."),
            ),
        ]
