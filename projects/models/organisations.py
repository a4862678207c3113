"""Municipalities, planning regions, institutions and the like, through their reforms."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.lib.fields import NameField, check_printable
from portal.lib.names import Archivable, ArchivableQuerySet, Named


class OrganisationKind(models.TextChoices):
    PLANNING_REGION = "planning_region", _("planning region")
    MUNICIPALITY = "municipality", _("municipality")
    DISTRICT = "district", _("district (until 2009)")
    TOWN = "town", _("town")
    INSTITUTION = "institution", _("institution")
    NGO = "ngo", _("association or foundation")
    MINISTRY = "ministry", _("ministry")
    AGENCY = "agency", _("agency")
    SCHOOL = "school", _("school")
    UNIVERSITY = "university", _("university")
    COMPANY = "company", _("company")
    OTHER = "other", _("other")


class Organisation(Named, Archivable):
    """A legal body or territory. A reform ends it and names successors; papers keep the name."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER
    )
    country = models.CharField(
        _("country"), max_length=2, default="LV", help_text=_("Two letters: LV, LT, BE …")
    )
    register_number = models.CharField(_("registration number"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("part of"),
    )
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successors"),
    )
    history = HistoricalRecords()

    objects = ArchivableQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="projects_organisation_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["country", "register_number"],
                condition=~Q(register_number=""),
                name="projects_organisation_register_number_once",
                violation_error_message=_(
                    "An organisation with this registration number exists already."
                ),
            ),
        ]

    def __str__(self) -> str:
        """The name, and the years that tell it from its successor of the same name."""
        if not self.valid_from and not self.valid_to:
            return self.name
        first, last = (day.year if day else "" for day in (self.valid_from, self.valid_to))
        return f"{self.name} ({first}–{last})"

    def clean(self) -> None:
        check_printable(self, "register_number")

    def get_absolute_url(self) -> str:
        return reverse("projects:organisation_detail", args=[self.pk])


class OrganisationName(models.Model):
    """Another name of an organisation: a third language, an older form, a variant in a source."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names")
    language = models.CharField(_("language"), max_length=2)
    name = NameField(_("name"))

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["organisation", "language", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language", "name"], name="projects_organisation_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
