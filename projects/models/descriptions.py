"""What a project is called, aims at and has become, and who takes part in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.lib.calendar import Precision
from portal.lib.fields import (
    AT_MOST_10_000,
    KeyedModel,
    LongTextField,
    NameField,
    SearchKeyField,
    check_printable,
)
from portal.lib.names import in_language

from .organisations import Organisation
from .sources import Sourced


class ProjectAim(Sourced):
    """A specific aim, in the order of the source."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="aims")
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    text_lv = LongTextField(_("text in Latvian"), blank=True)
    text_en = LongTextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("specific aim")
        verbose_name_plural = _("specific aims")
        ordering = ["project", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position"], name="projects_projectaim_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_lv, self.text_en)


class ProjectIdentifier(KeyedModel, Sourced):
    """A number under which a register knows the project; papers print the chosen one."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="identifiers")
    number = models.CharField(_("number"), max_length=80)
    search_key = SearchKeyField("number")
    register = NameField(_("register"), blank=True)
    is_printed = models.BooleanField(_("printed on papers"), default=False)

    class Meta:
        verbose_name = _("project number")
        verbose_name_plural = _("project numbers")
        ordering = ["project", "-is_printed", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="projects_projectidentifier_once"
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(is_printed=True),
                name="projects_projectidentifier_one_printed",
                violation_error_message=_("Only one number can be printed on papers."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        check_printable(self, "number")


class ProjectTitle(KeyedModel, Sourced):
    """A variant of the title found in some source, so that a search finds it."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="title_variants")
    language = models.CharField(_("language"), max_length=2)
    title = NameField(_("title"), max_length=500)
    search_key = SearchKeyField("title")

    class Meta:
        verbose_name = _("other title")
        verbose_name_plural = _("other titles")
        ordering = ["project", "language", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "language", "title"], name="projects_projecttitle_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectStatus(models.TextChoices):
    PREPARED = "prepared", _("in preparation")
    SUBMITTED = "submitted", _("submitted for evaluation")
    APPROVED = "approved", _("approved")
    RUNNING = "running", _("in progress")
    FINISHED = "finished", _("finished")
    REJECTED = "rejected", _("rejected")
    STOPPED = "stopped", _("stopped")


class StatusEntry(Sourced):
    """One step in the life of a project; the newest tells its state."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="status_entries")
    status = models.CharField(_("status"), max_length=12, choices=ProjectStatus)
    since = models.DateField(_("since"))
    precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    note_lv = NameField(_("note in Latvian"), blank=True)
    note_en = NameField(_("note in English"), blank=True)

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("status history")
        ordering = ["project", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "status", "since"], name="projects_statusentry_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()

    @property
    def note(self) -> str:
        return in_language(self.note_lv, self.note_en)


class TargetGroup(Sourced):
    """Whom the project is for: people it trains (direct) or people they serve (indirect)."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="target_groups")
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    name_lv = NameField(_("name in Latvian"), max_length=500, blank=True)
    name_en = NameField(_("name in English"), max_length=500, blank=True)
    is_direct = models.BooleanField(_("benefits directly"), default=True)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["project", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position"], name="projects_targetgroup_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_lv, self.name_en)


class RelatedProject(Sourced):
    """A project before or beside this one; it may or may not be in the portal."""

    class Relation(models.TextChoices):
        PREDECESSOR = "predecessor", _("predecessor")
        SUCCESSOR = "successor", _("successor")
        SISTER = "sister", _("sister project")

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="related_projects")
    relation = models.CharField(
        _("relation"), max_length=12, choices=Relation, default=Relation.PREDECESSOR
    )
    title = NameField(_("title"), max_length=500)
    other = models.ForeignKey(
        "projects.Project",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project in the portal"),
    )

    class Meta:
        verbose_name = _("related project")
        verbose_name_plural = _("related projects")
        ordering = ["project", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "relation", "title"], name="projects_relatedproject_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PartnerRole(models.TextChoices):
    LEAD = "lead", _("lead partner")
    PARTNER = "partner", _("partner")
    INVOLVED = "involved", _("involved municipality")
    HOST = "host", _("host")
    ASSOCIATED = "associated", _("associated partner")


class Partnership(Sourced):
    """An organisation's part in a project, under the name it had when it signed."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisation")
    )
    role = models.CharField(
        _("role"), max_length=12, choices=PartnerRole, default=PartnerRole.PARTNER
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["project", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="projects_partnership_once",
                violation_error_message=_("This organisation is a partner already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
