"""Groups, who teaches them, and their sessions."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import AT_MOST_10_000
from portal.lib.names import Archivable, Named
from projects.models import Project, Role

from .programmes import STAFF_ROLES, OfProjectQuerySet, Site, TrainingProgramme


class GroupKind(models.TextChoices):
    TRAINING = "training", _("training group")
    SUPERVISION = "supervision", _("supervision group")


def count_of(rows: models.QuerySet, by: str) -> Coalesce:
    """How many ``rows`` belong to the outer row; ``by`` is the column that ties them to it."""
    counted = rows.order_by().values(by).annotate(count=models.Count("pk")).values("count")
    return Coalesce(models.Subquery(counted), 0)


class GroupQuerySet(OfProjectQuerySet):
    project_path = "programme__project"

    def visible_to(self, user: Any) -> Self:
        """Groups of the user's projects, those he teaches, and those with a partner's own people.

        A partner's projects are those his organisation takes part in: he chooses a group for his
        people there, and reads of the others how many they are. A funder is in none of these.
        """
        if not user.is_authenticated:
            return self.none()
        from .enrolments import Enrolment

        teaches = GroupTrainer.objects.filter(group=OuterRef("pk"), user=user)
        own_people = Enrolment.objects.filter(group=OuterRef("pk")).employed_by_partner(user)
        return self.filter(
            Q(programme__project__in=Project.objects.for_roles(user, *STAFF_ROLES, Role.PARTNER))
            | Exists(teaches)
            | Exists(own_people)
        )

    def finished(self, until: date | None = None) -> Self:
        """Groups all of whose sessions are closed (and held by ``until``), and that have any."""
        from .sessions import Session, SessionState

        sessions = Session.objects.counted().filter(group=OuterRef("pk"))
        left = ~Q(state=SessionState.CLOSED)
        if until:
            left |= Q(date__gt=until)
        return self.filter(Exists(sessions), ~Exists(sessions.filter(left)))

    def with_counts(self) -> Self:
        """Annotates people, sessions, those held and those left unmarked, and first and last day."""
        from .enrolments import Enrolment
        from .sessions import Session

        people = Enrolment.objects.counted().filter(group=OuterRef("pk"))
        sessions = Session.objects.counted().filter(group=OuterRef("pk"))
        days = sessions.order_by().values("group")
        return self.annotate(
            people_count=count_of(people, "group"),
            session_count=count_of(sessions, "group"),
            held_count=count_of(sessions.held(), "group"),
            late_count=count_of(sessions.late(), "group"),
            first_day=models.Subquery(days.annotate(day=models.Min("date")).values("day")),
            last_day=models.Subquery(days.annotate(day=models.Max("date")).values("day")),
        )

    def with_stage(self) -> Self:
        """Annotates ``stage``: planned, open or finished, the words of the state badges."""
        from .sessions import Session, SessionState

        sessions = Session.objects.counted().filter(group=OuterRef("pk"))
        begun = sessions.filter(Q(date__lte=timezone.localdate()) | Q(state=SessionState.CLOSED))
        return self.annotate(
            stage=models.Case(
                models.When(~Exists(begun), then=models.Value("planned")),
                models.When(Exists(sessions.unfinished()), then=models.Value("open")),
                default=models.Value("finished"),
            )
        )


class Group(Named, Archivable):
    """People who go through a programme (or a supervision series) together."""

    programme = models.ForeignKey(
        TrainingProgramme,
        models.PROTECT,
        related_name="groups",
        verbose_name=_("training programme"),
    )
    code = models.SlugField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order"), default=0, validators=[AT_MOST_10_000])
    kind = models.CharField(_("kind"), max_length=12, choices=GroupKind, default=GroupKind.TRAINING)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("site")
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["programme", "position", "sort_key", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="training_group_code_once_per_programme",
                violation_error_message=_("This code is taken in the programme."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("training:group_detail", args=[self.pk])

    @property
    def project(self) -> Project:
        return self.programme.project


class GroupTrainer(models.Model):
    """A user who teaches a group; his whole access hangs on this row."""

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="trainers", verbose_name=_("group")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="teaching", verbose_name=_("trainer")
    )

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                name="training_grouptrainer_once",
                violation_error_message=_("This trainer teaches the group already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
