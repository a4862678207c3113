"""What a project does, as its application numbers it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import Precision
from portal.lib.fields import AT_MOST_10_000
from portal.lib.names import Named

from .organisations import Organisation
from .projects import Project
from .sources import Sourced


class ActivityKind(models.TextChoices):
    MANAGEMENT = "management", _("management")
    TRAINING = "training", _("training")
    SUPERVISION = "supervision", _("supervision")
    EVENT = "event", _("event")
    EXCHANGE = "exchange", _("exchange visit")
    CAMP = "camp", _("camp")
    QUALITY = "quality", _("quality system")
    INFRASTRUCTURE = "infrastructure", _("equipment and infrastructure")
    RESEARCH = "research", _("study")
    PUBLICATION = "publication", _("publication")
    PUBLICITY = "publicity", _("visibility")
    NETWORK = "network", _("network")
    OTHER = "other", _("other")


class Activity(Named, Sourced):
    """A node of the activity tree: a code (gaps allowed), a target with its unit, a due date."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="activities", verbose_name=_("project")
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    code = models.CharField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    kind = models.CharField(
        _("kind"), max_length=15, choices=ActivityKind, default=ActivityKind.OTHER
    )
    target = models.DecimalField(
        _("target"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    due_precision = models.CharField(
        _("due known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )

    class Meta(Named.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["project", "position", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                name="projects_activity_code_once_per_project",
                violation_error_message=_("This code is taken in the project."),
            ),
        ]
