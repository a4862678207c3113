"""People's places in groups, with the minutes they attended."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.lib.fields import NameField
from projects.models import Organisation, Project, Role

from .groups import Group, GroupKind, GroupTrainer
from .people import Employment, Participant, partner_organisations
from .programmes import STAFF_ROLES, JobCategory, Module
from .sessions import Session


class EnrolmentState(models.TextChoices):
    ACTIVE = "active", _("active")
    COMPLETED = "completed", _("completed")
    MOVED = "moved", _("moved to another group")
    WITHDRAWN = "withdrawn", _("withdrawn")


class EnrolmentQuerySet(models.QuerySet):
    def employed_by_partner(self, user: Any) -> Self:
        """Own employees in own projects, of a partner's member.

        Those who worked, on the day they joined, where the user is a member, in a project in which
        that partner takes part: naming a partner in one project opens no other one.
        """
        if not partner_organisations(user):
            return self.none()
        jobs = Employment.objects.of_partner(user).in_force(OuterRef("since"))
        return self.filter(
            Exists(jobs.filter(participant=OuterRef("participant"))),
            group__programme__project__in=Project.objects.for_roles(user, Role.PARTNER),
        )

    def visible_to(self, user: Any) -> Self:
        """Own projects, own employees (partner), own groups (trainer), oneself; no funder."""
        if not user.is_authenticated:
            return self.none()
        teaches = GroupTrainer.objects.filter(group=OuterRef("group"), user=user)
        own = Enrolment.objects.filter(pk=OuterRef("pk")).employed_by_partner(user)
        return self.filter(
            Q(group__programme__project__in=Project.objects.for_roles(user, *STAFF_ROLES))
            | Exists(teaches)
            | Exists(own)
            | Q(participant__user=user)
        )

    def counted(self) -> Self:
        """Those who still are or were to the end in the group."""
        return self.filter(state__in=[EnrolmentState.ACTIVE, EnrolmentState.COMPLETED])

    def as_courses(self) -> Self:
        """Fetches what a list of somebody's courses tells of each; the latest first."""
        selected = self.select_related("group__programme__project", "group__site", "job_category")
        return selected.order_by("-since", "pk")

    def concerned_by(self, session: Session) -> Self:
        """Those in the session's group on its day whom its module concerns."""
        audience = Module.audience.through.objects.filter(module=session.module_id)
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=session.date),
            ~Exists(audience) | Exists(audience.filter(jobcategory=OuterRef("job_category"))),
            group=session.group_id,
            since__lte=session.date,
        )

    def unmarked_in(self, session: Session) -> Self:
        """Those concerned who have no mark yet."""
        return self.concerned_by(session).exclude(attendance__session=session)

    def markable_by(self, user: Any) -> Self:
        """Whose marks the user may write: own projects, own groups, own employees."""
        if not user.is_authenticated:
            return self.none()
        teaches = GroupTrainer.objects.filter(group=OuterRef("group"), user=user)
        own = Enrolment.objects.filter(pk=OuterRef("pk")).employed_by_partner(user)
        editors = Project.objects.for_roles(user, Role.ADMIN, Role.COORDINATOR)
        return self.filter(Q(group__programme__project__in=editors) | Exists(teaches) | Exists(own))

    def changeable_by(self, user: Any) -> Self:
        """Whose place the user may change: own projects, and own employees where he takes part."""
        if not user.is_authenticated:
            return self.none()
        own = Enrolment.objects.filter(pk=OuterRef("pk")).employed_by_partner(user)
        run = Project.objects.for_roles(user, Role.ADMIN, Role.COORDINATOR)
        shared = Project.objects.for_roles(user, Role.PARTNER)
        return self.filter(
            Q(group__programme__project__in=run)
            | Q(Exists(own), group__programme__project__in=shared)
        )

    def trained(self, until: date | None = None) -> Self:
        """Those who reached the threshold in a training group that finished (by ``until``)."""
        finished = Group.objects.filter(kind=GroupKind.TRAINING).finished(until)
        threshold = F("planned_minutes") * F("group__programme__threshold_percent")
        return (
            self.counted()
            .filter(group__in=finished)
            .with_planned_minutes()
            .filter(planned_minutes__gt=0)
            .alias(attended_hundredfold=F("minutes_attended") * 100)
            .filter(attended_hundredfold__gte=threshold)
        )

    def out_of_reach(self) -> Self:
        """Those in a group still under way for whom the threshold lies beyond all that is left.

        What is left are the unfinished sessions that concern the person and have no mark of his.
        """
        from .attendance import Attendance

        marked = Attendance.objects.filter(
            session=OuterRef("pk"), enrolment=OuterRef(OuterRef("pk"))
        )
        left = (
            Session.objects.unfinished()
            .filter(group=OuterRef("group"), date__gte=OuterRef("since"))
            .concerning(OuterRef(OuterRef("job_category")))
            .filter(~Exists(marked))
            .order_by()
            .values("group")
            .annotate(total=models.Sum("minutes"))
        )
        under_way = Session.objects.unfinished().filter(group=OuterRef("group"))
        threshold = F("planned_minutes") * F("group__programme__threshold_percent")
        return (
            self.filter(Exists(under_way), state=EnrolmentState.ACTIVE)
            .with_planned_minutes()
            .annotate(left_minutes=Coalesce(models.Subquery(left.values("total")), 0))
            .alias(reach=(F("minutes_attended") + F("left_minutes")) * 100)
            .filter(reach__lt=threshold)
        )

    def with_planned_minutes(self) -> Self:
        """Annotates ``planned_minutes``: the group's sessions that concern the person, in sum."""
        sessions = (
            Session.objects.counted()
            .filter(group=OuterRef("group"))
            .concerning(OuterRef(OuterRef("job_category")))
            .order_by()
            .values("group")
        )
        total = sessions.annotate(total=models.Sum("minutes")).values("total")
        return self.annotate(planned_minutes=Coalesce(models.Subquery(total), 0))


class Enrolment(models.Model):
    """A person's place in a group; ``minutes_attended`` is kept in step with the marks."""

    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="enrolments", verbose_name=_("participant")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="enrolments", verbose_name=_("group")
    )
    job_category = models.ForeignKey(
        JobCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("job category"),
        help_text=_("Decides which modules concern the person."),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("sent by"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=EnrolmentState, default=EnrolmentState.ACTIVE
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    minutes_attended = models.PositiveIntegerField(_("minutes attended"), default=0, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["group", "participant__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "group"],
                name="training_enrolment_once_per_group",
                violation_error_message=_("This person is in the group already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="training_enrolment_ends_after_it_begins",
                violation_error_message=_("The end is before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.group_id}"


class EnrolmentChange(models.Model):
    """One step in an enrolment's history: who changed what, when and why."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="changes")
    old_state = models.CharField(max_length=10, choices=EnrolmentState, blank=True)
    new_state = models.CharField(max_length=10, choices=EnrolmentState)
    on = models.DateField(_("date"))
    reason = NameField(_("reason"), blank=True, is_printed=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of enrolment")
        verbose_name_plural = _("changes of enrolment")
        ordering = ["enrolment", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.old_state} → {self.new_state}"
