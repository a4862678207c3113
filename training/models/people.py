"""People who learn, and where they work."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import KeyedModel, NameField, SearchKeyField, SortKeyField
from portal.lib.names import Archivable, ArchivableQuerySet
from projects.models import EDITOR_ROLES, Organisation, Project, Role, held_by

from .programmes import STAFF_ROLES, JobCategory

# Who adds people; they stay in his sight until they are enrolled, and then follow the group.
ADDING_ROLES = (*EDITOR_ROLES, Role.PARTNER)


def partner_organisations(user: Any) -> set[int]:
    """The keys of the organisations whose people the user looks after as municipal coordinator."""
    own = held_by(user, Role.PARTNER)
    return {each.organisation_id for each in own if each.organisation_id is not None}


def reads_everybody(user: Any) -> bool:
    """An administrator of everything, who also finds people that stand in no group."""
    return any(each.everything for each in held_by(user, Role.ADMIN))


class ParticipantQuerySet(ArchivableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """People enrolled where the user may see them by name, and himself.

        An administrator also sees people who stand in no group yet.
        """
        if not user.is_authenticated:
            return self.none()
        from .enrolments import Enrolment

        if reads_everybody(user):
            return self.all()
        enrolled = Enrolment.objects.filter(participant=OuterRef("pk")).visible_to(user)
        return self.filter(
            Exists(enrolled) | Q(user=user) | Q(pk__in=self._added_by(user, ADDING_ROLES))
        )

    def readable_by(self, user: Any) -> Self:
        """Those whose work and courses the user may read; a trainer reads names only."""
        return self._of_roles_or_own(user, STAFF_ROLES)

    def editable_by(self, user: Any) -> Self:
        """Those whose name and work the user keeps: of projects he runs, or own employees."""
        return self._of_roles_or_own(user, EDITOR_ROLES)

    def of_roles(self, user: Any, *roles: Role) -> Self:
        """Those enrolled where the user holds one of the roles, and whom he added in one of them.

        An administrator's are all.
        """
        if not user.is_authenticated:
            return self.none()
        return self.all() if reads_everybody(user) else self.filter(self._of_roles(user, roles))

    def with_jobs(self, user: Any) -> Self:
        """Fetches the jobs of each that the user may read, the present one first."""
        jobs = Employment.objects.visible_to(user).now_first()
        return self.prefetch_related(
            models.Prefetch("employments", jobs.select_related("organisation", "job_category"))
        )

    def _of_roles_or_own(self, user: Any, roles: Sequence[Role]) -> Self:
        if not user.is_authenticated:
            return self.none()
        from .enrolments import Enrolment

        if reads_everybody(user):
            return self.all()
        own = Enrolment.objects.filter(participant=OuterRef("pk")).employed_by_partner(user)
        added = self._added_by(user, [Role.PARTNER])
        return self.filter(self._of_roles(user, roles) | Exists(own) | Q(pk__in=added))

    def _of_roles(self, user: Any, roles: Sequence[Role]) -> Q:
        from .enrolments import Enrolment

        projects = Project.objects.for_roles(user, *roles)
        places = Enrolment.objects.filter(
            participant=OuterRef("pk"), group__programme__project__in=projects
        )
        added = self._added_by(user, [role for role in roles if role in ADDING_ROLES])
        return Q(Exists(places)) | Q(pk__in=added)

    def _added_by(self, user: Any, roles: Sequence[Role]) -> models.QuerySet[Any]:
        """Whom the user added and nobody has enrolled yet, while he still holds such a role."""
        if not held_by(user, *roles):
            return Participant.objects.none().values("pk")
        return Participant.objects.filter(created_by=user, enrolments__isnull=True).values("pk")


class Participant(KeyedModel, Archivable):
    """A person who takes part. The key is our own; no national code is needed to have one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participant",
        verbose_name=_("account"),
        editable=False,
    )
    given_name = NameField(_("given name"), max_length=100)
    family_name = NameField(_("family name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    sort_key = SortKeyField("family_name", "given_name")
    search_key = SearchKeyField("family_name", "given_name", "family_name")
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.list_name

    @property
    def name(self) -> str:
        """As it stands on a paper: Anna Bērziņa."""
        return f"{self.given_name} {self.family_name}"

    @property
    def list_name(self) -> str:
        """As it stands in a list: Bērziņa Anna."""
        return f"{self.family_name} {self.given_name}"

    def get_absolute_url(self) -> str:
        return reverse("training:participant_detail", args=[self.pk])


LATEST_FIRST = (F("valid_from").desc(nulls_last=True), "pk")


def _covering(on: Any) -> Q:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class EmploymentQuerySet(models.QuerySet):
    def in_force(self, on: Any) -> Self:
        """Those that cover a day (a date or OuterRef); a day left out leaves the period open."""
        return self.filter(_covering(on))

    def of_partner(self, user: Any) -> Self:
        """Those with the organisations whose municipal coordinator the user is."""
        return self.filter(organisation__in=partner_organisations(user))

    def visible_to(self, user: Any) -> Self:
        """All jobs of those whose course the user runs or checks; of own employees only the own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(participant__in=Participant.objects.of_roles(user, *STAFF_ROLES)) | self._own(user)
        )

    def editable_by(self, user: Any) -> Self:
        """A municipal coordinator keeps the own jobs that have not ended; whoever runs, all."""
        if not user.is_authenticated:
            return self.none()
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
        run = Participant.objects.of_roles(user, *EDITOR_ROLES)
        return self.filter(Q(participant__in=run) | lasting & self._own(user))

    def _own(self, user: Any) -> Q:
        people = Participant.objects.readable_by(user)
        return Q(organisation__in=partner_organisations(user), participant__in=people)

    def now_first(self, on: date | None = None) -> Self:
        """Those in force on the day (today) first, then the latest; without a first day last.

        The two databases put a day left out at opposite ends, so it is said here.
        """
        in_force = models.When(_covering(on or timezone.localdate()), then=0)
        return self.order_by(models.Case(in_force, default=1), *LATEST_FIRST)


class Employment(models.Model):
    """Where a person works, as what, and for how long."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="employments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="employments", verbose_name=_("organisation")
    )
    job_category = models.ForeignKey(
        JobCategory, models.PROTECT, related_name="employments", verbose_name=_("job category")
    )
    position = NameField(_("position"), blank=True)
    valid_from = models.DateField(_("since"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering = ["participant", *LATEST_FIRST]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="training_employment_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_category}, {self.organisation}"

    def covers(self, day: date) -> bool:
        """Whether the person works there on the day; what nobody stated leaves the period open."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)
