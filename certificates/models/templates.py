"""How the certificates of a project are worded, who signs them, and the register of numbers."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.rules import SERIES_PATTERN, PaperLanguage
from portal.lib.fields import AT_MOST_10_000, NameField
from portal.lib.names import Archivable, ArchivableQuerySet, in_language
from projects.models import Project
from training.models import Module


class HoursShown(models.TextChoices):
    ATTENDED = "attended", _("hours the person attended")
    DECLARED = "declared", _("hours the programme declares")


class CertificateTemplateQuerySet(ArchivableQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))


class CertificateTemplate(Archivable):
    """Wording of one kind of certificate in a project, in Latvian, English or both.

    Changing it never touches what was issued: papers live on the facts frozen at issue.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="certificate_templates", verbose_name=_("project")
    )
    language = models.CharField(
        _("language"), max_length=5, choices=PaperLanguage, default=PaperLanguage.BOTH
    )
    kind_lv = NameField(
        _("kind in Latvian"),
        max_length=160,
        default="par profesionālās kompetences pilnveidi",
        help_text=_("Stands under the word APLIECĪBA."),
    )
    kind_en = NameField(
        _("kind in English"),
        max_length=160,
        default="Certificate of professional competence improvement",
    )
    series = models.CharField(
        _("series"),
        max_length=12,
        validators=[RegexValidator(SERIES_PATTERN, _("Only capital letters and digits: LPR."))],
        help_text=_("Begins every number: LPR gives LPR-2026/0001."),
    )
    place_lv = NameField(
        _("place of issue in Latvian"),
        max_length=80,
        blank=True,
        help_text=_("As papers say it: Rēzeknē. Empty: the site of the group."),
    )
    place_en = NameField(
        _("place of issue in English"),
        max_length=80,
        blank=True,
        help_text=_("For example Rēzekne."),
    )
    hours_shown = models.CharField(
        _("hours shown"), max_length=10, choices=HoursShown, default=HoursShown.ATTENDED
    )
    required_modules = models.ManyToManyField(
        Module,
        blank=True,
        related_name="+",
        verbose_name=_("required modules"),
        help_text=_("Each must reach the attendance threshold by itself."),
    )
    is_default = models.BooleanField(_("offered first"), default=False)

    objects = CertificateTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")
        ordering = ["project", "-is_default", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(is_default=True, archived_at__isnull=True),
                name="certificates_certificatetemplate_one_default",
                violation_error_message=_("Another template of the project is offered first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} · {self.get_language_display()} · {self.kind}"

    @property
    def kind(self) -> str:
        return in_language(self.kind_lv, self.kind_en)

    def get_absolute_url(self) -> str:
        return reverse("certificates:template_edit", args=[self.pk])


class Signatory(models.Model):
    """Who signs the certificates of a template; the paper has room for two."""

    template = models.ForeignKey(
        CertificateTemplate, models.CASCADE, related_name="signatories", verbose_name=_("template")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    name = NameField(_("name and surname"), max_length=100)
    office_lv = NameField(_("office in Latvian"), max_length=160, blank=True)
    office_en = NameField(_("office in English"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["template", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """The next free number of a series in a year; its row is locked while numbers are taken."""

    series = models.CharField(_("series"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    next_number = models.PositiveIntegerField(_("next number"), default=1)

    class Meta:
        verbose_name = _("register of numbers")
        verbose_name_plural = _("registers of numbers")
        ordering = ["series", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"], name="certificates_register_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"
