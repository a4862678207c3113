"""Projects: what they are called, when they run, who takes part, what they set out to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.lib.calendar import Period, Precision, end_after
from portal.lib.fields import (
    AT_MOST_10_000,
    KeyedModel,
    LongTextField,
    NameField,
    SearchKeyField,
    SortKeyField,
    validate_not_new,
)
from portal.lib.names import Archivable, ArchivableQuerySet, in_language
from portal.lib.text import search_key
from projects.rules import Fact, preferred, status_now

from .descriptions import Partnership, ProjectIdentifier, ProjectTitle, StatusEntry
from .memberships import Role, held_by
from .organisations import Organisation
from .programmes import Programme
from .sources import SourceKind

if TYPE_CHECKING:
    from .funding import Funding

# The tables whose rows are facts about a project, and what a fact shows of its row.
FACTS = (
    "funding__source",
    "funding__organisation",
    "funding__funder",
    "indicators__source",
    "statements__source",
    "statements__organisation",
)


class ProjectQuerySet(ArchivableQuerySet):
    def for_roles(self, user: Any, *roles: Role) -> Self:
        """Projects in which ``user`` now holds one of ``roles``, by any scope of membership.

        An organisation's coordinators, officers and auditors reach the projects it leads; its
        partner members reach those it takes part in.
        """
        held = held_by(user, *roles)
        if any(each.everything for each in held):
            return self.all()
        partners = {each.organisation_id for each in held if each.role == Role.PARTNER}
        leads = {each.organisation_id for each in held if each.role != Role.PARTNER}
        taking_part = Partnership.objects.filter(organisation__in=partners - {None})
        return self.filter(
            Q(pk__in={each.project_id for each in held} - {None})
            | Q(programme__in={each.programme_id for each in held} - {None})
            | Q(lead__in=leads - {None})
            | Q(pk__in=taking_part.values("project"))
        )

    def visible_to(self, user: Any) -> Self:
        """Projects whose page ``user`` may open: any membership opens it, whatever the role."""
        return self.for_roles(user, *Role)

    def public(self) -> Self:
        """Projects presented on the public front page."""
        return self.current().filter(is_public=True)

    def called(self, typed: str) -> Self:
        """Those in whose titles and numbers, or in that of programme or lead, every word stands."""
        own = {"project": OuterRef("pk")}
        found = self
        for word in search_key(typed).split():
            found = found.filter(
                Q(search_key__contains=word)
                | Q(programme__search_key__contains=word)
                | Q(lead__search_key__contains=word)
                | Exists(ProjectIdentifier.objects.filter(**own, search_key__contains=word))
                | Exists(ProjectTitle.objects.filter(**own, search_key__contains=word))
            )
        return found

    def with_facts(self) -> Self:
        """Fetches what ``facts()`` tells of many projects at once."""
        return self.prefetch_related(*FACTS)

    def with_status(self) -> Self:
        """Annotates ``status``: that of the newest status entry, or None."""
        newest = StatusEntry.objects.filter(project=OuterRef("pk")).order_by("-since", "-pk")
        return self.annotate(status=Subquery(newest.values("status")[:1]))


class Project(KeyedModel, Archivable):
    """One funded project. Dates carry the precision their source gives: a day or only a month."""

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[validate_not_new],
        help_text=_("Short, in small letters: lli-317."),
    )
    title_lv = NameField(_("title in Latvian"), max_length=500, blank=True)
    title_en = NameField(_("title in English"), max_length=500, blank=True)
    short_lv = NameField(_("short name in Latvian"), max_length=80, blank=True)
    short_en = NameField(_("short name in English"), max_length=80, blank=True)
    acronym = NameField(_("acronym"), max_length=40, blank=True)
    sort_key = SortKeyField("title_lv", "title_en")
    search_key = SearchKeyField("code", "acronym", "short_lv", "short_en", "title_lv", "title_en")
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="projects", verbose_name=_("programme")
    )
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_projects",
        verbose_name=_("lead partner"),
        help_text=_("Leave empty if the source does not name it."),
    )
    start = models.DateField(_("start"), null=True, blank=True)
    start_precision = models.CharField(
        _("start known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    end = models.DateField(_("end"), null=True, blank=True)
    end_precision = models.CharField(
        _("end known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    duration_months = models.PositiveSmallIntegerField(
        _("stated duration, months"), null=True, blank=True, validators=[AT_MOST_10_000]
    )
    aim_lv = LongTextField(_("aim in Latvian"), blank=True)
    aim_en = LongTextField(_("aim in English"), blank=True)
    is_public = models.BooleanField(_("shown on the public page"), default=False)
    history = HistoricalRecords()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_lv="") | ~Q(title_en=""),
                name="projects_project_has_a_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="projects_project_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:project_detail", args=[self.code])

    @property
    def title(self) -> str:
        return in_language(self.title_lv, self.title_en)

    @property
    def short(self) -> str:
        """The name for narrow places: short name, else acronym, else the title."""
        return in_language(self.short_lv, self.short_en) or self.acronym or self.title

    @property
    def aim(self) -> str:
        return in_language(self.aim_lv, self.aim_en)

    @property
    def period(self) -> Period:
        """From start to end; without a stated end, as long as the stated duration."""
        if self.end is None and self.start and self.duration_months:
            end = end_after(self.start, self.duration_months)
            return Period(self.start, self.start_precision, end, self.start_precision)
        return Period(self.start, self.start_precision, self.end, self.end_precision)

    @property
    def state(self) -> str | None:
        """The state of today, by the newest status and the dates; asks once if not annotated."""
        stated = getattr(self, "status", None)
        if not hasattr(self, "status"):
            entries = StatusEntry.objects.filter(project=self).order_by("since", "pk")
            stated = self.status = entries.values_list("status", flat=True).last()
        return status_now(stated, self.period.last_day, timezone.localdate())

    def declared_total(self) -> Funding | None:
        """The stated amount of the whole project: of the latest stage, from the programme first."""
        rows = [row for row in self.funding.all() if row.is_whole and row.amount is not None]
        rows.sort(key=lambda row: (row.source.rank if row.source else len(SourceKind), row.pk))
        return preferred(rows, stage=lambda row: row.stage)

    def facts(self) -> list[Fact]:
        """What its sources state: published figures, promised targets and declared amounts."""
        prefetch_related_objects([self], *FACTS)
        own = self.indicators.all()
        promised = [each for each in own if each.target is not None and not each.is_archived]
        money = sorted(self.funding.all(), key=lambda row: row.weight)
        rows: list[Any] = [*money, *promised, *self.statements.all()]
        return [row.fact() for row in rows]
