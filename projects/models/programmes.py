"""Funders, their programmes, and the visible signs each programme demands on paper."""

from __future__ import annotations

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import AT_MOST_10_000, LongTextField, NameField
from portal.lib.names import Archivable, ArchivableQuerySet, Named


class Funder(Named, Archivable):
    """A fund or instrument that pays: ERDF, ESF+, the EEA financial instrument …"""

    code = models.SlugField(_("code"), max_length=60, unique=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        ordering = ["sort_key", "pk"]


class Programme(Named, Archivable):
    """A funding programme: the rules, the funders and the officers who read the reports."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    funders = models.ManyToManyField(
        Funder, blank=True, related_name="programmes", verbose_name=_("funders")
    )
    period = models.CharField(
        _("planning period"), max_length=20, blank=True, help_text=_("For example 2014–2020.")
    )
    priority_lv = NameField(_("priority or measure in Latvian"), blank=True)
    priority_en = NameField(_("priority or measure in English"), blank=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["sort_key", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("projects:programme_detail", args=[self.pk])


class VisualSet(models.Model):
    """The row of logos and the funding statement of one programme in one language.

    A set may be narrowed to one responsible partner (Interreg) and to a span of dates; the
    most particular set that covers the day is used, and it is frozen into each issued paper.
    """

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="visual_sets", verbose_name=_("programme")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("lv", "latviešu"), ("en", "English")]
    )
    partner = models.ForeignKey(
        "projects.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible partner"),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    statement = LongTextField(_("funding statement"))

    class Meta:
        verbose_name = _("visual set")
        verbose_name_plural = _("visual sets")
        ordering = ["programme", "language", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="projects_visualset_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.language}"


class Logo(models.Model):
    """One slot of a visual set. The file is uploaded; without it the label stands in."""

    visual_set = models.ForeignKey(VisualSet, models.CASCADE, related_name="logos")
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    label = NameField(_("label"), help_text=_("Stands beside or instead of the picture."))
    file = models.FileField(
        _("picture"),
        upload_to="logos/",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg", "svg"])],
    )
    minimum_height_mm = models.DecimalField(
        _("least height, mm"), max_digits=5, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        ordering = ["visual_set", "position", "pk"]

    def __str__(self) -> str:
        return self.label
