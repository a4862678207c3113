"""What was submitted of a report: frozen versions, their papers, and every step of its life."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from portal.lib import pictures
from portal.lib.documents import Document, DocumentQuerySet
from portal.lib.fields import LongTextField
from portal.lib.lettering import fit, lines
from portal.lib.paper import Attached, Resources
from portal.lib.workbook import workbook_bytes
from projects.rules import charts_of, marked, read_facts, sheets_of

from .memberships import EDITOR_ROLES, Role
from .projects import Project
from .reports import DRAFT_READERS, OPEN_STATES, Report, ReportState


class ReportVersionQuerySet(models.QuerySet):
    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """All of one's projects; for a funder those that were sent."""
        return self.filter(
            Q(report__project__in=Project.objects.for_roles(user, *DRAFT_READERS))
            | Q(
                sent_at__isnull=False,
                report__project__in=Project.objects.for_roles(user, Role.FUNDER),
            )
        )


class ReportVersion(models.Model):
    """A report as it was submitted: every figure and text of one moment, frozen for ever.

    A correction is the next version; ``replaces`` is the one before it, its papers name the last
    one that was sent. ``sent_at`` is when it went to the funder: at once, or when an officer signed
    it off. On PostgreSQL triggers refuse any other change.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    facts = models.JSONField(_("facts"), editable=False)
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor", editable=False
    )

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="projects_reportversion_number_once"
            )
        ]

    def __str__(self) -> str:
        words = {"report": self.report, "number": self.number}
        return gettext("%(report)s, version %(number)s") % words

    def get_absolute_url(self) -> str:
        keys = [self.report.project.code, self.report_id, self.number]
        return reverse("projects:report_version", args=keys)

    @property
    def code(self) -> str:
        """The number under which its papers go, as frozen: that of the project may change later."""
        return f"{self.facts['report']['code']}-v{self.number}"

    def said(self, language: str) -> dict[str, Any]:
        """The frozen facts in the words of one language."""
        return read_facts(self.facts, language)


class PaperKind(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"


class ReportPaperQuerySet(DocumentQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(version__in=ReportVersion.objects.visible_to(user))

    def with_names(self) -> Self:
        return self.select_related("version__report__project").defer("version__facts")

    def run_by(self, user: Any) -> Self:
        """Those of the projects the person runs."""
        runs = Project.objects.for_roles(user, *EDITOR_ROLES)
        return self.filter(version__report__project__in=runs)


class ReportPaper(Document):
    """One file of a version: its pages or its workbook, in one language, from the same facts."""

    template_name: ClassVar[str] = "pdf/report.html"
    facts = None  # they stand once, in the version

    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=4, choices=PaperKind, editable=False)

    objects = ReportPaperQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Document.Meta):
        verbose_name = _("paper of a report")
        verbose_name_plural = _("papers of reports")
        ordering = ["version", "-language", "kind"]  # Latvian first
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "language", "kind"], name="projects_reportpaper_once"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return self.version.get_absolute_url()

    @property
    def ending(self) -> str:
        return self.kind

    @property
    def file_name(self) -> str:
        return f"{self.version.code}-{self.language}.{self.kind}"

    @property
    def paper_title(self) -> str:
        said = self.version.said(self.language)
        return f"{said['report']['name']}: {said['project']['title']}"

    def paper(self, resources: Resources) -> dict[str, Any]:
        said = self.version.said(self.language)
        logos = [
            {**logo, "url": pictures.show(logo["picture"], resources, label=logo["label"])}
            if logo["picture"]
            else logo
            for logo in said["logos"]
        ]
        with override(self.language):
            charts = charts_of(said)
            sizes = _sizes(said, charts)
        return {"facts": said, "logos": logos, "charts": charts, **sizes}

    def contents(self) -> bytes | None:
        """The workbook; pages are drawn."""
        if self.kind == PaperKind.PDF:
            return None
        said = self.version.said(self.language)
        creator = said["project"]["lead"] or settings.SITE_NAME
        with override(self.language):
            return workbook_bytes(sheets_of(said), title=self.paper_title, creator=creator)

    def attached(self) -> list[Attached]:
        """The frozen facts travel inside the pages, so that a program may read them."""
        data = json.dumps(self.version.facts, ensure_ascii=False, indent=1).encode()
        return [
            Attached(
                f"{self.version.code}.json", data, gettext("The facts of this report, for programs")
            )
        ]


def _sizes(said: dict[str, Any], charts: dict[str, Any]) -> dict[str, str]:
    """How large the title can be, and how many lines the names of the first figures take."""
    title = fit(
        marked(said["project"]["title"]), 166, largest=21, smallest=13, most_lines=3, weight=600
    )
    names = [f"{marked(each['figure']['name'])}0" for each in charts["headlines"]]
    room = 166 / max(len(names), 1) - 6
    taken = max((lines(name, 8.3, room) for name in names), default=1)
    return {"title_size": f"{title.size}pt", "strip": f"strip-{min(max(taken, 2), 4)}"}


class ReportStep(models.Model):
    """One step in the life of a report, kept for ever: who, when, from what to what, why.

    ``is_alone``: a second person should have signed, and there was none.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    old_state = models.CharField(max_length=10, choices=ReportState)
    new_state = models.CharField(max_length=10, choices=ReportState)
    note = LongTextField(_("note"), max_length=4000, blank=True)
    version = models.ForeignKey(ReportVersion, models.PROTECT, null=True, related_name="steps")
    is_alone = models.BooleanField(_("no second person"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["report", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.old_state} → {self.new_state}"

    @property
    def is_return(self) -> bool:
        """Whether somebody sent the report back; that asks for a note, taking it back has none."""
        return self.new_state == ReportState.RETURNED and bool(self.note)

    @property
    def fate(self) -> str:
        """The state as its badge tells it: what its author took back was returned by nobody."""
        is_taken_back = self.new_state in OPEN_STATES and not self.note
        return "taken_back" if is_taken_back else self.new_state

    @property
    def deed(self) -> str:
        """What was done, as the history tells it: who signs off is not who submitted."""
        is_signed = (self.old_state, self.new_state) == (
            ReportState.SIGNING,
            ReportState.SUBMITTED,
        )
        return "signed_off" if is_signed else self.fate
