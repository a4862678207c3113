"""Published texts that tell of a project, and the figures they state."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import Precision, short_date
from portal.lib.fields import LongTextField, NameField
from portal.lib.names import in_language
from projects.rules import Fact


class SourceKind(models.TextChoices):
    PROGRAMME_PAGE = "programme_page", _("programme page")
    PROJECT_DESCRIPTION = "project_description", _("project description")
    PARTNER_NEWS = "partner_news", _("news of a partner")
    CONTRACT = "contract", _("contract")
    REPORT = "report", _("report")
    OTHER = "other", _("other document")


# From what binds to what is told by the way.
RANKED = (
    SourceKind.CONTRACT,
    SourceKind.REPORT,
    SourceKind.PROGRAMME_PAGE,
    SourceKind.PROJECT_DESCRIPTION,
    SourceKind.PARTNER_NEWS,
    SourceKind.OTHER,
)


class Source(models.Model):
    """One published text about a project; every stated figure names the one it comes from."""

    project = models.ForeignKey(
        "projects.Project", models.CASCADE, related_name="sources", verbose_name=_("project")
    )
    code = models.SlugField(_("code"), max_length=60)
    title = NameField(_("title"))
    kind = models.CharField(_("kind"), max_length=30, choices=SourceKind, default=SourceKind.OTHER)
    publisher = NameField(_("publisher"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="lv")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["project", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], name="projects_source_code_once_per_project"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rank(self) -> int:
        """How near to the programme it stands: where two sources differ, the nearer is shown first."""
        return list(RANKED).index(SourceKind(self.kind))


class Sourced(models.Model):
    """A fact that can name the text it was taken from, and the very words."""

    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    as_stated = NameField(_("as stated in the source"), max_length=1000, blank=True)

    class Meta:
        abstract = True


class StatementKind(models.TextChoices):
    PLANNED = "planned", _("planned")
    ACHIEVED = "achieved", _("achieved")
    STATED = "stated", _("stated")


class Statement(Sourced):
    """A figure or fact as a source publishes it, kept as stated and never recomputed.

    Statements of one project with the same ``subject``, ``kind`` and ``organisation`` speak of
    the same thing: where their values differ, the sources disagree and the page shows both.
    """

    project = models.ForeignKey(
        "projects.Project", models.CASCADE, related_name="statements", verbose_name=_("project")
    )
    code = models.SlugField(_("code"), max_length=80)
    subject = models.SlugField(_("subject"), max_length=80)
    label_lv = NameField(_("what it is about, in Latvian"), blank=True)
    label_en = NameField(_("what it is about, in English"), blank=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=StatementKind, default=StatementKind.STATED
    )
    number = models.DecimalField(
        _("figure"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    text_lv = LongTextField(_("text in Latvian"), blank=True)
    text_en = LongTextField(_("text in English"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    date = models.DateField(_("date it speaks of"), null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    organisation = models.ForeignKey(
        "projects.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("organisation"),
    )
    note_lv = LongTextField(_("note in Latvian"), blank=True)
    note_en = LongTextField(_("note in English"), blank=True)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["project", "subject", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], name="projects_statement_code_once_per_project"
            ),
            models.CheckConstraint(
                condition=~Q(label_lv="") | ~Q(label_en=""),
                name="projects_statement_says_what_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False)
                | ~Q(text_lv="")
                | ~Q(text_en="")
                | ~Q(as_stated=""),
                name="projects_statement_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def fact(self) -> Fact:
        """This statement, to be compared with what other sources say of its subject."""
        said = short_date(self.date, self.date_precision) if self.date else ""
        words = self.text or said or self.as_stated
        return Fact(
            subject=self.subject,
            kind=self.kind,
            whose=self.organisation_id,
            source=self.source_id,
            value=words if self.number is None else self.number,
            unit=self.unit,
            row=self,
        )

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def label(self) -> str:
        return in_language(self.label_lv, self.label_en)

    @property
    def text(self) -> str:
        return in_language(self.text_lv, self.text_en)

    @property
    def note(self) -> str:
        return in_language(self.note_lv, self.note_en)
